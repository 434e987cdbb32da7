#pragma once

#include "wire/error.h"

namespace sotto::gateway {

/// The HTTP status that goes with an error's code (RFC 9110 section 15).
[[nodiscard]] unsigned http_status_of(wire::ErrorCode code);

}  // namespace sotto::gateway
