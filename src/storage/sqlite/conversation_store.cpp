#include "storage/sqlite/conversation_store.h"

#include <algorithm>
#include <sqlite3.h>

namespace sotto::storage::sqlite {

std::optional<service::StoredConversation> SqliteConversationStore::find(ConversationId conversation) {
  const NumberedConversation* found = state(conversation);
  if (found == nullptr) return std::nullopt;
  return found->stored;
}

std::vector<service::StoredConversation> SqliteConversationStore::list(AccountId account) {
  std::vector<service::StoredConversation> conversations;
  const std::optional<AccountNumber> number = parts_.identities.find(account);
  if (!number) return conversations;
  for (const ConversationId& id : ids_of(*number)) {
    if (const NumberedConversation* found = state(id)) conversations.push_back(found->stored);
  }
  std::ranges::sort(conversations, [](const auto& left, const auto& right) {
    if (left.last_activity != right.last_activity) return left.last_activity > right.last_activity;
    return left.conversation < right.conversation;
  });
  return conversations;
}

std::size_t SqliteConversationStore::count(AccountId account) {
  const std::optional<AccountNumber> number = parts_.identities.find(account);
  if (!number) return 0;
  Statement row = parts_.connection.statement("SELECT count(*) FROM members WHERE account = ?1");
  return row.bind(*number).step() ? row.unsigned_integer(0) : 0;
}

void SqliteConversationStore::insert(const service::StoredConversation& conversation) {
  Connection& connection = parts_.connection;
  parts_.scope.before_write();
  if (!connection
           .statement(
               "INSERT INTO conversations (conversation, epoch, base_head, base_activity) VALUES (?1, ?2, ?3, ?4)")
           .run(conversation.conversation, conversation.epoch, conversation.head, conversation.last_activity)) {
    return;
  }
  const auto number = static_cast<ConversationNumber>(connection.last_insert_rowid());
  std::int64_t position = 0;
  for (const wire::Member& member : conversation.members) {
    const AccountNumber account = parts_.identities.number_of(member.account);
    connection
        .statement("INSERT INTO members (conversation, position, account, delivered, read) VALUES (?1, ?2, ?3, ?4, ?5)")
        .run(number, position++, account, member.delivered, member.read);
  }
  if (parts_.cache == nullptr) return;
  parts_.cache->will_change(conversation.conversation);
  parts_.cache->put({.number = number, .stored = conversation});
}

void SqliteConversationStore::set_marks(ConversationId conversation, const wire::Member& member) {
  NumberedConversation* found = state_to_change(conversation);
  const std::optional<AccountNumber> account = parts_.identities.find(member.account);
  if (found == nullptr || !account) return;
  const auto place = std::ranges::find(found->stored.members, member.account, &wire::Member::account);
  if (place == found->stored.members.end()) return;
  const auto update = [this, number = found->number, account = *account](std::uint64_t delivered, std::uint64_t read) {
    return parts_.connection
        .statement("UPDATE members SET delivered = ?3, read = ?4 WHERE account = ?2 AND conversation = ?1")
        .run(number, account, delivered, read);
  };
  const bool alone = parts_.scope.before_lone_write();
  if (update(member.delivered, member.read) && alone) {
    parts_.scope.undo_with([update, before = *place] { update(before.delivered, before.read); });
  }
  *place = member;
}

std::vector<service::StoredConversation> SqliteConversationStore::raise_epochs(AccountId account) {
  const std::optional<AccountNumber> number = parts_.identities.find(account);
  if (!number) return {};
  parts_.scope.before_write();
  parts_.connection
      .statement(
          "UPDATE conversations SET epoch = epoch + 1"
          " WHERE number IN (SELECT conversation FROM members WHERE account = ?1)")
      .run(*number);
  if (parts_.cache != nullptr) {
    for (const ConversationId& id : ids_of(*number)) {
      parts_.cache->will_change(id);
      if (NumberedConversation* found = parts_.cache->find(id)) ++found->stored.epoch;
    }
  }
  return list(account);
}

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
  NumberedConversation* found = state_to_change(entry.conversation);
  if (found == nullptr) return;
  if (entry.seq != found->stored.head + 1) {
    parts_.connection.record({.code = SQLITE_CONSTRAINT, .text = "an entry does not follow the head of its log"});
    return;
  }
  const DeviceNumber sender = parts_.identities.number_of({entry.sender, entry.sender_device});
  const bool alone = parts_.scope.before_lone_write();
  Statement insert = parts_.connection.statement(
      "INSERT INTO messages (conversation, seq, sender, message, sent_at, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
  if (insert.run(found->number, entry.seq, sender, entry.message, entry.sent_at, entry.body) && alone) {
    parts_.scope.undo_with([this, row = parts_.connection.last_insert_rowid()] {
      parts_.connection.statement("DELETE FROM messages WHERE number = ?1").run(row);
    });
  }
  found->stored.head = entry.seq;
  found->stored.last_activity = entry.sent_at;
}

std::vector<wire::LogEntry> SqliteConversationStore::read(const LogRange& range) {
  std::vector<wire::LogEntry> entries;
  const std::optional<ConversationNumber> number = number_of(range.conversation);
  if (!number) return entries;
  Statement row = parts_.connection.statement(
      "SELECT m.seq, i.account, d.device, m.message, m.sent_at, m.body FROM messages AS m"
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
                       .body = row.bytes(5)});
  }
  return entries;
}

NumberedConversation* SqliteConversationStore::state(const ConversationId& conversation) {
  if (parts_.cache != nullptr) {
    if (NumberedConversation* found = parts_.cache->find(conversation)) return found;
  }
  loaded_ = load(conversation);
  if (!loaded_) return nullptr;
  return parts_.cache != nullptr ? &parts_.cache->put(std::move(*loaded_)) : &*loaded_;
}

NumberedConversation* SqliteConversationStore::state_to_change(const ConversationId& conversation) {
  NumberedConversation* found = state(conversation);
  if (found == nullptr) {
    parts_.connection.record({.code = SQLITE_CONSTRAINT, .text = "a conversation to change does not exist"});
  } else if (parts_.cache != nullptr) {
    parts_.cache->will_change(conversation);
  }
  return found;
}

std::optional<NumberedConversation> SqliteConversationStore::load(const ConversationId& conversation) {
  NumberedConversation result;
  {
    Statement row = parts_.connection.statement(
        "SELECT number, epoch, base_head, base_activity FROM conversations WHERE conversation = ?1");
    if (!row.bind(conversation).step()) return std::nullopt;
    result.number = row.number<ConversationNumber>(0);
    result.stored.conversation = conversation;
    result.stored.epoch = row.unsigned_integer(1);
    result.stored.head = row.unsigned_integer(2);
    result.stored.last_activity = row.time(3);
  }
  load_head(result);
  load_members(result);
  // A half-read state must not be remembered.
  if (parts_.connection.has_failed()) return std::nullopt;
  return result;
}

void SqliteConversationStore::load_head(NumberedConversation& conversation) {
  Statement row = parts_.connection.statement(
      "SELECT seq, sent_at FROM messages WHERE conversation = ?1 ORDER BY seq DESC LIMIT 1");
  if (!row.bind(conversation.number).step()) return;
  conversation.stored.head = row.unsigned_integer(0);
  conversation.stored.last_activity = row.time(1);
}

void SqliteConversationStore::load_members(NumberedConversation& conversation) {
  Statement row = parts_.connection.statement(
      "SELECT i.account, m.delivered, m.read FROM members AS m JOIN account_ids AS i ON i.number = m.account"
      " WHERE m.conversation = ?1 ORDER BY m.position");
  row.bind(conversation.number);
  while (row.step()) {
    conversation.stored.members.push_back(
        {.account = row.fixed<AccountId>(0), .delivered = row.unsigned_integer(1), .read = row.unsigned_integer(2)});
  }
}

std::optional<ConversationNumber> SqliteConversationStore::number_of(const ConversationId& conversation) {
  if (parts_.cache != nullptr) {
    const NumberedConversation* found = state(conversation);
    return found != nullptr ? std::optional(found->number) : std::nullopt;
  }
  Statement row = parts_.connection.statement("SELECT number FROM conversations WHERE conversation = ?1");
  if (!row.bind(conversation).step()) return std::nullopt;
  return row.number<ConversationNumber>(0);
}

std::vector<ConversationId> SqliteConversationStore::ids_of(AccountNumber account) {
  std::vector<ConversationId> ids;
  Statement row = parts_.connection.statement(
      "SELECT c.conversation FROM members AS m JOIN conversations AS c ON c.number = m.conversation"
      " WHERE m.account = ?1");
  row.bind(account);
  while (row.step()) ids.push_back(row.fixed<ConversationId>(0));
  return ids;
}

}  // namespace sotto::storage::sqlite
