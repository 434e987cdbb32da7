#include "api/stream_client.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>

#include "wire/frame_codec.h"

namespace sotto::test {
namespace {

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;

constexpr std::chrono::seconds patience{30};

}  // namespace

struct StreamClient::Socket {
  asio::io_context context;
  websocket::stream<asio::ip::tcp::socket> stream{context};
  websocket::response_type response;
  boost::beast::flat_buffer incoming;

  /// Runs one operation to its end; `timed_out` if that does not come.
  template <class Start>
  error_code run(Start start) {
    std::optional<error_code> result;
    start([&result](const error_code& code, auto&&...) { result = code; });
    context.restart();
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!result && std::chrono::steady_clock::now() < end) context.run_one_for(patience);
    return result.value_or(asio::error::timed_out);
  }
};

StreamClient::StreamClient(const StreamClientOptions& options) : socket_(std::make_unique<Socket>()) {
  auto& tcp = socket_->stream.next_layer();
  tcp.open(asio::ip::tcp::v4());
  if (options.receive_buffer > 0) tcp.set_option(asio::socket_base::receive_buffer_size(options.receive_buffer));
  tcp.connect({asio::ip::address_v4::loopback(), options.port});
  socket_->stream.set_option(websocket::stream_base::decorator([&](websocket::request_type& request) {
    if (!options.origin.empty()) request.set("Origin", options.origin);
  }));
  socket_->stream.read_message_max(0);
  (void)socket_->run([&](auto done) {
    socket_->stream.async_handshake(socket_->response, "127.0.0.1:" + std::to_string(options.port), options.target,
                                    std::move(done));
  });
}

StreamClient::~StreamClient() = default;

unsigned StreamClient::status() const { return socket_->response.result_int(); }

void StreamClient::send_octets(ByteView octets, gateway::Form form) {
  socket_->stream.text(form == gateway::Form::json);
  (void)socket_->run([&](auto done) {
    socket_->stream.async_write(asio::const_buffer(octets.data(), octets.size()), std::move(done));
  });
}

void StreamClient::send_raw(ByteView octets) {
  (void)socket_->run([&](auto done) {
    asio::async_write(socket_->stream.next_layer(), asio::const_buffer(octets.data(), octets.size()), std::move(done));
  });
}

void StreamClient::ping() {
  (void)socket_->run([&](auto done) { socket_->stream.async_ping({}, std::move(done)); });
}

std::uint64_t StreamClient::send(wire::Request request, gateway::Form form) {
  const wire::ClientFrame frame{.id = next_number_++, .request = std::move(request)};
  if (form == gateway::Form::json) {
    send_octets(as_bytes(wire::to_json(frame)), form);
  } else {
    send_octets(wire::encode(frame), form);
  }
  return frame.id;
}

std::optional<wire::ServerFrame> StreamClient::receive() {
  socket_->incoming.consume(socket_->incoming.size());
  const error_code code =
      socket_->run([&](auto done) { socket_->stream.async_read(socket_->incoming, std::move(done)); });
  if (code) return std::nullopt;
  const auto octets = socket_->incoming.data();
  const ByteView view(static_cast<const std::uint8_t*>(octets.data()), octets.size());
  last_form_ = socket_->stream.got_text() ? gateway::Form::json : gateway::Form::binary;
  if (last_form_ == gateway::Form::json) {
    auto frame = wire::from_json<wire::ServerFrame>(as_text(view));
    return frame ? std::optional(std::move(*frame)) : std::nullopt;
  }
  auto frame = wire::decode<wire::ServerFrame>(view);
  return frame ? std::optional(std::move(*frame)) : std::nullopt;
}

wire::Answer StreamClient::ask(wire::Request request, gateway::Form form) {
  const std::uint64_t number = send(std::move(request), form);
  while (auto frame = receive()) {
    if (frame->id == number) return std::move(frame->answer);
    if (frame->id == 0) pushes.push_back(std::move(frame->answer));
  }
  return {};
}

std::optional<wire::Answer> StreamClient::next_push() {
  if (!pushes.empty()) {
    wire::Answer push = std::move(pushes.front());
    pushes.erase(pushes.begin());
    return push;
  }
  while (auto frame = receive()) {
    if (frame->id == 0) return std::move(frame->answer);
  }
  return std::nullopt;
}

std::uint16_t StreamClient::read_until_closed() {
  while (auto frame = receive()) {
    if (frame->id == 0) pushes.push_back(std::move(frame->answer));
  }
  return socket_->stream.reason().code;
}

wire::ErrorCode code_of(const wire::Answer& answer) {
  const auto* error = std::get_if<wire::Error>(&answer);
  return error == nullptr ? wire::ErrorCode::unspecified : error->code;
}

}  // namespace sotto::test
