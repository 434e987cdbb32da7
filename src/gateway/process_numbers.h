#pragma once

#include <vector>

#include "gateway/metrics.h"

namespace sotto::gateway {

/// What the operating system counts of this process, under the names that Prometheus' own libraries use. What cannot be
/// read is left out or 0.
[[nodiscard]] std::vector<NamedNumber> process_numbers();

}  // namespace sotto::gateway
