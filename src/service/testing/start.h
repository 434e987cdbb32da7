#pragma once

#include "base/time.h"

namespace sotto::service::testing {

/// When the tests' time begins.
inline constexpr UnixMillis start{1'800'000'000'000};

}  // namespace sotto::service::testing
