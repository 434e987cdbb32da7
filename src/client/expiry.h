#pragma once

#include "client/turn.h"

namespace sotto::client {

/// Deletes what has expired, with its key and all that was said of it; at most 200 lines. True if there may be more.
bool erase_expired(Turn& turn);

/// When this device next has something to delete, by its own clock.
[[nodiscard]] std::optional<UnixMillis> next_expiry(Turn& turn);

}  // namespace sotto::client
