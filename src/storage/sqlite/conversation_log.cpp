#include <algorithm>
#include <sqlite3.h>

#include "storage/sqlite/conversation_store.h"

namespace sotto::storage::sqlite {

std::optional<service::StoredReceipt> SqliteConversationStore::find_receipt(ConversationId conversation,
                                                                            DeviceId sender_device, MessageId message) {
  const std::optional<ConversationNumber> number = number_of(conversation);
  if (!number) return std::nullopt;
  Statement row = parts_.connection.statement(
      "SELECT m.seq, m.sent_at FROM messages AS m JOIN devices AS d ON d.number = m.sender"
      " WHERE m.message = ?1 AND m.conversation = ?2 AND d.device = ?3");
  if (!row.bind(message, *number, sender_device).step()) return std::nullopt;
  return service::StoredReceipt{.seq = row.unsigned_integer(0), .sent_at = row.time(1)};
}

void SqliteConversationStore::append(const wire::LogEntry& entry) {
  insert_entry(entry,
               "INSERT INTO messages (conversation, seq, sender, message, sent_at, body, kind, expires_at)"
               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
}

bool SqliteConversationStore::append_unless_there(const wire::LogEntry& entry) {
  return insert_entry(entry,
                      "INSERT INTO messages (conversation, seq, sender, message, sent_at, body, kind, expires_at)"
                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
                      " ON CONFLICT (message, conversation, sender) DO NOTHING");
}

bool SqliteConversationStore::insert_entry(const wire::LogEntry& entry, std::string_view sql) {
  NumberedConversation* found = state_to_change(entry.conversation);
  if (found == nullptr) return true;
  if (entry.seq != found->stored.head + 1) {
    parts_.connection.record({.code = SQLITE_CONSTRAINT, .text = "an entry does not follow the head of its log"});
    return true;
  }
  const DeviceNumber sender = parts_.identities.number_of({entry.sender, entry.sender_device});
  const bool alone = parts_.scope.before_lone_write();
  Statement insert = parts_.connection.statement(sql);
  const bool inserted = insert.run(found->number, entry.seq, sender, entry.message, entry.sent_at, entry.body,
                                   entry.kind, entry.expires_at);
  if (inserted && parts_.connection.changes() == 0) return false;
  if (inserted && alone) {
    parts_.scope.undo_with([this, row = parts_.connection.last_insert_rowid()] {
      parts_.connection.statement("DELETE FROM messages WHERE number = ?1").run(row);
    });
  }
  found->stored.head = entry.seq;
  found->stored.last_activity = entry.sent_at;
  return true;
}

std::vector<wire::LogEntry> SqliteConversationStore::read(const LogRange& range) {
  std::vector<wire::LogEntry> entries;
  const std::optional<ConversationNumber> number = number_of(range.conversation);
  if (!number) return entries;
  Statement row = parts_.connection.statement(
      "SELECT m.seq, i.account, d.device, m.message, m.sent_at, m.body, m.kind, m.expires_at, m.redacted"
      " FROM messages AS m"
      " JOIN devices AS d ON d.number = m.sender JOIN account_ids AS i ON i.number = d.account"
      " WHERE m.conversation = ?1 AND m.seq > ?2 ORDER BY m.seq");
  row.bind(*number, bound(range.after));
  std::size_t size = 0;
  while (entries.size() < range.max_entries && row.step()) {
    size += row.blob(5).size();
    if (!entries.empty() && size > range.max_size) break;
    entries.push_back({.conversation = range.conversation,
                       .seq = row.unsigned_integer(0),
                       .sender = row.fixed<AccountId>(1),
                       .sender_device = row.fixed<DeviceId>(2),
                       .message = row.fixed<MessageId>(3),
                       .sent_at = row.time(4),
                       .body = row.bytes(5),
                       .kind = static_cast<wire::EntryKind>(row.integer(6)),
                       .expires_at = row.time(7),
                       .redacted = row.integer(8) != 0});
  }
  return entries;
}

std::vector<service::EntryOutline> SqliteConversationStore::outline(ConversationId conversation,
                                                                    std::span<const std::uint64_t> seqs) {
  std::vector<service::EntryOutline> outlines;
  const std::optional<ConversationNumber> number = number_of(conversation);
  if (!number) return outlines;
  std::vector<std::uint64_t> ordered(seqs.begin(), seqs.end());
  std::ranges::sort(ordered);
  const auto repeats = std::ranges::unique(ordered);
  ordered.erase(repeats.begin(), repeats.end());
  for (const std::uint64_t seq : ordered) {
    Statement row = parts_.connection.statement(
        "SELECT m.seq, i.account, m.kind, m.redacted FROM messages AS m"
        " JOIN devices AS d ON d.number = m.sender JOIN account_ids AS i ON i.number = d.account"
        " WHERE m.conversation = ?1 AND m.seq = ?2");
    if (!row.bind(*number, seq).step()) continue;
    outlines.push_back({.seq = row.unsigned_integer(0),
                        .sender = row.fixed<AccountId>(1),
                        .kind = static_cast<wire::EntryKind>(row.integer(2)),
                        .redacted = row.integer(3) != 0});
  }
  return outlines;
}

void SqliteConversationStore::drop_bodies(ConversationId conversation, std::span<const std::uint64_t> seqs) {
  const std::optional<ConversationNumber> number = number_of(conversation);
  if (!number) return;
  parts_.scope.before_write();
  for (const std::uint64_t seq : seqs) {
    parts_.connection.statement("UPDATE messages SET body = x'', redacted = 1 WHERE conversation = ?1 AND seq = ?2")
        .run(*number, seq);
  }
}

std::size_t SqliteConversationStore::drop_expired_bodies(UnixMillis now, std::size_t limit) {
  {
    Statement due = parts_.connection.statement(
        "SELECT 1 FROM messages WHERE expires_at > 0 AND redacted = 0 AND expires_at <= ?1 LIMIT 1");
    if (!due.bind(bound(now.value)).step()) return 0;
  }
  parts_.scope.before_write();
  if (!parts_.connection
           .statement("UPDATE messages SET body = x'', redacted = 1 WHERE number IN (SELECT number FROM messages"
                      " WHERE expires_at > 0 AND redacted = 0 AND expires_at <= ?1 ORDER BY expires_at LIMIT ?2)")
           .run(bound(now.value), limit)) {
    return 0;
  }
  return parts_.connection.changes();
}

}  // namespace sotto::storage::sqlite
