#include "bench/peers/xmpp_connection.h"

#include <array>
#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>

namespace sotto::bench::peers {
namespace {

/// More than this is no stanza of a load of ours.
constexpr std::size_t largest_stanza = 1024 * 1024;

}  // namespace

std::expected<std::unique_ptr<XmppConnection>, std::string> XmppConnection::begin(Endpoint endpoint) {
  const auto descriptor = connect_loopback(endpoint, SOCK_NONBLOCK);
  if (!descriptor) return std::unexpected(descriptor.error());
  return std::unique_ptr<XmppConnection>(new XmppConnection(*descriptor));
}

XmppConnection::~XmppConnection() { ::close(socket_); }

std::expected<void, std::string> XmppConnection::flush() {
  std::size_t written = 0;
  while (written < outgoing_.size()) {
    const auto count = ::send(socket_, outgoing_.data() + written, outgoing_.size() - written, MSG_NOSIGNAL);
    // The socket is not connected yet, or takes no more.
    if (count < 0 && (would_block() || errno == ENOTCONN)) break;
    if (count < 0) return failed("cannot send");
    written += static_cast<std::size_t>(count);
  }
  outgoing_.erase(0, written);
  return {};
}

std::expected<void, std::string> XmppConnection::receive(StanzaSink& sink) {
  thread_local std::array<char, 256 * 1024> memory;
  const auto count = ::recv(socket_, memory.data(), memory.size(), 0);
  if (count == 0) return std::unexpected("the server closed the connection");
  if (count < 0 && would_block()) return {};
  if (count < 0) return failed("cannot receive");
  std::string_view arrived(memory.data(), static_cast<std::size_t>(count));
  if (!incoming_.empty()) arrived = incoming_ += arrived;
  while (true) {
    const auto stanza = take_stanza(arrived);
    if (!stanza && stanza.error() == NoStanza::malformed) return std::unexpected("the server sent what is no stanza");
    if (!stanza) break;
    sink.on_stanza(*this, *stanza);
  }
  if (arrived.size() > largest_stanza) return std::unexpected("the server sent a stanza without end");
  incoming_ = std::string(arrived);
  return {};
}

}  // namespace sotto::bench::peers
