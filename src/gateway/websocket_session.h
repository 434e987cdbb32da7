#pragma once

#include "gateway/stream_session.h"

namespace sotto::gateway {

/// A stream over a WebSocket (RFC 6455): framing, pings, the idle time-out. What is said is the stream's.
class WebSocketSession final : public Protocol, public StreamCarrier {
 public:
  /// `address` is the client's, for limits.
  WebSocketSession(Line& line, Surroundings& surroundings, std::string address);

  [[nodiscard]] std::size_t take(std::span<std::uint8_t> input) override;
  [[nodiscard]] bool wants_input() const override { return stream_.wants_input(); }
  [[nodiscard]] std::size_t requests_under_way() const override { return stream_.requests_under_way(); }
  void receive(Reply reply) override { stream_.receive(std::move(reply)); }
  void drained() override { stream_.drained(); }
  void stop() override { stream_.stop(); }
  [[nodiscard]] std::optional<transport::MonotonicTime> deadline() const override;
  void on_deadline() override;

  [[nodiscard]] ConnectionId id() const override { return line_.id(); }
  [[nodiscard]] transport::MonotonicTime now() const override { return line_.now(); }
  [[nodiscard]] transport::SharedBytes encode(const wire::ServerFrame& frame, Form form) const override;
  [[nodiscard]] transport::SharedBytes encode(Push& push, Form form) const override { return push.octets(form); }
  void queue(transport::SharedBytes octets) override { line_.queue(std::move(octets)); }
  [[nodiscard]] std::size_t queued() const override { return line_.queued(); }
  void close(transport::CloseCode code, std::string_view reason) override;

 private:
  void take_message(const transport::IncomingMessage& message);

  Line& line_;
  Surroundings& surroundings_;
  transport::FrameReader reader_;
  transport::MonotonicTime ping_at_;
  StreamSession stream_;
};

}  // namespace sotto::gateway
