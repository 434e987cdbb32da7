#include "bench/load_connection.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <optional>
#include <sys/socket.h>
#include <unistd.h>

#include "bench/frames.h"
#include "wire/binary.h"

namespace sotto::bench {
namespace {

constexpr std::size_t read_step = 256 * 1024;

/// Keeps the answer to one request.
class AnswerSink final : public FrameSink {
 public:
  explicit AnswerSink(std::uint64_t id) : id_(id) {}
  void on_frame(LoadConnection&, const wire::ServerFrame& frame) override {
    if (frame.id == id_) answer = frame.answer;
  }
  std::optional<wire::Answer> answer;

 private:
  std::uint64_t id_;
};

/// Nobody is checked: the peer is the server that the generator started.
transport::TlsSession new_client_session() {
  static SSL_CTX* const context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  return transport::TlsSession(SSL_new(context));
}

/// Of all connections, because they are read one after the other.
std::span<std::uint8_t> read_memory() {
  thread_local std::array<std::uint8_t, read_step> memory;
  return memory;
}

}  // namespace

using Opened = std::expected<std::unique_ptr<LoadConnection>, std::string>;

Opened LoadConnection::open_socket(Endpoint endpoint, int flags) {
  const auto descriptor = connect_loopback(endpoint, flags);
  if (!descriptor) return std::unexpected(descriptor.error());
  return std::unique_ptr<LoadConnection>(new LoadConnection(*descriptor));
}

Opened LoadConnection::connect(Endpoint endpoint, Security security) {
  auto connection = open_socket(endpoint, 0);
  if (!connection) return connection;
  if (security == Security::tls) {
    if (auto shaken = (*connection)->shake_hands(); !shaken) return std::unexpected(shaken.error());
  }
  if (auto upgraded = (*connection)->upgrade(endpoint); !upgraded) return std::unexpected(upgraded.error());
  return connection;
}

Opened LoadConnection::begin(Endpoint endpoint) {
  auto connection = open_socket(endpoint, SOCK_NONBLOCK);
  if (connection) (*connection)->queue_upgrade(endpoint);
  return connection;
}

Opened LoadConnection::connect_bare(Endpoint endpoint, ByteView hello) {
  auto connection = open_socket(endpoint, 0);
  if (!connection) return connection;
  (*connection)->open_ = true;
  std::uint8_t echo = 0;
  if ((*connection)->put(hello) != static_cast<std::ptrdiff_t>(hello.size()) ||
      (*connection)->get(std::span(&echo, 1)) != 1) {
    return failed("the relay does not answer");
  }
  return connection;
}

LoadConnection::~LoadConnection() { ::close(socket_); }

std::expected<void, std::string> LoadConnection::shake_hands() {
  tls_ = new_client_session();
  SSL_set_fd(tls_.get(), socket_);
  if (SSL_connect(tls_.get()) != 1) return std::unexpected("the TLS handshake failed");
  return {};
}

void LoadConnection::queue_upgrade(Endpoint endpoint) {
  const std::string request = "GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(endpoint.port) +
                              "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  queue_bare(as_bytes(request));
}

std::expected<void, std::string> LoadConnection::upgrade(Endpoint endpoint) {
  queue_upgrade(endpoint);
  if (auto sent = flush(); !sent) return sent;
  while (!open_) {
    const auto memory = read_memory();
    const auto count = get(memory);
    if (count == 0) return std::unexpected("the server closed the connection");
    if (count < 0) return failed("cannot receive");
    incoming_.insert(incoming_.end(), memory.begin(), memory.begin() + count);
    if (auto taken = take_upgrade(); !taken) return std::unexpected(taken.error());
  }
  return {};
}

std::expected<bool, std::string> LoadConnection::take_upgrade() {
  constexpr std::string_view end_of_header = "\r\n\r\n";
  const std::string_view answer = as_text(incoming_);
  const std::size_t end = answer.find(end_of_header);
  if (end == std::string_view::npos) return false;
  if (!answer.starts_with("HTTP/1.1 101"))
    return std::unexpected("no upgrade: " + std::string(answer.substr(0, answer.find('\r'))));
  incoming_.erase(incoming_.begin(), incoming_.begin() + static_cast<std::ptrdiff_t>(end + end_of_header.size()));
  open_ = true;
  return true;
}

void LoadConnection::make_nonblocking() { ::fcntl(socket_, F_SETFL, ::fcntl(socket_, F_GETFL) | O_NONBLOCK); }

std::uint64_t LoadConnection::queue(wire::Request request) {
  append_client_frame(outgoing_, wire::encode(wire::ClientFrame{++last_id_, std::move(request)}));
  return last_id_;
}

std::ptrdiff_t LoadConnection::put(ByteView octets) {
  if (!tls_) return ::send(socket_, octets.data(), octets.size(), MSG_NOSIGNAL);
  const int count = SSL_write(tls_.get(), octets.data(), static_cast<int>(octets.size()));
  return count > 0 ? count : -1;
}

std::ptrdiff_t LoadConnection::get(std::span<std::uint8_t> memory) {
  if (!tls_) return ::recv(socket_, memory.data(), memory.size(), 0);
  const int count = SSL_read(tls_.get(), memory.data(), static_cast<int>(memory.size()));
  return count > 0 ? count : -1;
}

std::expected<void, std::string> LoadConnection::flush() {
  while (wants_to_write()) {
    const auto count = put(ByteView(outgoing_).subspan(written_));
    // The socket is not connected yet, or takes no more.
    if (count < 0 && (would_block() || errno == ENOTCONN)) return {};
    if (count < 0) return failed("cannot send");
    written_ += static_cast<std::size_t>(count);
  }
  outgoing_.clear();
  written_ = 0;
  return {};
}

std::expected<void, std::string> LoadConnection::receive(FrameSink& sink) {
  const auto memory = read_memory();
  const auto count = get(memory);
  if (count == 0) return std::unexpected("the server closed the connection");
  if (count < 0 && would_block()) return {};
  if (count < 0) return failed("cannot receive");
  ByteView arrived = memory.first(static_cast<std::size_t>(count));
  if (!incoming_.empty() || !open_) {
    incoming_.insert(incoming_.end(), arrived.begin(), arrived.end());
    if (!open_) {
      const auto taken = take_upgrade();
      if (!taken) return std::unexpected(taken.error());
      if (!*taken) return {};
      sink.on_open(*this);
    }
    arrived = incoming_;
  }
  const auto taken = deliver(arrived, sink);
  if (!taken) return std::unexpected(taken.error());
  if (arrived.data() == incoming_.data()) {
    incoming_.erase(incoming_.begin(), incoming_.begin() + static_cast<std::ptrdiff_t>(*taken));
  } else {
    incoming_.assign(arrived.begin() + static_cast<std::ptrdiff_t>(*taken), arrived.end());
  }
  return {};
}

std::expected<std::size_t, std::string> LoadConnection::deliver(ByteView octets, FrameSink& sink) {
  ByteView rest = octets;
  while (const auto frame = first_frame(rest)) {
    rest = rest.subspan(frame->total_size);
    if (auto dispatched = dispatch(frame->opcode, frame->payload, sink); !dispatched)
      return std::unexpected(dispatched.error());
  }
  return octets.size() - rest.size();
}

std::expected<void, std::string> LoadConnection::dispatch(std::uint8_t opcode, ByteView payload, FrameSink& sink) {
  if (opcode == opcode_close) return std::unexpected("the server closed the stream");
  if (opcode == opcode_ping) append_frame(outgoing_, {.opcode = opcode_pong, .masked = true}, payload);
  if (opcode != opcode_binary) return {};
  if (const auto entry = pushed_entry(payload)) {
    sink.on_entry(*this, *entry);
    return {};
  }
  const auto decoded = wire::decode<wire::ServerFrame>(payload);
  if (!decoded) return std::unexpected("an unreadable frame: " + std::string(wire::explain(decoded.error())));
  sink.on_frame(*this, *decoded);
  return {};
}

std::expected<wire::Answer, std::string> LoadConnection::call(wire::Request request) {
  AnswerSink sink(queue(std::move(request)));
  if (auto sent = flush(); !sent) return std::unexpected(sent.error());
  while (!sink.answer) {
    if (auto received = receive(sink); !received) return std::unexpected(received.error());
  }
  if (const auto* error = std::get_if<wire::Error>(&*sink.answer)) return std::unexpected("refused: " + error->message);
  return *std::move(sink.answer);
}

}  // namespace sotto::bench
