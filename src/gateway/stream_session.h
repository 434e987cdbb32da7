#pragma once

#include "gateway/stream_carrier.h"
#include "gateway/surroundings.h"

namespace sotto::gateway {

/// The stream: requests as frames, answers in any order, pushes; whatever carries it. Its life:
///
///   opened --Authenticate--> authenticated --Resume--> live --does not drain--> behind --drained--> live
///
/// Any state ends by the peer's close, a broken rule, a time-out, the end of the login or of the server.
class StreamSession final : public Subscriber {
 public:
  /// `address` is the client's, for limits. Carrier and surroundings are borrowed for the session's life.
  StreamSession(StreamCarrier& carrier, Surroundings& surroundings, std::string address);
  ~StreamSession() override;
  StreamSession(const StreamSession&) = delete;
  StreamSession& operator=(const StreamSession&) = delete;

  /// Reads one message as a request and asks it.
  void take(ByteView message, Form form);
  /// Asks a request whose frame has a number. It may be asked only while `wants_input`.
  void ask(wire::ClientFrame frame, Form form);
  /// Whether another request may be given.
  [[nodiscard]] bool wants_input() const;
  [[nodiscard]] std::size_t requests_under_way() const { return under_way_; }
  [[nodiscard]] bool is_closed() const { return closed_; }

  void receive(Reply reply);
  /// The client has taken everything that was queued.
  void drained();
  /// The server stops: closes when the requests under way are answered.
  void stop();
  void push(Push& push) override;
  void close(transport::CloseCode code, std::string_view reason);

  /// When the client must have authenticated; nothing once it has.
  [[nodiscard]] std::optional<transport::MonotonicTime> deadline() const;
  void on_deadline();

 private:
  void refuse(std::uint64_t frame_id, const wire::Error& error, Form form);
  void note_answer(Reply& reply);
  void authenticated_as(const service::Caller& caller, Form form);
  void leave();
  void send(const wire::ServerFrame& frame, Form form);
  void end_login(const wire::LoginEnded& ended, Push& push);
  /// Whether as many octets of pushes wait as may.
  [[nodiscard]] bool overflows(std::size_t size) const;
  /// Octets that may still join those that wait because of the client's own requests.
  [[nodiscard]] std::size_t answer_room() const;

  StreamCarrier& carrier_;
  Surroundings& surroundings_;
  std::string address_;
  std::optional<service::Caller> caller_;
  transport::MonotonicTime authenticate_by_;
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
