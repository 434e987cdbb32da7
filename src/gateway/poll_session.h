#pragma once

#include <deque>
#include <string>

#include "gateway/stream_session.h"
#include "wire/poll.h"

namespace sotto::gateway {

/// An HTTP request that waits for frames.
class PollWaiter {
 public:
  virtual ~PollWaiter() = default;
  /// Either of them once. Writes happen at the end of the turn. The body is in the stream's form.
  virtual void answer_poll(std::string body) = 0;
  virtual void refuse_poll(const wire::Error& error) = 0;
};

/// A stream over polls: the same `StreamSession` as over a WebSocket, whose frames wait here, numbered, until the
/// client says that it has them. So a lost answer loses nothing: the next poll gets its frames again.
class PollSession final : public StreamCarrier {
 public:
  struct Parts {
    Surroundings& surroundings;
    /// When the present turn began.
    const transport::MonotonicTime& now;
  };
  struct Client {
    /// For limits.
    std::string address;
    /// In which it opened the stream; all bodies and frames of the stream are in it.
    Form form = Form::json;
  };
  PollSession(const Parts& parts, ConnectionId id, Client client);

  /// Takes frames to be asked as soon as the stream wants them, or none: `unavailable` if too many wait already,
  /// `malformed` if one has the number 0.
  [[nodiscard]] std::expected<void, wire::Error> take(std::vector<wire::ClientFrame> frames);
  /// Lets `waiter`, borrowed until it is answered or `forget`, wait for what follows `after`. One that waits already is
  /// refused with `conflict`. Refuses an `after` that was never sent or lies before one that was named earlier.
  void poll(std::uint64_t after, PollWaiter& waiter);
  /// The waiter is gone.
  void forget(const PollWaiter& waiter);
  void receive(Reply reply);
  void stop() { stream_.stop(); }
  /// The client ends the stream.
  void end();
  /// Looks at the time.
  void tick();
  /// The end of a turn: asks what could not be asked before, and answers the poll that waits if there is something.
  void settle();
  /// To be destroyed: the client was told of the end, or did not ask for long.
  [[nodiscard]] bool is_over() const { return over_; }
  [[nodiscard]] const std::string& address() const { return client_.address; }
  [[nodiscard]] Form form() const { return client_.form; }

  [[nodiscard]] ConnectionId id() const override { return id_; }
  [[nodiscard]] transport::MonotonicTime now() const override { return parts_.now; }
  [[nodiscard]] transport::SharedBytes encode(const wire::ServerFrame& frame, Form form) const override;
  [[nodiscard]] transport::SharedBytes encode(Push& push, Form form) const override;
  void queue(transport::SharedBytes octets) override;
  [[nodiscard]] std::size_t queued() const override { return queued_; }
  void close(transport::CloseCode code, std::string_view reason) override;

 private:
  struct End {
    transport::CloseCode code;
    std::string reason;
  };

  void acknowledge(std::uint64_t after);
  /// The frames that fit one answer, and the end if nothing follows.
  [[nodiscard]] std::string answer();
  [[nodiscard]] std::string answer_in_json(std::size_t count) const;
  [[nodiscard]] std::string answer_in_binary(std::size_t count) const;

  Parts parts_;
  ConnectionId id_;
  Client client_;
  /// What the client has not acknowledged; the first has the number `acknowledged_` + 1.
  std::deque<transport::SharedBytes> frames_;
  std::uint64_t acknowledged_ = 0;
  std::size_t queued_ = 0;
  /// What the client sent and the stream did not want yet.
  std::deque<wire::ClientFrame> held_;
  std::uint64_t highest_taken_ = 0;
  PollWaiter* waiter_ = nullptr;
  transport::MonotonicTime answer_by_{};
  transport::MonotonicTime polled_at_;
  std::optional<End> end_;
  bool over_ = false;
  /// Last, because it looks at the rest while it begins and ends.
  StreamSession stream_;
};

}  // namespace sotto::gateway
