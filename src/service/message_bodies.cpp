#include "service/message_bodies.h"

#include "wire/limits.h"

namespace sotto::service {

std::expected<void, Refusal> check_body(const Bytes& body) {
  if (body.empty()) return refuse(wire::ErrorCode::invalid_value, "the body is empty", "body");
  if (body.size() > wire::max_body_size) return refuse(wire::ErrorCode::too_large, "the body is too large", "body");
  return {};
}

}  // namespace sotto::service
