#pragma once

#include <string>

#include "base/time.h"

namespace sotto::cli {

/// `2026-11-21 14:05`, in the person's time zone.
[[nodiscard]] std::string local_date_and_time(UnixMillis point);

/// `14:05`, in the person's time zone.
[[nodiscard]] std::string local_time(UnixMillis point);

}  // namespace sotto::cli
