#include "gateway/frame_form.h"
#include "gateway/http_session.h"
#include "wire/json.h"

namespace sotto::gateway {
namespace {

using wire::ErrorCode;

wire::Error no_stream() { return error_of(ErrorCode::not_found, "There is no such stream, or it has ended."); }

}  // namespace

template <class Request>
std::optional<Request> HttpSession::read_poll(const transport::HttpRequest& request) {
  auto body = wire::from_json<Request>(request.body);
  if (body) return std::move(*body);
  ++surroundings_.metrics.malformed;
  answer(describe_fault(body.error()));
  return std::nullopt;
}

void HttpSession::ask_poll(RouteKind kind, const transport::HttpRequest& request) {
  if (refuse_form(request)) return;
  switch (kind) {
    case RouteKind::poll_open:
      return open_poll(request);
    case RouteKind::poll_send:
      return send_polled(request);
    case RouteKind::poll_receive:
      return receive_polled(request);
    default:
      return close_poll(request);
  }
}

void HttpSession::open_poll(const transport::HttpRequest& request) {
  if (!read_poll<wire::PollOpen>(request)) return;
  const bool forwarded = line_.peer().trusted_proxy && request.field("X-Forwarded-For");
  const auto counting =
      line_.peer().counted || forwarded ? PollTable::Counting::counted : PollTable::Counting::uncounted;
  const auto name = surroundings_.polls.open({surroundings_, surroundings_.now}, address_of(request), counting);
  if (name) return answer_json(200, wire::to_json(wire::PollOpened{*name}));
  wire::Error error = error_of(ErrorCode::unavailable, "There are as many polled streams as may be.");
  error.retry_after_ms = 1'000;
  answer(error);
}

void HttpSession::send_polled(const transport::HttpRequest& request) {
  auto body = read_poll<wire::PollSend>(request);
  if (!body) return;
  PollSession* const stream = surroundings_.polls.find(body->stream);
  if (stream == nullptr) return answer(no_stream());
  if (const auto taken = stream->take(std::move(body->frames)); !taken) return answer(taken.error());
  answer_json(200, wire::to_json(wire::PollSent{}));
}

void HttpSession::receive_polled(const transport::HttpRequest& request) {
  const auto body = read_poll<wire::PollReceive>(request);
  if (!body) return;
  PollSession* const stream = surroundings_.polls.find(body->stream);
  if (stream == nullptr) return answer(no_stream());
  polling_ = stream->id();
  stream->poll(body->after, *this);
}

void HttpSession::close_poll(const transport::HttpRequest& request) {
  const auto body = read_poll<wire::PollClose>(request);
  if (!body) return;
  PollSession* const stream = surroundings_.polls.find(body->stream);
  if (stream == nullptr) return answer(no_stream());
  stream->end();
  answer_json(200, wire::to_json(wire::PollClosed{}));
}

void HttpSession::answer_poll(std::string body) {
  polling_.reset();
  answer_json(200, std::move(body));
}

void HttpSession::refuse_poll(const wire::Error& error) {
  polling_.reset();
  answer(error);
}

void HttpSession::stop_polling() {
  if (!polling_) return;
  if (PollSession* const stream = surroundings_.polls.find(*polling_)) stream->forget(*this);
}

}  // namespace sotto::gateway
