#include "gateway/http_session.h"

#include <algorithm>
#include <array>

#include "gateway/http_body.h"
#include "gateway/http_status.h"
#include "gateway/websocket_session.h"

namespace sotto::gateway {
namespace {

using transport::HttpError;
using transport::HttpRequest;
using transport::HttpResponse;
using wire::ErrorCode;

constexpr std::chrono::seconds readiness_lasts{1};

/// What every answer says about how a browser may use it, unless it says something of its own.
void add_security_fields(HttpResponse& response, const Line& line) {
  static constexpr std::array fields{
      std::pair{"Content-Security-Policy",
                "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"},
      std::pair{"X-Content-Type-Options", "nosniff"},
      std::pair{"X-Frame-Options", "DENY"},
      std::pair{"Referrer-Policy", "no-referrer"},
      std::pair{"Cross-Origin-Resource-Policy", "same-origin"},
      std::pair{"Cache-Control", "no-store"},
  };
  for (const auto& [name, value] : fields) {
    if (std::ranges::find(response.fields, name, &transport::HttpField::name) != response.fields.end()) continue;
    response.fields.push_back({name, value});
  }
  if (line.encrypted()) response.fields.push_back({"Strict-Transport-Security", "max-age=31536000"});
}

HttpResponse response_of(const wire::Error& error) {
  HttpResponse response{.status = http_status_of(error.code),
                        .fields = {{"Content-Type", "application/json"}},
                        .body = write_body(error)};
  if (error.retry_after_ms > 0) {
    response.fields.push_back({"Retry-After", std::to_string((error.retry_after_ms + 999) / 1'000)});
  }
  if (response.status == 401) {
    const bool shown = error.code == ErrorCode::token_expired || error.code == ErrorCode::token_revoked;
    response.fields.push_back(
        {"WWW-Authenticate", shown ? R"(Bearer realm="sotto", error="invalid_token")" : R"(Bearer realm="sotto")"});
  }
  return response;
}

/// A request that is as ambiguous as one that breaks the grammar (RFC 9112 section 3.2).
bool has_doubtful_field(const HttpRequest& request) {
  for (const std::string_view name : {"Host", "Origin", "Authorization", "Content-Type"}) {
    if (request.field(name) == "") return true;
  }
  return false;
}

}  // namespace

HttpSession::HttpSession(Line& line, Surroundings& surroundings, PortKind kind)
    : line_(line), surroundings_(surroundings), kind_(kind), phase_began_at_(line.now()) {}

void HttpSession::enter(Phase phase) {
  phase_ = phase;
  phase_began_at_ = line_.now();
}

std::size_t HttpSession::take(std::span<std::uint8_t> input) {
  if (phase_ == Phase::idle) enter(Phase::header);
  if (!reader_) reader_ = std::make_unique<transport::HttpRequestReader>(surroundings_.settings.http);
  const auto taken = reader_->read(input);
  if (!taken) {
    refuse_octets(taken.error());
    return input.size();
  }
  if (phase_ == Phase::body) body_size_ += *taken;
  if (reader_->header_is_read() && phase_ != Phase::body) {
    enter(Phase::body);
    body_size_ = 0;
  }
  if (reader_->wants_continue()) {
    const ByteView line = as_bytes("HTTP/1.1 100 Continue\r\n\r\n");
    line_.queue(std::make_shared<const Bytes>(line.begin(), line.end()));
  }
  if (reader_->finished()) {
    const HttpRequest request = reader_->take();
    reader_.reset();
    handle(request);
  }
  return *taken;
}

void HttpSession::refuse_octets(HttpError error) {
  ++surroundings_.metrics.malformed;
  reader_.reset();
  keep_alive_ = false;
  head_only_ = false;
  switch (error) {
    case HttpError::malformed:
      return answer(error_of(ErrorCode::malformed, "This is not an HTTP request."));
    case HttpError::body_too_large:
      return answer(error_of(ErrorCode::too_large, "The body exceeds the limit."));
    case HttpError::header_too_large:
      HttpResponse response = response_of(error_of(ErrorCode::too_large, "The header exceeds the limit."));
      response.status = 431;
      return answer(std::move(response));
  }
}

void HttpSession::handle(const HttpRequest& request) {
  enter(Phase::answering);
  keep_alive_ = request.keep_alive && !surroundings_.readiness.stopping;
  head_only_ = request.method == "HEAD";
  if (has_doubtful_field(request)) {
    return answer(error_of(ErrorCode::malformed, "A header field is empty or occurs twice."));
  }
  const Route route = find_route(kind_, request.target);
  if (route.kind == RouteKind::unknown) {
    return answer(error_of(ErrorCode::unknown_operation, "There is no such route."));
  }
  if (!allows_method(route.kind, request.method)) {
    HttpResponse response = response_of(error_of(ErrorCode::unknown_operation, "The route has other methods."));
    response.status = 405;
    response.fields.push_back({"Allow", std::string(allowed_methods(route.kind))});
    return answer(std::move(response));
  }
  open_route(route, request);
}

void HttpSession::open_route(const Route& route, const HttpRequest& request) {
  switch (route.kind) {
    case RouteKind::operation:
      return ask(route.operation, request);
    case RouteKind::stream:
      return open_stream(request);
    case RouteKind::readiness:
      return probe();
    case RouteKind::health:
      return answer_json(200, R"({"status":"up"})");
    case RouteKind::index:
      return answer_json(200, R"({"name":"sotto","versions":["v1"],"stream":"/api/v1/stream","poll":"/api/v1/poll"})");
    case RouteKind::metrics:
      return answer({.status = 200,
                     .fields = {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}},
                     .body = surroundings_.metrics_text()});
    case RouteKind::log_resource:
      return fetch(route.log, request);
    case RouteKind::poll_open:
    case RouteKind::poll_send:
    case RouteKind::poll_receive:
    case RouteKind::poll_close:
      return ask_poll(route.kind, request);
    case RouteKind::web:
      return serve_page(request);
    case RouteKind::unknown:
      break;
  }
}

std::optional<wire::Error> HttpSession::check_form(const HttpRequest& request) const {
  if (!surroundings_.origins.allows({.origin = request.field("Origin"), .host = request.field("Host")})) {
    ++surroundings_.metrics.origins_refused;
    return error_of(ErrorCode::origin_refused, "The page's origin is not allowed here.");
  }
  if (surroundings_.readiness.stopping) return error_of(ErrorCode::unavailable, "The server is stopping.");
  return std::nullopt;
}

std::string HttpSession::address_of(const HttpRequest& request) const {
  if (line_.peer().trusted_proxy) {
    const auto forwarded = request.field("X-Forwarded-For");
    if (auto subject = forwarded ? forwarded_subject(*forwarded) : std::nullopt) return *subject;
  }
  return line_.peer().address;
}

bool HttpSession::refuse_form(const HttpRequest& request) {
  if (const auto error = check_form(request)) {
    answer(*error);
    return true;
  }
  if (is_json(request.field("Content-Type").value_or(""))) return false;
  refuse_content("The body is not declared as application/json.");
  return true;
}

void HttpSession::refuse_content(std::string_view why) {
  HttpResponse response = response_of(error_of(ErrorCode::malformed, why));
  response.status = 415;
  answer(std::move(response));
}

void HttpSession::ask(OperationIndex operation, const HttpRequest& request) {
  if (refuse_form(request)) return;
  const auto authorization = request.field("Authorization");
  const auto token = authorization ? bearer_token(*authorization) : std::nullopt;
  if (!token && access_of(operation) == wire::Access::signed_in) {
    return answer(error_of(ErrorCode::unauthenticated, "The operation needs an access token."));
  }
  auto body = read_body(operation, request.body);
  if (!body) {
    ++surroundings_.metrics.malformed;
    return answer(body.error());
  }
  const std::string address = address_of(request);
  const Asker asker{.address = address, .caller = nullptr, .token = token};
  surroundings_.dispatcher.ask({.connection = line_.id(), .operation = operation, .asked_at = line_.now()},
                               std::move(*body), asker);
}

void HttpSession::probe() {
  const Readiness& readiness = surroundings_.readiness;
  const RequestTag tag{.connection = line_.id(), .operation = readiness_probe, .asked_at = line_.now()};
  if (readiness.stopping) return answer(error_of(ErrorCode::unavailable, "The server is stopping."));
  if (readiness.able && line_.now() - readiness.asked_at < readiness_lasts) {
    return answer_json(200, R"({"status":"ready"})");
  }
  surroundings_.dispatcher.probe(tag);
}

void HttpSession::fetch(const service::LogAddress& address, const HttpRequest& request) {
  if (surroundings_.readiness.stopping) return answer(error_of(ErrorCode::unavailable, "The server is stopping."));
  fetched_ = address.resource;
  surroundings_.dispatcher.fetch({.connection = line_.id(), .operation = log_fetch, .asked_at = line_.now()}, address,
                                 address_of(request));
}

void HttpSession::answer_resource(std::string octets) {
  using enum service::LogResource;
  // Tiles never change, so whoever stands between may keep them; the checkpoint is soon another one.
  const bool is_tile = fetched_ == tile;
  const char* const lasts = is_tile ? "public, max-age=31536000, immutable" : "public, max-age=5";
  answer({.status = 200,
          .fields = {{"Content-Type", is_tile ? "application/octet-stream" : "text/plain; charset=utf-8"},
                     {"Cache-Control", lasts}},
          .body = std::move(octets)});
}

void HttpSession::open_stream(const HttpRequest& request) {
  if (const auto error = check_form(request)) return answer(*error);
  const auto version = request.field("Sec-WebSocket-Version");
  if (!request.upgrade || request.field("Upgrade") != "websocket" || version != "13") {
    HttpResponse response =
        response_of(error_of(ErrorCode::malformed, "The route speaks WebSocket, version 13, only."));
    response.status = 426;
    response.fields.push_back({"Sec-WebSocket-Version", "13"});
    response.fields.push_back({"Upgrade", "websocket"});
    return answer(std::move(response));
  }
  const std::string_view key = request.field("Sec-WebSocket-Key").value_or("");
  if (!transport::is_websocket_key(key)) {
    return answer(error_of(ErrorCode::malformed, "Sec-WebSocket-Key is not base64 of 16 octets."));
  }
  HttpResponse response{.status = 101,
                        .fields = {{"Upgrade", "websocket"},
                                   {"Connection", "Upgrade"},
                                   {"Sec-WebSocket-Accept", transport::websocket_accept(key)}},
                        .body = {}};
  add_security_fields(response, line_);
  line_.queue(
      std::make_shared<const Bytes>(serialize(response, {.now = surroundings_.dispatcher.now(), .keep_alive = true})));
  line_.become(std::make_unique<WebSocketSession>(line_, surroundings_, address_of(request)));
}

void HttpSession::receive(Reply reply) {
  if (phase_ != Phase::answering) return;
  const auto* error = std::get_if<wire::Error>(&reply.answer);
  if (reply.tag.operation == readiness_probe) {
    if (error == nullptr) return answer_json(200, R"({"status":"ready"})");
    return answer(*error);
  }
  if (error != nullptr) return answer(*error);
  if (reply.tag.operation == log_fetch) return answer_resource(std::move(reply.resource));
  answer_json(200, write_body(reply.answer));
}

void HttpSession::answer_json(unsigned status, std::string body) {
  answer({.status = status, .fields = {{"Content-Type", "application/json"}}, .body = std::move(body)});
}

void HttpSession::answer_in(Form form, std::string body) {
  if (form == Form::json) return answer_json(200, std::move(body));
  answer({.status = 200, .fields = {{"Content-Type", std::string(binary_content_type)}}, .body = std::move(body)});
}

void HttpSession::answer(const wire::Error& error) { answer(response_of(error)); }

void HttpSession::answer(HttpResponse response) {
  add_security_fields(response, line_);
  const transport::HttpExchange exchange{
      .now = surroundings_.dispatcher.now(), .keep_alive = keep_alive_, .head_only = head_only_};
  line_.queue(std::make_shared<const Bytes>(serialize(response, exchange)));
  if (response.shared_body && !response.shared_body->empty() && !head_only_) line_.queue(response.shared_body);
  enter(Phase::idle);
  if (!keep_alive_) line_.finish();
}

void HttpSession::stop() {
  keep_alive_ = false;
  if (phase_ != Phase::answering) line_.finish();
}

std::optional<transport::MonotonicTime> HttpSession::deadline() const {
  const GatewaySettings& settings = surroundings_.settings;
  switch (phase_) {
    case Phase::idle:
      return phase_began_at_ + settings.keep_alive_timeout;
    case Phase::first_header:
    case Phase::header:
      return phase_began_at_ + settings.header_timeout;
    case Phase::body:
      return phase_began_at_ + settings.body_grace +
             std::chrono::milliseconds(body_size_ * 1'000 / settings.min_body_rate);
    case Phase::answering:
      return std::nullopt;
  }
  return std::nullopt;
}

void HttpSession::on_deadline() {
  if (phase_ == Phase::idle) return line_.finish();
  ++surroundings_.metrics.timeouts;
  keep_alive_ = false;
  HttpResponse response = response_of(error_of(ErrorCode::malformed, "The request took too long to arrive."));
  response.status = 408;
  answer(std::move(response));
}

}  // namespace sotto::gateway
