#pragma once

#include "client/turn.h"

namespace sotto::client {

// What the events about a message make of it. They are read anew whenever it is shown, in the order of the log, and
// checked against who wrote the message; so it does not matter which of them came first, and one that is not its
// author's right changes nothing.

/// What a message says now, and how it came to that.
struct Edited {
  std::string text;
  std::uint32_t edits = 0;
};

/// Absent if its author never changed it.
[[nodiscard]] std::optional<Edited> edited(const TimelineRow& message, const std::vector<TimelineRow>& events);

/// At most `max_shown_reactions`, in the order in which each came first.
[[nodiscard]] std::vector<ShownReaction> reactions(AccountId self, const std::vector<TimelineRow>& events);

/// Every text of the message, the first one first; at most 200.
[[nodiscard]] EditHistory edit_history(const TimelineRow& message, const std::vector<TimelineRow>& events);

/// Whether an event of this account deletes a message for everyone.
[[nodiscard]] bool may_delete(Turn& turn, const ConversationRow& row, const TimelineRow& message, AccountId account);

/// Whether its text can be replaced by this account.
[[nodiscard]] bool may_edit(const TimelineRow& message, AccountId account);

}  // namespace sotto::client
