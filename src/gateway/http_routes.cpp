#include "gateway/http_routes.h"

#include <algorithm>

#include "gateway/http_body.h"

namespace sotto::gateway {
namespace {

constexpr std::string_view api_prefix = "/api/v1";

char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; }

bool equal_in_any_case(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, {}, lower, lower);
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

Route find_api_route(std::string_view target) {
  if (target == api_prefix) return {RouteKind::index};
  if (!target.starts_with("/api/v1/")) return {};
  const std::string_view name = target.substr(api_prefix.size() + 1);
  if (name == "stream") return {RouteKind::stream};
  if (const auto operation = find_operation(name)) return {RouteKind::operation, *operation};
  return {};
}

}  // namespace

Route find_route(PortKind kind, std::string_view target) {
  if (target == "/healthz") return {RouteKind::health};
  if (target == "/readyz") return {RouteKind::readiness};
  if (kind == PortKind::admin) return {target == "/metrics" ? RouteKind::metrics : RouteKind::unknown};
  return find_api_route(target);
}

std::string_view allowed_methods(RouteKind kind) {
  switch (kind) {
    case RouteKind::operation:
      return "POST";
    case RouteKind::stream:
      return "GET";
    case RouteKind::unknown:
      return "";
    default:
      return "GET, HEAD";
  }
}

bool allows_method(RouteKind kind, std::string_view method) {
  if (kind == RouteKind::operation) return method == "POST";
  return method == "GET" || (method == "HEAD" && kind != RouteKind::stream);
}

bool is_json(std::string_view content_type) {
  const std::size_t semicolon = content_type.find(';');
  if (!equal_in_any_case(trimmed(content_type.substr(0, semicolon)), "application/json")) return false;
  if (semicolon == std::string_view::npos) return true;
  const std::string_view parameter = trimmed(content_type.substr(semicolon + 1));
  return equal_in_any_case(parameter, "charset=utf-8") || equal_in_any_case(parameter, "charset=\"utf-8\"");
}

std::optional<std::string_view> bearer_token(std::string_view authorization) {
  constexpr std::string_view scheme = "bearer ";
  if (!equal_in_any_case(authorization.substr(0, scheme.size()), scheme)) return std::nullopt;
  return trimmed(authorization.substr(scheme.size()));
}

}  // namespace sotto::gateway
