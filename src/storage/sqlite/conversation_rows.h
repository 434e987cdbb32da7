#pragma once

#include "service/ports/records.h"
#include "storage/sqlite/conversation_cache.h"
#include "storage/sqlite/identities.h"
#include "storage/sqlite/statement.h"

namespace sotto::storage::sqlite {

// How conversations and members lie in rows. A SELECT names the columns in this order, beginning with column `first`.

/// number, conversation, kind, epoch, head, last activity, chain_length, closed, member_count
inline constexpr int conversation_columns = 9;
/// account_id, role, log_start, delivered, read, left_seq, left_chain
inline constexpr int member_columns = 7;

[[nodiscard]] service::StoredConversation read_conversation(const Statement& row, int first);
[[nodiscard]] service::StoredMember read_member(const Statement& row, int first);

/// Inserts a member, or replaces the row of one who was.
void write_member(Connection& connection, ConversationNumber conversation, AccountNumber account,
                  const service::StoredMember& member);

}  // namespace sotto::storage::sqlite
