#include "gateway/http_status.h"

namespace sotto::gateway {

unsigned http_status_of(wire::ErrorCode code) {
  using enum wire::ErrorCode;
  switch (code) {
    case malformed:
      return 400;
    case too_large:
      return 413;
    case invalid_value:
    case bad_signature:
    case device_not_listed:
      return 422;
    case unauthenticated:
    case token_expired:
    case token_revoked:
    case wrong_credentials:
      return 401;
    case forbidden:
    case origin_refused:
      return 403;
    case unknown_operation:
    case not_found:
      return 404;
    case name_taken:
    case conflict:
    case stale_epoch:
    case stale_device_list:
    case limit_reached:
      return 409;
    case rate_limited:
      return 429;
    case unavailable:
      return 503;
    case unspecified:
    case internal:
      return 500;
  }
  return 500;
}

}  // namespace sotto::gateway
