#include "gateway/poll_session.h"

#include <algorithm>

#include "gateway/frame_form.h"
#include "wire/binary.h"

namespace sotto::gateway {
namespace {

/// `PollReceived` on the wire, with frames that are encoded already.
struct EncodedAnswer {
  std::vector<Bytes> frames;
  std::uint64_t last = 0;
  std::optional<wire::PollEnd> closed;

  static constexpr auto describe() {
    return wire::message("EncodedAnswer", "Frames of a stream that is polled.",
                         wire::field(1, "frames", &EncodedAnswer::frames,
                                     wire::at_most(wire::max_polled_answer, wire::max_polled_answer), "In order."),
                         wire::field(2, "last", &EncodedAnswer::last, "As in PollReceived."),
                         wire::field(3, "closed", &EncodedAnswer::closed, "As in PollReceived."));
  }
};

}  // namespace
PollSession::PollSession(const Parts& parts, ConnectionId id, Client client)
    : parts_(parts),
      id_(id),
      client_(std::move(client)),
      polled_at_(parts.now),
      stream_(*this, parts.surroundings, client_.address) {}

std::expected<void, wire::Error> PollSession::take(std::vector<wire::ClientFrame> frames) {
  if (std::ranges::find(frames, std::uint64_t{0}, &wire::ClientFrame::id) != frames.end()) {
    return std::unexpected(error_of(wire::ErrorCode::malformed, "A request's number is not 0.", "frames"));
  }
  std::erase_if(frames, [&](const wire::ClientFrame& frame) { return frame.id <= highest_taken_; });
  if (held_.size() + frames.size() > parts_.surroundings.settings.max_requests_in_flight) {
    wire::Error error = error_of(wire::ErrorCode::unavailable, "Too many requests of this stream are under way.");
    error.retry_after_ms = 1'000;
    return std::unexpected(std::move(error));
  }
  for (wire::ClientFrame& frame : frames) {
    if (frame.id <= highest_taken_) continue;
    highest_taken_ = frame.id;
    held_.push_back(std::move(frame));
  }
  return {};
}

void PollSession::acknowledge(std::uint64_t after) {
  while (acknowledged_ < after) {
    queued_ -= frames_.front()->size();
    frames_.pop_front();
    ++acknowledged_;
  }
  if (frames_.empty()) stream_.drained();
}

void PollSession::poll(std::uint64_t after, PollWaiter& waiter) {
  if (after < acknowledged_ || after > acknowledged_ + frames_.size()) {
    return waiter.refuse_poll(
        error_of(wire::ErrorCode::invalid_value, "This is not the last frame that the client has.", "after"));
  }
  if (waiter_ != nullptr) {
    std::exchange(waiter_, nullptr)
        ->refuse_poll(error_of(wire::ErrorCode::conflict, "Another poll of the stream took this one's place."));
  }
  acknowledge(after);
  waiter_ = &waiter;
  answer_by_ = now() + parts_.surroundings.settings.poll_wait;
}

void PollSession::forget(const PollWaiter& waiter) {
  if (waiter_ != &waiter) return;
  waiter_ = nullptr;
  polled_at_ = now();
}

void PollSession::receive(Reply reply) { stream_.receive(std::move(reply)); }

void PollSession::end() {
  stream_.close(transport::CloseCode::normal, "");
  if (waiter_ == nullptr) over_ = true;
}

void PollSession::tick() {
  if (const auto due = stream_.deadline(); due && *due <= now()) stream_.on_deadline();
  if (waiter_ != nullptr) return;
  over_ = over_ || polled_at_ + parts_.surroundings.settings.poll_idle_timeout <= now();
}

void PollSession::settle() {
  while (!held_.empty() && stream_.wants_input()) {
    ++parts_.surroundings.metrics.messages_in;
    wire::ClientFrame frame = std::move(held_.front());
    held_.pop_front();
    if (std::holds_alternative<std::monostate>(frame.request)) {
      const wire::Error error = error_of(wire::ErrorCode::unknown_operation, "The frame holds no known request.");
      queue(encode({.id = frame.id, .answer = error}, form()));
    } else {
      stream_.ask(std::move(frame), form());
    }
  }
  if (waiter_ == nullptr || (frames_.empty() && !end_ && answer_by_ > now())) return;
  polled_at_ = now();
  std::exchange(waiter_, nullptr)->answer_poll(answer());
}

std::string PollSession::answer() {
  std::size_t size = 0;
  std::size_t count = 0;
  for (const transport::SharedBytes& frame : frames_) {
    size += frame->size();
    // One comes whatever its size.
    if (count > 0 && size > wire::max_answer_size) break;
    ++count;
  }
  over_ = over_ || (end_ && count == frames_.size());
  return form() == Form::json ? answer_in_json(count) : answer_in_binary(count);
}

std::string PollSession::answer_in_json(std::size_t count) const {
  std::string body = R"({"frames":[)";
  for (std::size_t at = 0; at < count; ++at) {
    if (at > 0) body += ',';
    body += as_text(*frames_[at]);
  }
  body += R"(],"last":)" + std::to_string(acknowledged_ + count);
  if (end_ && count == frames_.size()) {
    body += R"(,"closed":{"code":)" + std::to_string(static_cast<unsigned>(end_->code)) + R"(,"reason":")" +
            end_->reason + R"("})";
  }
  return body + "}";
}

std::string PollSession::answer_in_binary(std::size_t count) const {
  EncodedAnswer answer{.frames = {}, .last = acknowledged_ + count, .closed = std::nullopt};
  for (std::size_t at = 0; at < count; ++at) answer.frames.push_back(*frames_[at]);
  if (end_ && count == frames_.size()) {
    answer.closed = wire::PollEnd{static_cast<std::uint32_t>(end_->code), end_->reason};
  }
  return std::string(as_text(wire::encode(answer)));
}

transport::SharedBytes PollSession::encode(const wire::ServerFrame& frame, Form form) const {
  return encode_bare_frame(frame, form);
}

transport::SharedBytes PollSession::encode(Push& push, Form form) const { return push.bare(form); }

void PollSession::queue(transport::SharedBytes octets) {
  queued_ += octets->size();
  frames_.push_back(std::move(octets));
}

void PollSession::close(transport::CloseCode code, std::string_view reason) {
  end_ = End{code, std::string(reason)};
  held_.clear();
}

}  // namespace sotto::gateway
