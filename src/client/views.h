#pragma once

#include "client/turn.h"

namespace sotto::client {

// Rows as the user interface sees them.

[[nodiscard]] TimelineMessage shown(Turn& turn, const TimelineRow& row);
[[nodiscard]] ConversationSummary summary(Turn& turn, const ConversationRow& row);
[[nodiscard]] SafetyNumber safety_number(Turn& turn, const Contact& contact);

/// Tells what is new in the timeline since this process told last; at most 200 lines. True if there is more.
bool tell_changes(Turn& turn);

}  // namespace sotto::client
