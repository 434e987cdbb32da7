#include "gateway/frame_form.h"
#include "gateway/http_session.h"
#include "wire/binary.h"
#include "wire/json.h"

namespace sotto::gateway {
namespace {

using wire::ErrorCode;

wire::Error no_stream() { return error_of(ErrorCode::not_found, "There is no such stream, or it has ended."); }

}  // namespace

template <class Request>
std::optional<Request> HttpSession::read_poll(const transport::HttpRequest& request) {
  const auto take = [&](auto body) -> std::optional<Request> {
    if (body) return std::move(*body);
    ++surroundings_.metrics.malformed;
    answer(describe_fault(body.error()));
    return std::nullopt;
  };
  if (poll_form_ == Form::json) return take(wire::from_json<Request>(request.body));
  return take(wire::decode<Request>(as_bytes(request.body)));
}

template <class Request>
PollSession* HttpSession::find_polled(const Request& body) {
  PollSession* const stream = surroundings_.polls.find(body.stream);
  if (stream == nullptr) {
    answer(no_stream());
  } else if (stream->form() != poll_form_) {
    answer(error_of(ErrorCode::malformed, "The stream was opened in the other encoding."));
    return nullptr;
  }
  return stream;
}

template <class Message>
void HttpSession::answer_polled(const Message& message) {
  if (poll_form_ == Form::json) return answer_in(Form::json, wire::to_json(message));
  answer_in(Form::binary, std::string(as_text(wire::encode(message))));
}

void HttpSession::ask_poll(RouteKind kind, const transport::HttpRequest& request) {
  if (const auto error = check_form(request)) return answer(*error);
  const auto form = form_of_content(request.field("Content-Type").value_or(""));
  if (!form) return refuse_content("The body is declared neither as application/json nor as application/octet-stream.");
  poll_form_ = *form;
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
  const auto name =
      surroundings_.polls.open({surroundings_, surroundings_.now}, {address_of(request), poll_form_}, counting);
  if (name) return answer_polled(wire::PollOpened{*name});
  wire::Error error = error_of(ErrorCode::unavailable, "There are as many polled streams as may be.");
  error.retry_after_ms = 1'000;
  answer(error);
}

void HttpSession::send_polled(const transport::HttpRequest& request) {
  auto body = read_poll<wire::PollSend>(request);
  if (!body) return;
  PollSession* const stream = find_polled(*body);
  if (stream == nullptr) return;
  if (const auto taken = stream->take(std::move(body->frames)); !taken) return answer(taken.error());
  answer_polled(wire::PollSent{});
}

void HttpSession::receive_polled(const transport::HttpRequest& request) {
  const auto body = read_poll<wire::PollReceive>(request);
  if (!body) return;
  PollSession* const stream = find_polled(*body);
  if (stream == nullptr) return;
  polling_ = stream->id();
  stream->poll(body->after, *this);
}

void HttpSession::close_poll(const transport::HttpRequest& request) {
  const auto body = read_poll<wire::PollClose>(request);
  if (!body) return;
  PollSession* const stream = find_polled(*body);
  if (stream == nullptr) return;
  stream->end();
  answer_polled(wire::PollClosed{});
}

void HttpSession::answer_poll(std::string body) {
  polling_.reset();
  answer_in(poll_form_, std::move(body));
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
