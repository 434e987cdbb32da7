#include "gateway/http_routes.h"

#include <algorithm>

#include "gateway/http_body.h"

namespace sotto::gateway {
namespace {

constexpr std::string_view api_prefix = "/api/v1";
constexpr std::string_view log_prefix = "/transparency/";

char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; }

bool equal_in_any_case(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, {}, lower, lower);
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

Route find_poll_route(std::string_view name) {
  if (name == "open") return {RouteKind::poll_open};
  if (name == "send") return {RouteKind::poll_send};
  if (name == "receive") return {RouteKind::poll_receive};
  if (name == "close") return {RouteKind::poll_close};
  return {};
}

bool takes_posts(RouteKind kind) {
  using enum RouteKind;
  return kind == operation || kind == poll_open || kind == poll_send || kind == poll_receive || kind == poll_close;
}

Route find_api_route(std::string_view target) {
  if (target == api_prefix) return {RouteKind::index};
  if (!target.starts_with("/api/v1/")) return {};
  const std::string_view name = target.substr(api_prefix.size() + 1);
  if (name == "stream") return {RouteKind::stream};
  if (name.starts_with("poll/")) return find_poll_route(name.substr(5));
  if (const auto operation = find_operation(name)) return {RouteKind::operation, *operation};
  return {};
}

Route log_route(service::LogAddress address) {
  Route route{RouteKind::log_resource};
  route.log = address;
  return route;
}

/// `path` is what follows the log's prefix.
Route find_log_route(std::string_view path) {
  if (path == "checkpoint") return log_route({service::LogResource::checkpoint, {}});
  if (path == "key") return log_route({service::LogResource::key, {}});
  if (const auto tile = transparency::parse_tile_path(path)) return log_route({service::LogResource::tile, *tile});
  return {};
}

/// Paths that begin with one of these names are never the web app's, so that a wrong one is told as such.
bool is_web_path(std::string_view target) {
  if (!target.starts_with('/')) return false;
  const std::string_view path = target.substr(1, target.find('?') - 1);
  const std::string_view first = path.substr(0, path.find('/'));
  for (const std::string_view reserved : {"api", "transparency", "healthz", "readyz", "metrics"}) {
    if (first == reserved) return false;
  }
  return true;
}

}  // namespace

Route find_route(PortKind kind, std::string_view target) {
  if (target == "/healthz") return {RouteKind::health};
  if (target == "/readyz") return {RouteKind::readiness};
  if (kind == PortKind::admin) return {target == "/metrics" ? RouteKind::metrics : RouteKind::unknown};
  if (target.starts_with(log_prefix)) return find_log_route(target.substr(log_prefix.size()));
  if (is_web_path(target)) return {RouteKind::web};
  return find_api_route(target);
}

std::string_view allowed_methods(RouteKind kind) {
  if (takes_posts(kind)) return "POST";
  switch (kind) {
    case RouteKind::stream:
      return "GET";
    case RouteKind::unknown:
      return "";
    default:
      return "GET, HEAD";
  }
}

bool allows_method(RouteKind kind, std::string_view method) {
  if (takes_posts(kind)) return method == "POST";
  return method == "GET" || (method == "HEAD" && kind != RouteKind::stream);
}

bool is_json(std::string_view content_type) {
  const std::size_t semicolon = content_type.find(';');
  if (!equal_in_any_case(trimmed(content_type.substr(0, semicolon)), "application/json")) return false;
  if (semicolon == std::string_view::npos) return true;
  const std::string_view parameter = trimmed(content_type.substr(semicolon + 1));
  return equal_in_any_case(parameter, "charset=utf-8") || equal_in_any_case(parameter, "charset=\"utf-8\"");
}

std::optional<Form> form_of_content(std::string_view content_type) {
  if (is_json(content_type)) return Form::json;
  if (equal_in_any_case(trimmed(content_type), binary_content_type)) return Form::binary;
  return std::nullopt;
}

std::optional<std::string_view> bearer_token(std::string_view authorization) {
  constexpr std::string_view scheme = "bearer ";
  if (!equal_in_any_case(authorization.substr(0, scheme.size()), scheme)) return std::nullopt;
  return trimmed(authorization.substr(scheme.size()));
}

}  // namespace sotto::gateway
