#pragma once

#include <deque>

#include "api/http_client.h"
#include "gateway/reply.h"
#include "wire/frame.h"
#include "wire/poll.h"

namespace sotto::test {

/// A stream over HTTP alone, as a client would poll it: one request for what it sends, one after the other for what it
/// gets.
class PollClient {
 public:
  explicit PollClient(std::uint16_t port, gateway::Form form = gateway::Form::json);

  [[nodiscard]] const wire::PollName& name() const { return name_; }
  /// Sends a request under the next number, which is returned.
  std::uint64_t send(wire::Request request);
  [[nodiscard]] HttpAnswer send_frames(std::vector<wire::ClientFrame> frames);
  /// The next frame; nothing if the stream has ended.
  [[nodiscard]] std::optional<wire::ServerFrame> receive();
  /// Sends and waits for the answer. Pushes that come before it are kept in `pushes`.
  [[nodiscard]] wire::Answer ask(wire::Request request);
  /// The next push, kept or new.
  [[nodiscard]] std::optional<wire::Answer> next_push();
  /// One poll, whose frames are kept for `receive`.
  HttpAnswer poll();
  [[nodiscard]] HttpAnswer poll_after(std::uint64_t after) const;
  HttpAnswer close();
  /// The last frame that came.
  [[nodiscard]] std::uint64_t last() const { return last_; }
  /// The code with which the stream was closed; 0 as long as it is open.
  [[nodiscard]] unsigned closed_with() const { return closed_with_; }

  std::vector<wire::Answer> pushes;

 private:
  template <class Message>
  [[nodiscard]] HttpAnswer post(std::string_view route, const Message& message) const;
  template <class Message>
  [[nodiscard]] std::optional<Message> read(const HttpAnswer& answer) const;

  std::uint16_t port_;
  gateway::Form form_;
  wire::PollName name_;
  std::uint64_t next_number_ = 1;
  std::uint64_t last_ = 0;
  unsigned closed_with_ = 0;
  std::deque<wire::ServerFrame> frames_;
};

}  // namespace sotto::test
