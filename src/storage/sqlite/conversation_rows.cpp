#include "storage/sqlite/conversation_rows.h"

namespace sotto::storage::sqlite {

service::StoredConversation read_conversation(const Statement& row, int first) {
  return {.conversation = row.fixed<ConversationId>(first + 1),
          .kind = static_cast<wire::ConversationKind>(row.integer(first + 2)),
          .epoch = row.unsigned_integer(first + 3),
          .head = row.unsigned_integer(first + 4),
          .last_activity = row.time(first + 5),
          .chain_length = row.unsigned_integer(first + 6),
          .closed = row.integer(first + 7) != 0,
          .member_count = static_cast<std::uint32_t>(row.integer(first + 8))};
}

service::StoredMember read_member(const Statement& row, int first) {
  service::StoredMember member{.account = row.fixed<AccountId>(first),
                               .role = static_cast<wire::Role>(row.integer(first + 1)),
                               .log_start = row.unsigned_integer(first + 2),
                               .delivered = row.unsigned_integer(first + 3),
                               .read = row.unsigned_integer(first + 4),
                               .departure = std::nullopt};
  if (!row.is_null(first + 5)) {
    member.departure = {.seq = row.unsigned_integer(first + 5), .chain_length = row.unsigned_integer(first + 6)};
  }
  return member;
}

void write_member(Connection& connection, ConversationNumber conversation, AccountNumber account,
                  const service::StoredMember& member) {
  std::optional<std::uint64_t> left_seq;
  std::optional<std::uint64_t> left_chain;
  if (member.departure) {
    left_seq = member.departure->seq;
    left_chain = member.departure->chain_length;
  }
  connection
      .statement(
          "INSERT OR REPLACE INTO members"
          " (conversation, account_id, account, role, log_start, delivered, read, left_seq, left_chain)"
          " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
      .run(conversation, member.account, account, member.role, member.log_start, member.delivered, member.read,
           left_seq, left_chain);
}

}  // namespace sotto::storage::sqlite
