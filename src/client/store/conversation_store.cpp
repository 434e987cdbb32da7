#include "client/store/conversation_store.h"

namespace sotto::client {
namespace {

ConversationRow read_row(Query& query) {
  return {.conversation = query.fixed<ConversationId>(0),
          .peer = query.fixed<AccountId>(1),
          .epoch = query.number(2),
          .offered_epoch = query.number(3),
          .cursor = query.number(4),
          .known_head = query.number(5),
          .delivered = query.number(6),
          .read = query.number(7),
          .delivered_told = query.number(8),
          .read_told = query.number(9),
          .peer_delivered = query.number(10),
          .peer_read = query.number(11),
          .own_counter = query.number(12),
          .last_activity = query.time(13)};
}

std::vector<ConversationRow> read_rows(Query query) {
  std::vector<ConversationRow> rows;
  while (query.step()) rows.push_back(read_row(query));
  return rows;
}

}  // namespace

// The literals repeat the columns because a statement is a literal of the program.

std::optional<ConversationRow> ConversationStore::find(ConversationId conversation) {
  Query query(context_.database,
              "SELECT conversation, peer, epoch, offered_epoch, cursor, known_head, delivered, read, delivered_told, "
              "read_told, peer_delivered, peer_read, own_counter, last_activity FROM conversations "
              "WHERE conversation = ?",
              conversation);
  if (!query.step()) return std::nullopt;
  return read_row(query);
}

std::optional<ConversationRow> ConversationStore::find_by_peer(AccountId peer) {
  Query query(context_.database,
              "SELECT conversation, peer, epoch, offered_epoch, cursor, known_head, delivered, read, delivered_told, "
              "read_told, peer_delivered, peer_read, own_counter, last_activity FROM conversations WHERE peer = ? "
              "LIMIT 1",
              peer);
  if (!query.step()) return std::nullopt;
  return read_row(query);
}

void ConversationStore::save(const ConversationRow& row) {
  Query(context_.database,
        "INSERT OR REPLACE INTO conversations (conversation, peer, epoch, offered_epoch, cursor, known_head, "
        "delivered, read, delivered_told, read_told, peer_delivered, peer_read, own_counter, last_activity) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row.conversation, row.peer, row.epoch, row.offered_epoch, row.cursor, row.known_head, row.delivered, row.read,
        row.delivered_told, row.read_told, row.peer_delivered, row.peer_read, row.own_counter, row.last_activity)
      .run();
}

std::vector<ConversationRow> ConversationStore::newest(std::size_t limit) {
  return read_rows(
      Query(context_.database,
            "SELECT conversation, peer, epoch, offered_epoch, cursor, known_head, delivered, read, delivered_told, "
            "read_told, peer_delivered, peer_read, own_counter, last_activity FROM conversations "
            "ORDER BY last_activity DESC, conversation LIMIT ?",
            limit));
}

std::vector<wire::Cursor> ConversationStore::cursors() {
  Query query(context_.database,
              "SELECT conversation, cursor FROM conversations ORDER BY last_activity DESC, conversation LIMIT ?",
              wire::max_cursors);
  std::vector<wire::Cursor> cursors;
  while (query.step()) cursors.push_back({.conversation = query.fixed<ConversationId>(0), .seq = query.number(1)});
  return cursors;
}

std::size_t ConversationStore::count() {
  Query query(context_.database, "SELECT count(*) FROM conversations");
  return query.step() ? query.number(0) : 0;
}

std::vector<ConversationRow> ConversationStore::behind(std::size_t limit) {
  return read_rows(
      Query(context_.database,
            "SELECT conversation, peer, epoch, offered_epoch, cursor, known_head, delivered, read, delivered_told, "
            "read_told, peer_delivered, peer_read, own_counter, last_activity FROM conversations "
            "WHERE cursor < known_head ORDER BY last_activity DESC, conversation LIMIT ?",
            limit));
}

std::vector<ConversationRow> ConversationStore::untold_marks(std::size_t limit) {
  return read_rows(
      Query(context_.database,
            "SELECT conversation, peer, epoch, offered_epoch, cursor, known_head, delivered, read, delivered_told, "
            "read_told, peer_delivered, peer_read, own_counter, last_activity FROM conversations "
            "WHERE delivered > delivered_told OR read > read_told LIMIT ?",
            limit));
}

SenderCount ConversationStore::sender_count(const SenderPlace& place) {
  Query query(context_.database,
              "SELECT counter, unopened FROM sender_counters WHERE conversation = ? AND account = ? AND device = ?",
              place.conversation, place.sender.account, place.sender.device);
  if (!query.step()) return {};
  return {.counter = query.number(0), .unopened = query.number(1)};
}

void ConversationStore::set_sender_count(const SenderPlace& place, const SenderCount& count) {
  Query(context_.database,
        "INSERT OR REPLACE INTO sender_counters (conversation, account, device, counter, unopened) "
        "VALUES (?, ?, ?, ?, ?)",
        place.conversation, place.sender.account, place.sender.device, count.counter, count.unopened)
      .run();
}

}  // namespace sotto::client
