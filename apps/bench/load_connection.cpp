#include "bench/load_connection.h"

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <optional>
#include <sys/socket.h>
#include <unistd.h>

#include "wire/binary.h"

namespace sotto::bench {
namespace {

constexpr std::size_t read_step = 64 * 1024;

std::unexpected<std::string> failed(std::string_view what) {
  return std::unexpected(std::string(what) + ": " + std::strerror(errno));
}

/// RFC 6455 section 5.2. The masking key is zero, which masks nothing and costs nothing; a server cannot tell.
void append_frame(Bytes& out, std::uint8_t opcode, ByteView payload) {
  out.push_back(static_cast<std::uint8_t>(0x80 | opcode));
  if (payload.size() < 126) {
    out.push_back(static_cast<std::uint8_t>(0x80 | payload.size()));
  } else {
    out.push_back(0x80 | 126);
    out.push_back(static_cast<std::uint8_t>(payload.size() >> 8));
    out.push_back(static_cast<std::uint8_t>(payload.size()));
  }
  out.insert(out.end(), 4, 0);
  out.insert(out.end(), payload.begin(), payload.end());
}

struct FrameView {
  std::uint8_t opcode;
  ByteView payload;
  std::size_t total_size;
};

/// The first frame of `bytes`, if it is complete. Servers do not mask, and Sotto's does not fragment.
std::optional<FrameView> first_frame(ByteView bytes) {
  if (bytes.size() < 2) return std::nullopt;
  std::size_t header = 2;
  std::size_t size = bytes[1] & 0x7f;
  const std::size_t extended = size == 126 ? 2 : size == 127 ? 8 : 0;
  if (bytes.size() < header + extended) return std::nullopt;
  if (extended > 0) size = 0;
  for (std::size_t index = 0; index < extended; ++index) size = (size << 8) | bytes[header + index];
  header += extended;
  if (bytes.size() < header + size) return std::nullopt;
  return FrameView{static_cast<std::uint8_t>(bytes[0] & 0x0f), bytes.subspan(header, size), header + size};
}

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

}  // namespace

std::expected<std::unique_ptr<LoadConnection>, std::string> LoadConnection::connect(Endpoint endpoint) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return failed("cannot open a socket");
  std::unique_ptr<LoadConnection> connection(new LoadConnection(descriptor));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(endpoint.port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return failed("cannot connect");
  const int on = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  const timeval patience{30, 0};
  ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (auto upgraded = connection->upgrade(endpoint); !upgraded) return std::unexpected(upgraded.error());
  return connection;
}

LoadConnection::~LoadConnection() { ::close(socket_); }

std::expected<void, std::string> LoadConnection::upgrade(Endpoint endpoint) {
  const std::string request = "GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(endpoint.port) +
                              "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  if (::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size())) {
    return failed("cannot send the upgrade");
  }
  constexpr std::string_view end_of_header = "\r\n\r\n";
  while (as_text(incoming_).find(end_of_header) == std::string_view::npos) {
    const auto count = read_some();
    if (!count) return std::unexpected(count.error());
  }
  const std::string_view answer = as_text(incoming_);
  if (!answer.starts_with("HTTP/1.1 101"))
    return std::unexpected("no upgrade: " + std::string(answer.substr(0, answer.find('\r'))));
  incoming_.erase(incoming_.begin(), incoming_.begin() + static_cast<std::ptrdiff_t>(answer.find(end_of_header) + 4));
  return {};
}

void LoadConnection::make_nonblocking() { ::fcntl(socket_, F_SETFL, ::fcntl(socket_, F_GETFL) | O_NONBLOCK); }

std::uint64_t LoadConnection::queue(wire::Request request) {
  const Bytes payload = wire::encode(wire::ClientFrame{++last_id_, std::move(request)});
  append_frame(outgoing_, 2, payload);
  return last_id_;
}

std::expected<void, std::string> LoadConnection::flush() {
  while (wants_to_write()) {
    const ssize_t count = ::send(socket_, outgoing_.data() + written_, outgoing_.size() - written_, MSG_NOSIGNAL);
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return {};
    if (count < 0) return failed("cannot send");
    written_ += static_cast<std::size_t>(count);
  }
  outgoing_.clear();
  written_ = 0;
  return {};
}

std::expected<std::size_t, std::string> LoadConnection::read_some() {
  const std::size_t held = incoming_.size();
  incoming_.resize(held + read_step);
  const ssize_t count = ::recv(socket_, incoming_.data() + held, read_step, 0);
  incoming_.resize(held + static_cast<std::size_t>(count > 0 ? count : 0));
  if (count == 0) return std::unexpected("the server closed the connection");
  if (count < 0) return failed("cannot receive");
  return static_cast<std::size_t>(count);
}

std::expected<void, std::string> LoadConnection::receive(FrameSink& sink) {
  auto count = read_some();
  if (!count) {
    if (errno == EAGAIN || errno == EWOULDBLOCK) return {};
    return std::unexpected(count.error());
  }
  return deliver(sink);
}

std::expected<void, std::string> LoadConnection::deliver(FrameSink& sink) {
  ByteView rest = incoming_;
  while (const auto frame = first_frame(rest)) {
    rest = rest.subspan(frame->total_size);
    if (frame->opcode == 8) return std::unexpected("the server closed the stream");
    if (frame->opcode == 9) append_frame(outgoing_, 10, frame->payload);
    if (frame->opcode != 2) continue;
    const auto decoded = wire::decode<wire::ServerFrame>(frame->payload);
    if (!decoded) return std::unexpected("an unreadable frame: " + std::string(wire::explain(decoded.error())));
    sink.on_frame(*this, *decoded);
  }
  incoming_.erase(incoming_.begin(), incoming_.end() - static_cast<std::ptrdiff_t>(rest.size()));
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
