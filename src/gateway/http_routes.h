#pragma once

#include <string_view>

#include "gateway/reply.h"
#include "service/transparency_log.h"

namespace sotto::gateway {

/// What a port serves: the API to the world, or metrics to the operator.
enum class PortKind : std::uint8_t { api, admin };

enum class RouteKind : std::uint8_t {
  unknown,
  index,
  health,
  readiness,
  metrics,
  stream,
  operation,
  log_resource,
  poll_open,
  poll_send,
  poll_receive,
  poll_close,
  /// A path that is the web app's to know.
  web
};

struct Route {
  RouteKind kind = RouteKind::unknown;
  /// Of `RouteKind::operation` only.
  OperationIndex operation = 0;
  /// Of `RouteKind::log_resource` only.
  service::LogAddress log = {};
};

/// `target` exactly as the request names it: for all but the web app there is no query, no other spelling of a path and
/// no trailing slash.
[[nodiscard]] Route find_route(PortKind kind, std::string_view target);

/// The value of Allow for a route.
[[nodiscard]] std::string_view allowed_methods(RouteKind kind);
[[nodiscard]] bool allows_method(RouteKind kind, std::string_view method);

/// Whether a Content-Type names JSON in UTF-8.
[[nodiscard]] bool is_json(std::string_view content_type);

/// The Content-Type of messages in the binary encoding.
inline constexpr std::string_view binary_content_type = "application/octet-stream";
/// How a body of this Content-Type is written; nothing if it is neither JSON nor the binary encoding.
[[nodiscard]] std::optional<Form> form_of_content(std::string_view content_type);

/// The token in an Authorization field; nothing if it has another scheme.
[[nodiscard]] std::optional<std::string_view> bearer_token(std::string_view authorization);

}  // namespace sotto::gateway
