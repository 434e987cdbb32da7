#pragma once

#include "gateway/protocol.h"
#include "gateway/surroundings.h"
#include "transport/websocket_frames.h"

namespace sotto::gateway {

/// The stream: requests as frames, answers in any order, pushes. Its life:
///
///   opened --Authenticate--> authenticated --Resume--> live --does not drain--> behind --drained--> live
///
/// Any state ends by the peer's close, a broken rule, a time-out, the end of the login or of the server.
class StreamSession final : public Protocol, public Subscriber {
 public:
  /// `address` is the client's, for limits.
  StreamSession(Line& line, Surroundings& surroundings, std::string address);
  ~StreamSession() override;

  [[nodiscard]] std::size_t take(std::span<std::uint8_t> input) override;
  [[nodiscard]] bool wants_input() const override;
  [[nodiscard]] std::size_t requests_under_way() const override { return under_way_; }
  void receive(Reply reply) override;
  void drained() override;
  void stop() override;
  [[nodiscard]] std::optional<transport::MonotonicTime> deadline() const override;
  void on_deadline() override;
  void push(Push& push) override;

 private:
  void take_message(const transport::IncomingMessage& message);
  void take_request(ByteView payload, Form form);
  void ask(wire::ClientFrame frame, Form form);
  void refuse(std::uint64_t frame_id, const wire::Error& error, Form form);
  void note_answer(const Reply& reply);
  void authenticated_as(const service::Caller& caller, Form form);
  void send(const wire::ServerFrame& frame, Form form);
  void close(transport::CloseCode code, std::string_view reason);
  void end_login(const wire::LoginEnded& ended, Push& push);
  /// Whether as many octets of pushes wait as may.
  [[nodiscard]] bool overflows(std::size_t size) const;
  /// Octets that may still join those that wait because of the client's own requests.
  [[nodiscard]] std::size_t answer_room() const;

  Line& line_;
  Surroundings& surroundings_;
  std::string address_;
  transport::FrameReader reader_;
  std::optional<service::Caller> caller_;
  transport::MonotonicTime authenticate_by_;
  transport::MonotonicTime ping_at_;
  std::size_t under_way_ = 0;
  std::size_t reserved_ = 0;
  std::size_t pushed_since_drained_ = 0;
  std::uint32_t malformed_ = 0;
  Form push_form_ = Form::binary;
  bool authenticating_ = false;
  bool live_ = false;
  bool behind_ = false;
  bool stopping_ = false;
  bool closed_ = false;
};

}  // namespace sotto::gateway
