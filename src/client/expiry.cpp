#include "client/expiry.h"

#include <algorithm>

#include "client/applying.h"

namespace sotto::client {

bool erase_expired(Turn& turn) {
  constexpr std::size_t erased_at_a_time = 200;
  const std::vector<std::uint64_t> positions = turn.timeline.expired(server_now(turn), erased_at_a_time);
  for (const std::uint64_t position : positions) {
    const auto line = turn.timeline.at(position);
    if (!line) continue;
    if (line->place == RowPlace::event) {
      turn.timeline.erase(position, RowPlace::event);
    } else {
      erase_line(turn, *line, RowPlace::gone);
    }
  }
  return positions.size() == erased_at_a_time;
}

std::optional<UnixMillis> next_expiry(Turn& turn) {
  const std::optional<UnixMillis> expiry = turn.timeline.next_expiry();
  if (!expiry) return std::nullopt;
  const std::int64_t time = static_cast<std::int64_t>(expiry->value) - turn.home.load().clock_skew;
  return UnixMillis{static_cast<std::uint64_t>(std::max<std::int64_t>(time, 0))};
}

}  // namespace sotto::client
