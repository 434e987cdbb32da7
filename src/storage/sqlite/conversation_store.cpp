#include "storage/sqlite/conversation_store.h"

#include <algorithm>
#include <sqlite3.h>

#include "storage/sqlite/conversation_rows.h"

namespace sotto::storage::sqlite {

using service::StoredConversation;
using service::StoredMember;
using service::StoredMembership;

std::optional<StoredConversation> SqliteConversationStore::find(ConversationId conversation) {
  if (parts_.cache != nullptr) {
    const NumberedConversation* found = state(conversation);
    return found != nullptr ? std::optional(found->stored) : std::nullopt;
  }
  Statement row = parts_.connection.statement(
      "SELECT c.number, c.conversation, c.kind, c.epoch, coalesce(h.seq, c.base_head),"
      " coalesce(h.sent_at, c.base_activity), c.chain_length, c.closed, c.member_count"
      " FROM conversations AS c LEFT JOIN messages AS h ON h.conversation = c.number"
      " AND h.seq = (SELECT max(seq) FROM messages WHERE conversation = c.number)"
      " WHERE c.conversation = ?1");
  if (!row.bind(conversation).step()) return std::nullopt;
  return read_conversation(row, 0);
}

std::optional<StoredMembership> SqliteConversationStore::find(ConversationId conversation, AccountId account) {
  if (parts_.cache == nullptr) return find_by_reader(conversation, account);
  NumberedConversation* found = state(conversation);
  if (found == nullptr) return std::nullopt;
  if (const StoredMember* member = found->find(account)) return StoredMembership{found->stored, *member};
  if (found->stored.chain_length == 0) return std::nullopt;
  // Not a member now, but perhaps once.
  const std::optional<StoredMember> former = load_member(found->number, account);
  if (!former) return std::nullopt;
  return StoredMembership{found->stored, *former};
}

std::optional<StoredMembership> SqliteConversationStore::find_by_reader(const ConversationId& conversation,
                                                                        const AccountId& account) {
  Statement row = parts_.connection.statement(
      "SELECT c.number, c.conversation, c.kind, c.epoch, coalesce(h.seq, c.base_head),"
      " coalesce(h.sent_at, c.base_activity), c.chain_length, c.closed, c.member_count,"
      " m.account_id, m.role, m.log_start, m.delivered, m.read, m.left_seq, m.left_chain"
      " FROM conversations AS c JOIN members AS m ON m.conversation = c.number AND m.account_id = ?2"
      " LEFT JOIN messages AS h ON h.conversation = c.number"
      " AND h.seq = (SELECT max(seq) FROM messages WHERE conversation = c.number)"
      " WHERE c.conversation = ?1");
  if (!row.bind(conversation, account).step()) return std::nullopt;
  return StoredMembership{read_conversation(row, 0), read_member(row, conversation_columns)};
}

std::vector<StoredMembership> SqliteConversationStore::list(AccountId account) {
  std::vector<StoredMembership> memberships;
  const std::optional<AccountNumber> number = parts_.identities.find(account);
  if (!number) return memberships;
  Statement row = parts_.connection.statement(
      "SELECT c.number, c.conversation, c.kind, c.epoch, coalesce(h.seq, c.base_head),"
      " coalesce(h.sent_at, c.base_activity), c.chain_length, c.closed, c.member_count,"
      " m.account_id, m.role, m.log_start, m.delivered, m.read, m.left_seq, m.left_chain"
      " FROM members AS m JOIN conversations AS c ON c.number = m.conversation"
      " LEFT JOIN messages AS h ON h.conversation = c.number"
      " AND h.seq = (SELECT max(seq) FROM messages WHERE conversation = c.number)"
      " WHERE m.account = ?1");
  row.bind(*number);
  while (row.step()) memberships.push_back({read_conversation(row, 0), read_member(row, conversation_columns)});
  std::ranges::sort(memberships, [](const StoredMembership& left, const StoredMembership& right) {
    const StoredConversation& first = left.conversation;
    const StoredConversation& second = right.conversation;
    if (first.last_activity != second.last_activity) return first.last_activity > second.last_activity;
    return first.conversation < second.conversation;
  });
  return memberships;
}

std::size_t SqliteConversationStore::count(AccountId account) {
  const std::optional<AccountNumber> number = parts_.identities.find(account);
  if (!number) return 0;
  Statement row = parts_.connection.statement("SELECT count(*) FROM members WHERE account = ?1 AND left_seq IS NULL");
  return row.bind(*number).step() ? row.unsigned_integer(0) : 0;
}

service::ConversationStore::Accounts SqliteConversationStore::accounts_of(ConversationId conversation) {
  const NumberedConversation* found = state(conversation);
  return found != nullptr ? found->accounts : std::make_shared<const std::vector<AccountId>>();
}

std::vector<StoredMember> SqliteConversationStore::members(const MemberRange& range) {
  std::vector<StoredMember> members;
  const std::optional<ConversationNumber> number = number_of(range.conversation);
  if (!number) return members;
  Statement row = parts_.connection.statement(
      "SELECT account_id, role, log_start, delivered, read, left_seq, left_chain FROM members"
      " WHERE conversation = ?1 AND account_id > ?2 AND left_seq IS NULL ORDER BY account_id LIMIT ?3");
  // No octets sort before any.
  const ByteView after = range.after ? ByteView(range.after->view()) : ByteView();
  row.bind(*number, after, range.limit);
  while (row.step()) members.push_back(read_member(row, 0));
  return members;
}

void SqliteConversationStore::insert(const StoredConversation& conversation, std::span<const StoredMember> members) {
  Connection& connection = parts_.connection;
  parts_.scope.before_write();
  if (!connection
           .statement("INSERT INTO conversations (conversation, epoch, base_head, base_activity, kind, chain_length,"
                      " closed, member_count) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
           .run(conversation.conversation, conversation.epoch, conversation.head, conversation.last_activity,
                conversation.kind, conversation.chain_length, conversation.closed, members.size())) {
    return;
  }
  const auto number = static_cast<ConversationNumber>(connection.last_insert_rowid());
  for (const StoredMember& member : members) {
    write_member(connection, number, parts_.identities.number_of(member.account), member);
  }
  if (parts_.cache != nullptr) parts_.cache->will_change(conversation.conversation);
}

void SqliteConversationStore::set_marks(ConversationId conversation, const wire::Member& member) {
  NumberedConversation* found = state_to_change(conversation);
  if (found == nullptr) return;
  StoredMember* remembered = found->find(member.account);
  const std::optional<StoredMember> before =
      remembered != nullptr ? std::optional(*remembered) : load_member(found->number, member.account);
  if (!before) return;
  const auto update = [this, number = found->number, account = member.account](std::uint64_t delivered,
                                                                               std::uint64_t read) {
    return parts_.connection
        .statement("UPDATE members SET delivered = ?3, read = ?4 WHERE conversation = ?1 AND account_id = ?2")
        .run(number, account, delivered, read);
  };
  const bool alone = parts_.scope.before_lone_write();
  if (update(member.delivered, member.read) && alone) {
    parts_.scope.undo_with([update, marks = *before] { update(marks.delivered, marks.read); });
  }
  if (remembered == nullptr) return;
  remembered->delivered = member.delivered;
  remembered->read = member.read;
}

std::vector<StoredConversation> SqliteConversationStore::raise_epochs(AccountId account) {
  const std::optional<AccountNumber> number = parts_.identities.find(account);
  if (!number) return {};
  parts_.scope.before_write();
  parts_.connection
      .statement(
          "UPDATE conversations SET epoch = epoch + 1"
          " WHERE number IN (SELECT conversation FROM members WHERE account = ?1 AND left_seq IS NULL)")
      .run(*number);
  std::vector<StoredConversation> raised;
  for (const StoredMembership& membership : list(account)) {
    if (membership.member.departure) continue;
    raised.push_back(membership.conversation);
    if (parts_.cache == nullptr) continue;
    const ConversationId& id = membership.conversation.conversation;
    parts_.cache->will_change(id);
    if (NumberedConversation* found = parts_.cache->find(id)) found->stored.epoch = membership.conversation.epoch;
  }
  return raised;
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
        "SELECT c.number, c.conversation, c.kind, c.epoch, coalesce(h.seq, c.base_head),"
        " coalesce(h.sent_at, c.base_activity), c.chain_length, c.closed, c.member_count"
        " FROM conversations AS c LEFT JOIN messages AS h ON h.conversation = c.number"
        " AND h.seq = (SELECT max(seq) FROM messages WHERE conversation = c.number)"
        " WHERE c.conversation = ?1");
    if (!row.bind(conversation).step()) return std::nullopt;
    result.number = row.number<ConversationNumber>(0);
    result.stored = read_conversation(row, 0);
  }
  auto accounts = std::make_shared<std::vector<AccountId>>();
  Statement row = parts_.connection.statement(
      "SELECT account_id, role, log_start, delivered, read, left_seq, left_chain FROM members"
      " WHERE conversation = ?1 AND left_seq IS NULL ORDER BY account_id");
  row.bind(result.number);
  while (row.step()) {
    result.members.push_back(read_member(row, 0));
    accounts->push_back(result.members.back().account);
  }
  result.accounts = std::move(accounts);
  // A half-read state must not be remembered.
  if (parts_.connection.has_failed()) return std::nullopt;
  return result;
}

std::optional<StoredMember> SqliteConversationStore::load_member(ConversationNumber conversation, AccountId account) {
  Statement row = parts_.connection.statement(
      "SELECT account_id, role, log_start, delivered, read, left_seq, left_chain FROM members"
      " WHERE conversation = ?1 AND account_id = ?2");
  if (!row.bind(conversation, account).step()) return std::nullopt;
  return read_member(row, 0);
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

}  // namespace sotto::storage::sqlite
