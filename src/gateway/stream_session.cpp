#include "gateway/stream_session.h"

#include <algorithm>

#include "gateway/frame_form.h"
#include "gateway/http_body.h"

namespace sotto::gateway {
namespace {

using transport::CloseCode;
using wire::ErrorCode;

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

/// How long a stream that opened a linking may wait to be authenticated by it.
constexpr std::chrono::milliseconds link_time{service::link_lifetime.count};

}  // namespace

StreamSession::StreamSession(StreamCarrier& carrier, Surroundings& surroundings, std::string address)
    : carrier_(carrier),
      surroundings_(surroundings),
      address_(std::move(address)),
      authenticate_by_(carrier.now() + surroundings.settings.authentication_timeout) {}

StreamSession::~StreamSession() { leave(); }

void StreamSession::leave() {
  if (!caller_) return;
  surroundings_.presence.forget(*this);
  if (live_) {
    surroundings_.presence.leave(caller_->account, {.now = carrier_.now(), .clock = surroundings_.dispatcher.now()});
  }
  surroundings_.hub.remove(*caller_, *this);
  caller_.reset();
  live_ = behind_ = false;
}

std::size_t StreamSession::answer_room() const {
  const std::size_t taken = reserved_ + carrier_.queued();
  return surroundings_.settings.max_queued_answers - std::min(taken, surroundings_.settings.max_queued_answers);
}

bool StreamSession::wants_input() const {
  return !closed_ && !stopping_ && !authenticating_ && under_way_ < surroundings_.settings.max_requests_in_flight &&
         answer_room() > 0;
}

void StreamSession::take(ByteView message, Form form) {
  ++surroundings_.metrics.messages_in;
  auto frame = decode_frame(message, form);
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
  if (std::holds_alternative<wire::Resume>(frame.request) && caller_->scope == service::LoginScope::full) {
    // Before its unit of work begins: what is committed later is pushed, what is committed earlier is in the answer.
    if (!std::exchange(live_, true)) surroundings_.presence.arrive(caller_->account);
  }
  ++under_way_;
  reserved_ += expected.reserved;
  const RequestTag tag{.connection = carrier_.id(),
                       .frame_id = frame.id,
                       .operation = expected.operation,
                       .form = form,
                       .reserved = expected.reserved,
                       .asked_at = carrier_.now()};
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

void StreamSession::note_answer(Reply& reply) {
  const bool granted = !std::holds_alternative<wire::Error>(reply.answer);
  if (reply.tag.operation == operation_index_of<wire::Authenticate>()) {
    authenticating_ = false;
    if (granted && reply.caller) authenticated_as(*reply.caller, reply.tag.form);
  } else if (reply.tag.operation == operation_index_of<wire::WatchPresence>()) {
    if (granted && caller_ && caller_ == reply.caller) {
      surroundings_.presence.watch({.watcher = caller_->account, .subscriber = *this, .asked_at = reply.tag.asked_at},
                                   std::get<wire::Presences>(reply.answer).presences);
    }
  } else if (granted && access_of(reply.tag.operation) == wire::Access::anyone) {
    // Hashing a password may have taken its time, and a linking lasts as long as it lasts.
    auto until = carrier_.now() + surroundings_.settings.authentication_timeout;
    if (reply.tag.operation == operation_index_of<wire::BeginLink>()) until += link_time;
    authenticate_by_ = std::max(authenticate_by_, until);
  }
}

void StreamSession::authenticated_as(const service::Caller& caller, Form form) {
  if (caller_ && *caller_ != caller) leave();
  push_form_ = form;
  if (!caller_) surroundings_.hub.add(caller, *this);
  caller_ = caller;
  if (!surroundings_.dispatcher.has_ended(caller.login)) return;
  // It ended after the token was checked and before the hub knew this stream.
  send({.id = 0, .answer = wire::LoginEnded{.login = caller.login}}, form);
  close(CloseCode::unauthenticated, "the login has ended");
}

void StreamSession::send(const wire::ServerFrame& frame, Form form) { carrier_.queue(carrier_.encode(frame, form)); }

void StreamSession::push(Push& push) {
  if (closed_) return;
  if (const auto* ended = std::get_if<wire::LoginEnded>(&push.frame().answer)) return end_login(*ended, push);
  if (!live_ && !std::holds_alternative<wire::Presence>(push.frame().answer)) return;
  const transport::SharedBytes octets = carrier_.encode(push, push_form_);
  if (behind_ || overflows(octets->size())) {
    ++surroundings_.metrics.pushes_dropped;
    if (!behind_) ++surroundings_.metrics.behind;
    behind_ = true;
    if (carrier_.queued() == 0) drained();  // A push that is larger than what may wait.
    return;
  }
  ++surroundings_.metrics.pushes;
  pushed_since_drained_ += octets->size();
  carrier_.queue(octets);
}

void StreamSession::end_login(const wire::LoginEnded& ended, Push& push) {
  if (ended.login != caller_->login) return;
  carrier_.queue(carrier_.encode(push, push_form_));
  close(CloseCode::unauthenticated, "the login has ended");
}

bool StreamSession::overflows(std::size_t size) const {
  // What waits may also be the client's own answers, of which `wants_input` takes care.
  const std::size_t waiting = std::min(pushed_since_drained_, carrier_.queued());
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
  carrier_.close(code, reason);
}

std::optional<transport::MonotonicTime> StreamSession::deadline() const {
  return caller_ || closed_ ? std::nullopt : std::optional(authenticate_by_);
}

void StreamSession::on_deadline() {
  if (under_way_ == 0) {
    ++surroundings_.metrics.timeouts;
    return close(CloseCode::unauthenticated, "not authenticated in time");
  }
  authenticate_by_ = carrier_.now() + std::chrono::seconds(1);  // A password is being hashed.
}

}  // namespace sotto::gateway
