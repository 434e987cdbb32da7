#pragma once

#include "service/context.h"

namespace sotto::service {

/// What the server can tell of an encrypted body: not empty, at most `wire::max_body_size`.
[[nodiscard]] std::expected<void, Refusal> check_body(const Bytes& body);

}  // namespace sotto::service
