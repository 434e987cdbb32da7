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

}  // namespace sotto::client
