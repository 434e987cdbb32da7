#include "gateway/websocket_session.h"

#include <algorithm>

#include "gateway/frame_form.h"

namespace sotto::gateway {
namespace {

using transport::CloseCode;
using transport::MessageKind;

transport::SharedBytes shared(Bytes octets) { return std::make_shared<const Bytes>(std::move(octets)); }

}  // namespace

WebSocketSession::WebSocketSession(Line& line, Surroundings& surroundings, std::string address)
    : line_(line),
      surroundings_(surroundings),
      reader_(surroundings.settings.max_frame_size),
      ping_at_(line.now() + surroundings.settings.ping_interval),
      stream_(*this, surroundings, std::move(address)) {}

std::size_t WebSocketSession::take(std::span<std::uint8_t> input) {
  const auto step = reader_.step(input);
  if (!step) {
    stream_.close(close_code_of(step.error()), explain(step.error()));
    return input.size();
  }
  if (step->message) take_message(*step->message);
  if (!stream_.is_closed() && !wants_input()) ++surroundings_.metrics.reading_paused;
  return step->consumed;
}

void WebSocketSession::take_message(const transport::IncomingMessage& message) {
  switch (message.kind) {
    case MessageKind::binary:
      return stream_.take(message.payload, Form::binary);
    case MessageKind::text:
      return stream_.take(message.payload, Form::json);
    case MessageKind::ping:
      line_.queue(shared(transport::make_frame(MessageKind::pong, message.payload)));
      return;
    case MessageKind::pong:
      return;
    case MessageKind::close:
      return stream_.close(CloseCode::normal, "");
  }
}

transport::SharedBytes WebSocketSession::encode(const wire::ServerFrame& frame, Form form) const {
  return encode_frame(frame, form);
}

void WebSocketSession::close(CloseCode code, std::string_view reason) {
  line_.queue(shared(transport::make_close_frame(code, reason)));
  line_.finish();
}

std::optional<transport::MonotonicTime> WebSocketSession::deadline() const {
  const auto next = std::min(ping_at_, line_.heard_at() + surroundings_.settings.idle_timeout);
  const auto of_stream = stream_.deadline();
  return of_stream ? std::min(next, *of_stream) : next;
}

void WebSocketSession::on_deadline() {
  const auto now = line_.now();
  if (line_.heard_at() + surroundings_.settings.idle_timeout <= now) {
    ++surroundings_.metrics.timeouts;
    return stream_.close(CloseCode::timed_out, "nothing was heard for too long");
  }
  if (const auto due = stream_.deadline(); due && *due <= now) stream_.on_deadline();
  if (ping_at_ > now || stream_.is_closed()) return;
  ping_at_ = now + surroundings_.settings.ping_interval;
  if (line_.queued() == 0) line_.queue(shared(transport::make_frame(MessageKind::ping, {})));
}

}  // namespace sotto::gateway
