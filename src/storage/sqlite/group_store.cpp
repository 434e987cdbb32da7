#include "storage/sqlite/group_store.h"

#include <sqlite3.h>

#include "storage/sqlite/conversation_rows.h"

namespace sotto::storage::sqlite {

std::optional<Bytes> SqliteGroupStore::find_state(ConversationId conversation) {
  Statement row = parts_.connection.statement(
      "SELECT s.state FROM group_states AS s JOIN conversations AS c ON c.number = s.conversation"
      " WHERE c.conversation = ?1");
  if (!row.bind(conversation).step()) return std::nullopt;
  return row.bytes(0);
}

void SqliteGroupStore::apply(const service::GroupUpdate& update) {
  Connection& connection = parts_.connection;
  const std::optional<ConversationNumber> number = number_of(update.conversation);
  if (!number) return connection.record({.code = SQLITE_CONSTRAINT, .text = "a group to change does not exist"});
  parts_.scope.before_write();
  connection.statement("INSERT INTO group_events (conversation, number, seq) VALUES (?1, ?2, ?3)")
      .run(*number, update.chain_length, update.seq);
  connection.statement("INSERT OR REPLACE INTO group_states (conversation, state) VALUES (?1, ?2)")
      .run(*number, update.state);
  change_members(*number, update);
  connection
      .statement(
          "UPDATE conversations SET epoch = epoch + 1, chain_length = ?2, closed = ?3, member_count ="
          " (SELECT count(*) FROM members WHERE conversation = ?1 AND left_seq IS NULL) WHERE number = ?1")
      .run(*number, update.chain_length, update.closed);
  if (parts_.cache == nullptr) return;
  parts_.cache->will_change(update.conversation);
  parts_.cache->drop(update.conversation);
}

void SqliteGroupStore::change_members(ConversationNumber conversation, const service::GroupUpdate& update) {
  Connection& connection = parts_.connection;
  for (const service::StoredMember& member : update.joined) {
    write_member(connection, conversation, parts_.identities.number_of(member.account), member);
  }
  for (const AccountId& account : update.left) {
    connection
        .statement("UPDATE members SET left_seq = ?3, left_chain = ?4 WHERE conversation = ?1 AND account_id = ?2")
        .run(conversation, account, update.seq, update.chain_length);
  }
  for (const wire::RoleChanged& role : update.roles) {
    connection.statement("UPDATE members SET role = ?3 WHERE conversation = ?1 AND account_id = ?2")
        .run(conversation, role.account, role.role);
  }
}

std::vector<Bytes> SqliteGroupStore::read_chain(const ChainRange& range) {
  std::vector<Bytes> events;
  const std::optional<ConversationNumber> number = number_of(range.conversation);
  if (!number) return events;
  Statement row = parts_.connection.statement(
      "SELECT m.body FROM group_events AS e JOIN messages AS m ON m.conversation = e.conversation AND m.seq = e.seq"
      " WHERE e.conversation = ?1 AND e.number > ?2 AND e.number <= ?3 ORDER BY e.number");
  row.bind(*number, bound(range.after), bound(range.last));
  std::size_t size = 0;
  while (events.size() < range.max_events && row.step()) {
    size += row.blob(0).size();
    if (!events.empty() && size > range.max_size) break;
    events.push_back(row.bytes(0));
  }
  return events;
}

std::vector<wire::JoinRequest> SqliteGroupStore::join_requests(ConversationId conversation) {
  std::vector<wire::JoinRequest> requests;
  const std::optional<ConversationNumber> number = number_of(conversation);
  if (!number) return requests;
  Statement row = parts_.connection.statement(
      "SELECT i.account, r.invitation, r.proof, r.asked_at FROM join_requests AS r"
      " JOIN account_ids AS i ON i.number = r.account WHERE r.conversation = ?1 ORDER BY r.asked_at, i.account");
  row.bind(*number);
  while (row.step()) {
    requests.push_back({.account = row.fixed<AccountId>(0),
                        .invitation = row.fixed<InvitationId>(1),
                        .proof = row.fixed<Ed25519Signature>(2),
                        .asked_at = row.time(3)});
  }
  return requests;
}

void SqliteGroupStore::insert_join_request(ConversationId conversation, const wire::JoinRequest& request) {
  const std::optional<ConversationNumber> number = number_of(conversation);
  if (!number) return;
  const AccountNumber account = parts_.identities.number_of(request.account);
  parts_.scope.before_write();
  parts_.connection
      .statement(
          "INSERT OR IGNORE INTO join_requests (conversation, account, invitation, proof, asked_at)"
          " VALUES (?1, ?2, ?3, ?4, ?5)")
      .run(*number, account, request.invitation, request.proof, request.asked_at);
}

bool SqliteGroupStore::remove_join_request(ConversationId conversation, AccountId account) {
  const std::optional<ConversationNumber> number = number_of(conversation);
  const std::optional<AccountNumber> asking = parts_.identities.find(account);
  if (!number || !asking) return false;
  parts_.scope.before_write();
  return parts_.connection.statement("DELETE FROM join_requests WHERE conversation = ?1 AND account = ?2")
             .run(*number, *asking) &&
         parts_.connection.changes() > 0;
}

std::optional<ConversationNumber> SqliteGroupStore::number_of(const ConversationId& conversation) {
  Statement row = parts_.connection.statement("SELECT number FROM conversations WHERE conversation = ?1");
  if (!row.bind(conversation).step()) return std::nullopt;
  return row.number<ConversationNumber>(0);
}

}  // namespace sotto::storage::sqlite
