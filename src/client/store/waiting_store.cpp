#include "client/store/waiting_store.h"

namespace sotto::client {

void WaitingStore::add(std::uint64_t position, const Bytes& body, const NextTurn& next) {
  Query(context_.database, "INSERT OR REPLACE INTO waiting_entries (position, body, ask_at, asked) VALUES (?, ?, ?, ?)",
        position, body, next.at, next.asked)
      .run();
}

std::vector<std::uint64_t> WaitingStore::with_cause(ConversationId conversation, UndecryptableCause cause) {
  Query query(context_.database,
              "SELECT w.position FROM waiting_entries w JOIN timeline t ON t.position = w.position "
              "WHERE t.conversation = ? AND t.cause = ?",
              conversation, cause);
  std::vector<std::uint64_t> found;
  while (query.step()) found.push_back(query.number(0));
  return found;
}

std::optional<Bytes> WaitingStore::body_of(std::uint64_t position) {
  Query query(context_.database, "SELECT body FROM waiting_entries WHERE position = ?", position);
  if (!query.step()) return std::nullopt;
  return query.octets(0);
}

std::vector<WaitingEntry> WaitingStore::due(UnixMillis now, std::size_t limit) {
  Query query(context_.database,
              "SELECT w.position, t.conversation, t.message, t.sender, t.sender_device, w.asked FROM waiting_entries w "
              "JOIN timeline t ON t.position = w.position WHERE w.ask_at <= ? "
              "ORDER BY t.sender, t.sender_device, t.conversation, w.position LIMIT ?",
              now, limit);
  std::vector<WaitingEntry> entries;
  while (query.step()) {
    entries.push_back({.position = query.number(0),
                       .conversation = query.fixed<ConversationId>(1),
                       .message = query.fixed<MessageId>(2),
                       .sender = {query.fixed<AccountId>(3), query.fixed<DeviceId>(4)},
                       .asked = query.number(5)});
  }
  return entries;
}

std::optional<UnixMillis> WaitingStore::next_due() {
  Query query(context_.database, "SELECT min(ask_at) FROM waiting_entries");
  if (!query.step() || query.is_null(0)) return std::nullopt;
  return query.time(0);
}

void WaitingStore::asked(std::uint64_t position, UnixMillis ask_again_at) {
  Query(context_.database, "UPDATE waiting_entries SET asked = asked + 1, ask_at = ? WHERE position = ?", ask_again_at,
        position)
      .run();
}

void WaitingStore::ask_now(const session::DeviceAddress& sender, UnixMillis now) {
  Query(context_.database,
        "UPDATE waiting_entries SET ask_at = min(ask_at, ?1) WHERE asked < ?2 AND position IN (SELECT w.position FROM "
        "waiting_entries w JOIN timeline t ON t.position = w.position WHERE t.sender = ?3 AND t.sender_device = ?4)",
        now, most_questions_for_a_key, sender.account, sender.device)
      .run();
}

std::optional<std::uint64_t> WaitingStore::find(const WaitingEntry& entry) {
  Query query(context_.database,
              "SELECT t.position FROM timeline t JOIN waiting_entries w ON w.position = t.position "
              "WHERE t.conversation = ? AND t.message = ? AND t.sender_device = ? AND t.sender = ? LIMIT 1",
              entry.conversation, entry.message, entry.sender.device, entry.sender.account);
  if (!query.step()) return std::nullopt;
  return query.number(0);
}

void WaitingStore::remove(std::uint64_t position) {
  Query(context_.database, "DELETE FROM waiting_entries WHERE position = ?", position).run();
}

}  // namespace sotto::client
