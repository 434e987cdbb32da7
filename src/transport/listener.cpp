#include "transport/listener.h"

#include <charconv>

namespace sotto::transport {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::chrono::milliseconds exhaustion_pause{500};

bool is_exhaustion(const error_code& code) {
  return code == asio::error::no_descriptors || code == asio::error::no_buffer_space ||
         code == asio::error::no_memory || code == error_code(ENFILE, boost::system::system_category());
}

}  // namespace

std::optional<asio::ip::tcp::endpoint> parse_endpoint(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  const std::string_view port_text = text.substr(colon + 1);
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  std::uint16_t port = 0;
  const auto [end, failure] = std::from_chars(port_text.data(), port_text.data() + port_text.size(), port);
  if (failure != std::errc() || end != port_text.data() + port_text.size()) return std::nullopt;
  error_code code;
  const auto address = asio::ip::make_address(std::string(host), code);
  if (code || address.is_v6() != bracketed) return std::nullopt;
  return asio::ip::tcp::endpoint(address, port);
}

std::string to_text(const asio::ip::tcp::endpoint& endpoint) {
  const std::string host = endpoint.address().to_string();
  return (endpoint.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(endpoint.port());
}

std::expected<void, std::string> Listener::open(const asio::ip::tcp::endpoint& endpoint, Events events) {
  events_ = std::move(events);
  error_code code;
  acceptor_.open(endpoint.protocol(), code);
  if (!code) acceptor_.set_option(asio::socket_base::reuse_address(true), code);
  if (!code) acceptor_.bind(endpoint, code);
  if (!code) acceptor_.listen(4'096, code);
  if (!code) endpoint_ = acceptor_.local_endpoint(code);
  if (code) return std::unexpected(to_text(endpoint) + ": " + code.message());
  accept();
  return {};
}

void Listener::close() {
  error_code ignored;
  acceptor_.close(ignored);
  pause_.cancel();
}

void Listener::accept() {
  if (!acceptor_.is_open()) return;
  acceptor_.async_accept([this](const error_code& code, Socket::Native socket) {
    if (code == asio::error::operation_aborted) return;
    if (is_exhaustion(code)) {
      if (!exhausted_) events_.exhausted(code.message());
      exhausted_ = true;
      return rest();
    }
    if (!code) {
      exhausted_ = false;
      error_code broken;  // The peer may be gone already.
      const auto peer = socket.remote_endpoint(broken);
      if (!broken) socket.non_blocking(true, broken);
      if (!broken) socket.set_option(asio::ip::tcp::no_delay(true), broken);
      if (!broken) events_.accepted(std::move(socket), peer);
    }
    accept();
  });
}

void Listener::rest() {
  pause_.expires_after(exhaustion_pause);
  pause_.async_wait([this](const error_code& code) {
    if (!code) accept();
  });
}

}  // namespace sotto::transport
