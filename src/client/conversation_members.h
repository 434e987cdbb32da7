#pragma once

#include "client/turn.h"

namespace sotto::client {

// Who belongs to a conversation and what each may do there: where direct conversations and groups differ.

/// Whether an entry that this account is said to have sent belongs into the log.
[[nodiscard]] bool may_write(Turn& turn, const ConversationRow& row, AccountId account);

/// Whether the account is one of those who read the conversation.
[[nodiscard]] bool belongs_to(Turn& turn, const ConversationRow& row, AccountId account);

/// Whether the account may delete what others wrote, for everyone.
[[nodiscard]] bool may_moderate(Turn& turn, const ConversationRow& row, AccountId account);

/// The marks that the server shows of a member: the own ones, or those of another whose progress counts.
void take_marks(Turn& turn, ConversationRow& row, const wire::Member& member);

/// The state of an entry at this place that could be read: of an own one, how far all others have it.
struct Written {
  bool own = false;
  std::uint64_t seq = 0;
};
[[nodiscard]] MessageState state_of(const ConversationRow& row, const Written& written);

}  // namespace sotto::client
