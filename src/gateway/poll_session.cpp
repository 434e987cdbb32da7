#include "gateway/poll_session.h"

#include <algorithm>

#include "wire/json.h"

namespace sotto::gateway {
namespace {}  // namespace

PollSession::PollSession(const Parts& parts, ConnectionId id, std::string address)
    : parts_(parts),
      id_(id),
      address_(std::move(address)),
      polled_at_(parts.now),
      stream_(*this, parts.surroundings, address_) {}

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
      queue(encode({.id = frame.id, .answer = error}, Form::json));
    } else {
      stream_.ask(std::move(frame), Form::json);
    }
  }
  if (waiter_ == nullptr || (frames_.empty() && !end_ && answer_by_ > now())) return;
  polled_at_ = now();
  std::exchange(waiter_, nullptr)->answer_poll(answer());
}

std::string PollSession::answer() {
  std::string body = R"({"frames":[)";
  std::uint64_t last = acknowledged_;
  for (const transport::SharedBytes& frame : frames_) {
    // One comes whatever its size.
    if (last > acknowledged_ && body.size() + frame->size() > wire::max_answer_size) break;
    if (last > acknowledged_) body += ',';
    body += as_text(*frame);
    ++last;
  }
  body += R"(],"last":)" + std::to_string(last);
  if (end_ && last == acknowledged_ + frames_.size()) {
    body += R"(,"closed":{"code":)" + std::to_string(static_cast<unsigned>(end_->code)) + R"(,"reason":")" +
            end_->reason + R"("})";
    over_ = true;
  }
  return body + "}";
}

transport::SharedBytes PollSession::encode(const wire::ServerFrame& frame, Form /*form*/) const {
  const std::string text = wire::to_json(frame);
  return std::make_shared<const Bytes>(text.begin(), text.end());
}

transport::SharedBytes PollSession::encode(Push& push, Form /*form*/) const { return push.text(); }

void PollSession::queue(transport::SharedBytes octets) {
  queued_ += octets->size();
  frames_.push_back(std::move(octets));
}

void PollSession::close(transport::CloseCode code, std::string_view reason) {
  end_ = End{code, std::string(reason)};
  held_.clear();
}

}  // namespace sotto::gateway
