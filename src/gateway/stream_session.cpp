#include "gateway/stream_session.h"

#include <algorithm>

#include "gateway/frame_form.h"
#include "gateway/http_body.h"

namespace sotto::gateway {
namespace {

using transport::CloseCode;
using transport::MessageKind;
using wire::ErrorCode;

wire::Error error_of(ErrorCode code, std::string_view message) {
  wire::Error error;
  error.code = code;
  error.message = message;
  return error;
}

/// What an operation's answer may occupy: a page, or little.
template <class Request>
constexpr std::uint32_t reserved_for =
    service::work_kind<Request> == service::WorkKind::read ? wire::max_page_size : 1'024;

struct Expected {
  OperationIndex operation = 0;
  std::uint32_t reserved = 0;
};

Expected expect_for(const wire::Request& request) {
  return std::visit(
      []<class Request>(const Request&) -> Expected {
        if constexpr (std::same_as<Request, std::monostate>) {
          return {};
        } else {
          return {operation_index_of<Request>(), reserved_for<Request>};
        }
      },
      request);
}

transport::SharedBytes shared(Bytes octets) { return std::make_shared<const Bytes>(std::move(octets)); }

}  // namespace

StreamSession::StreamSession(Line& line, Surroundings& surroundings, std::string address)
    : line_(line),
      surroundings_(surroundings),
      address_(std::move(address)),
      reader_(surroundings.settings.max_frame_size),
      authenticate_by_(line.now() + surroundings.settings.authentication_timeout),
      ping_at_(line.now() + surroundings.settings.ping_interval) {}

StreamSession::~StreamSession() {
  if (caller_) surroundings_.hub.remove(*caller_, *this);
}

std::size_t StreamSession::answer_room() const {
  const std::size_t taken = reserved_ + line_.queued();
  return surroundings_.settings.max_queued_answers - std::min(taken, surroundings_.settings.max_queued_answers);
}

bool StreamSession::wants_input() const {
  return !closed_ && !stopping_ && !authenticating_ && under_way_ < surroundings_.settings.max_requests_in_flight &&
         answer_room() > 0;
}

std::size_t StreamSession::take(std::span<std::uint8_t> input) {
  const auto step = reader_.step(input);
  if (!step) {
    close(close_code_of(step.error()), explain(step.error()));
    return input.size();
  }
  if (step->message) take_message(*step->message);
  if (!closed_ && !wants_input()) ++surroundings_.metrics.reading_paused;
  return step->consumed;
}

void StreamSession::take_message(const transport::IncomingMessage& message) {
  switch (message.kind) {
    case MessageKind::binary:
      return take_request(message.payload, Form::binary);
    case MessageKind::text:
      return take_request(message.payload, Form::json);
    case MessageKind::ping:
      line_.queue(shared(transport::make_frame(MessageKind::pong, message.payload)));
      return;
    case MessageKind::pong:
      return;
    case MessageKind::close:
      return close(CloseCode::normal, "");
  }
}

void StreamSession::take_request(ByteView payload, Form form) {
  ++surroundings_.metrics.messages_in;
  auto frame = decode_frame(payload, form);
  if (frame) return ask(std::move(*frame), form);
  ++surroundings_.metrics.malformed;
  refuse(frame.error().frame_id, frame.error().error, form);
  if (++malformed_ > surroundings_.settings.max_malformed_frames) {
    close(CloseCode::policy_violation, "too many frames that are no request");
  }
}

void StreamSession::refuse(std::uint64_t frame_id, const wire::Error& error, Form form) {
  send({.id = frame_id, .answer = error}, form);
}

void StreamSession::ask(wire::ClientFrame frame, Form form) {
  const Expected expected = expect_for(frame.request);
  if (!caller_ && access_of(expected.operation) == wire::Access::signed_in) {
    return refuse(frame.id, error_of(ErrorCode::unauthenticated, "The stream is not authenticated yet."), form);
  }
  // Held until the answer, so that requests sent right behind it find an authenticated stream.
  authenticating_ = std::holds_alternative<wire::Authenticate>(frame.request);
  if (std::holds_alternative<wire::Resume>(frame.request)) {
    // Before its unit of work begins: what is committed later is pushed, what is committed earlier is in the answer.
    live_ = true;
  }
  ++under_way_;
  reserved_ += expected.reserved;
  const RequestTag tag{.connection = line_.id(),
                       .frame_id = frame.id,
                       .operation = expected.operation,
                       .form = form,
                       .reserved = expected.reserved,
                       .asked_at = line_.now()};
  const Asker asker{.address = address_, .caller = caller_ ? &*caller_ : nullptr, .token = {}};
  surroundings_.dispatcher.ask(tag, std::move(frame.request), asker);
}

void StreamSession::receive(Reply reply) {
  --under_way_;
  reserved_ -= reply.tag.reserved;
  if (closed_) return;
  note_answer(reply);
  if (closed_) return;
  send({.id = reply.tag.frame_id, .answer = std::move(reply.answer)}, reply.tag.form);
  if (stopping_ && under_way_ == 0) close(CloseCode::going_away, "the server is stopping");
}

void StreamSession::note_answer(const Reply& reply) {
  const bool granted = !std::holds_alternative<wire::Error>(reply.answer);
  if (reply.tag.operation == operation_index_of<wire::Authenticate>()) {
    authenticating_ = false;
    if (granted && reply.caller) authenticated_as(*reply.caller, reply.tag.form);
  } else if (granted && access_of(reply.tag.operation) == wire::Access::anyone) {
    // Hashing a password may have taken its time.
    authenticate_by_ = line_.now() + surroundings_.settings.authentication_timeout;
  }
}

void StreamSession::authenticated_as(const service::Caller& caller, Form form) {
  if (caller_ && *caller_ != caller) {
    surroundings_.hub.remove(*caller_, *this);
    caller_.reset();
    live_ = behind_ = false;
  }
  push_form_ = form;
  if (!caller_) surroundings_.hub.add(caller, *this);
  caller_ = caller;
  if (!surroundings_.dispatcher.has_ended(caller.login)) return;
  // It ended after the token was checked and before the hub knew this stream.
  send({.id = 0, .answer = wire::LoginEnded{.login = caller.login}}, form);
  close(CloseCode::unauthenticated, "the login has ended");
}

void StreamSession::send(const wire::ServerFrame& frame, Form form) { line_.queue(encode_frame(frame, form)); }

void StreamSession::push(Push& push) {
  if (closed_) return;
  if (const auto* ended = std::get_if<wire::LoginEnded>(&push.frame().answer)) return end_login(*ended, push);
  if (!live_) return;
  const transport::SharedBytes& octets = push.octets(push_form_);
  if (behind_ || overflows(octets->size())) {
    ++surroundings_.metrics.pushes_dropped;
    if (!behind_) ++surroundings_.metrics.behind;
    behind_ = true;
    if (line_.queued() == 0) drained();  // A push that is larger than what may wait.
    return;
  }
  ++surroundings_.metrics.pushes;
  pushed_since_drained_ += octets->size();
  line_.queue(octets);
}

void StreamSession::end_login(const wire::LoginEnded& ended, Push& push) {
  if (ended.login != caller_->login) return;
  line_.queue(push.octets(push_form_));
  close(CloseCode::unauthenticated, "the login has ended");
}

bool StreamSession::overflows(std::size_t size) const {
  // What waits may also be the client's own answers, of which `wants_input` takes care.
  const std::size_t waiting = std::min(pushed_since_drained_, line_.queued());
  return waiting + size > surroundings_.settings.max_queued_pushes;
}

void StreamSession::drained() {
  pushed_since_drained_ = 0;
  if (!behind_ || closed_) return;
  behind_ = false;
  send({.id = 0, .answer = wire::Behind{}}, push_form_);
}

void StreamSession::stop() {
  stopping_ = true;
  if (under_way_ == 0) close(CloseCode::going_away, "the server is stopping");
}

void StreamSession::close(CloseCode code, std::string_view reason) {
  if (closed_) return;
  closed_ = true;
  line_.queue(shared(transport::make_close_frame(code, reason)));
  line_.finish();
}

std::optional<transport::MonotonicTime> StreamSession::deadline() const {
  const auto idle_until = line_.heard_at() + surroundings_.settings.idle_timeout;
  const auto next = std::min(ping_at_, idle_until);
  return caller_ ? next : std::min(next, authenticate_by_);
}

void StreamSession::on_deadline() {
  const auto now = line_.now();
  if (line_.heard_at() + surroundings_.settings.idle_timeout <= now) {
    ++surroundings_.metrics.timeouts;
    return close(CloseCode::timed_out, "nothing was heard for too long");
  }
  if (!caller_ && authenticate_by_ <= now) {
    if (under_way_ == 0) {
      ++surroundings_.metrics.timeouts;
      return close(CloseCode::unauthenticated, "not authenticated in time");
    }
    authenticate_by_ = now + std::chrono::seconds(1);  // A password is being hashed.
  }
  if (ping_at_ > now) return;
  ping_at_ = now + surroundings_.settings.ping_interval;
  if (line_.queued() == 0) line_.queue(shared(transport::make_frame(MessageKind::ping, {})));
}

}  // namespace sotto::gateway
