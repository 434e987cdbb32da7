// Events about messages, and what becomes of messages after they were written.

#include <algorithm>

#include "client/store/stored_body.h"
#include "client/store/timeline_keys.h"
#include "client/store/timeline_store.h"

namespace sotto::client {

void TimelineStore::keep_recipients(std::uint64_t position, const std::vector<session::DeviceAddress>& recipients) {
  Bytes octets;
  for (const session::DeviceAddress& recipient : recipients) {
    octets.insert(octets.end(), recipient.account.bytes.begin(), recipient.account.bytes.end());
    octets.insert(octets.end(), recipient.device.bytes.begin(), recipient.device.bytes.end());
  }
  Query(context_.database, "UPDATE timeline SET recipients = ? WHERE position = ?", octets, position).run();
}

std::vector<session::DeviceAddress> TimelineStore::recipients_of(std::uint64_t position) {
  Query query(context_.database, "SELECT recipients FROM timeline WHERE position = ?", position);
  std::vector<session::DeviceAddress> recipients;
  if (!query.step()) return recipients;
  ByteView octets = query.view(0);
  constexpr std::size_t half = AccountId::size;
  for (; octets.size() >= 2 * half; octets = octets.subspan(2 * half)) {
    recipients.push_back({AccountId::from(octets.first(half)).value_or(AccountId{}),
                          DeviceId::from(octets.subspan(half, half)).value_or(DeviceId{})});
  }
  return recipients;
}

std::vector<TimelineRow> TimelineStore::events_about(const Target& target) {
  return read_rows(Query(context_.database,
                         "SELECT * FROM timeline_rows WHERE target = ? AND state NOT IN (4, 6) "
                         "ORDER BY seq IS NULL, seq, position",
                         target_key(target.conversation, target.message)));
}

std::vector<TimelineRow> TimelineStore::thread(const Target& root, std::size_t limit) {
  std::vector<TimelineRow> lines = read_rows(Query(context_.database,
                                                   "SELECT * FROM timeline_rows WHERE thread = ? AND place IN (0, 2) "
                                                   "ORDER BY seq IS NULL DESC, seq DESC, position DESC LIMIT ?",
                                                   target_key(root.conversation, root.message), limit));
  std::ranges::reverse(lines);
  return lines;
}

std::uint32_t TimelineStore::replies(const Target& root) {
  Query query(context_.database, "SELECT count(*) FROM timeline WHERE thread = ? AND place = 0",
              target_key(root.conversation, root.message));
  return query.step() ? static_cast<std::uint32_t>(query.number(0)) : 0;
}

std::vector<TimelineRow> TimelineStore::starred(std::size_t limit) {
  return read_rows(Query(context_.database,
                         "SELECT * FROM timeline_rows WHERE starred = 1 ORDER BY sent_at DESC, position DESC LIMIT ?",
                         limit));
}

std::vector<TimelineRow> TimelineStore::waiting_events(ConversationId conversation) {
  return read_rows(Query(context_.database,
                         "SELECT * FROM timeline_rows WHERE conversation = ? AND seq IS NULL AND place = 1 "
                         "ORDER BY position",
                         conversation));
}

void TimelineStore::touch(std::uint64_t position) {
  Query(context_.database, "UPDATE timeline SET changed = ? WHERE position = ?", next_change(), position).run();
}

void TimelineStore::set_starred(std::uint64_t position, std::uint8_t starred) {
  Query(context_.database, "UPDATE timeline SET starred = ?, changed = ? WHERE position = ?", starred, next_change(),
        position)
      .run();
}

void TimelineStore::set_expiry(std::uint64_t position, UnixMillis expires_at) {
  Query(context_.database, "UPDATE timeline SET expires_at = ? WHERE position = ?", expires_at, position).run();
}

void TimelineStore::erase(std::uint64_t position, RowPlace place) {
  has_erased_ = true;
  Query(context_.database,
        "UPDATE timeline SET body = NULL, message_key = NULL, recipients = NULL, expires_at = 0, starred = 0, "
        "announced = 1, place = ?, changed = ? WHERE position = ?",
        place, next_change(), position)
      .run();
  Query(context_.database, "DELETE FROM waiting_entries WHERE position = ?", position).run();
}

void TimelineStore::erase_up_to(const Line& last) {
  has_erased_ = true;
  // Each takes a change of its own, because changes are read in pages.
  Query(context_.database,
        "UPDATE timeline SET body = NULL, message_key = NULL, recipients = NULL, expires_at = 0, starred = 0, "
        "announced = 1, place = CASE place WHEN 1 THEN 1 ELSE 3 END, "
        "changed = (SELECT last_change FROM home) + numbered.place_in_order FROM "
        "(SELECT position AS erased, row_number() OVER (ORDER BY position) AS place_in_order FROM timeline "
        "WHERE conversation = ? AND seq <= ? AND place <> 3) AS numbered WHERE position = numbered.erased",
        last.conversation, last.seq)
      .run();
  Query(context_.database,
        "UPDATE home SET last_change = max(last_change, (SELECT coalesce(max(changed), 0) FROM timeline))")
      .run();
  Query(context_.database,
        "DELETE FROM waiting_entries WHERE position IN (SELECT position FROM timeline WHERE conversation = ? AND "
        "seq <= ?)",
        last.conversation, last.seq)
      .run();
}

void TimelineStore::forget_body(std::uint64_t position) {
  Query(context_.database, "UPDATE timeline SET body = NULL WHERE position = ?", position).run();
}

std::vector<std::uint64_t> TimelineStore::expired(UnixMillis now, std::size_t limit) {
  Query query(context_.database,
              "SELECT position FROM timeline WHERE expires_at > 0 AND expires_at <= ? ORDER BY expires_at LIMIT ?", now,
              limit);
  std::vector<std::uint64_t> positions;
  while (query.step()) positions.push_back(query.number(0));
  return positions;
}

std::optional<UnixMillis> TimelineStore::next_expiry() {
  Query query(context_.database, "SELECT min(expires_at) FROM timeline WHERE expires_at > 0");
  if (!query.step() || query.is_null(0)) return std::nullopt;
  return query.time(0);
}

void TimelineStore::make_readable(const TimelineRow& row) {
  const Bytes key = row_key({row.conversation, row.sender, row.message});
  std::optional<Bytes> target;
  if (row.target) target = target_key(row.target_conversation.value_or(row.conversation), *row.target);
  if (row.place != RowPlace::event && was_deleted(row)) return erase(row.position, RowPlace::gone);
  Query(context_.database,
        "UPDATE timeline SET state = ?, cause = 0, body = ?, place = ?, target = ?, expires_at = ?, announced = ?, "
        "handed_out_until = 0, changed = ? WHERE position = ?",
        row.state, context_.seal(SealedColumn::timeline_body, key, StoredBody{.text = {}, .content = row.content}),
        row.place, target, row.expires_at, row.own || row.place != RowPlace::line, next_change(), row.position)
      .run();
  Query(context_.database, "DELETE FROM waiting_entries WHERE position = ?", row.position).run();
}

void TimelineStore::set_cause(std::uint64_t position, UndecryptableCause cause) {
  Query(context_.database, "UPDATE timeline SET cause = ?, changed = ? WHERE position = ?", cause, next_change(),
        position)
      .run();
}

std::vector<TimelineStore::Count> TimelineStore::counts(ConversationId conversation) {
  Query query(context_.database,
              "SELECT sender, count(*), sum(starred), min(sent_at), max(sent_at) FROM timeline WHERE conversation = ? "
              "AND place = 0 AND state NOT IN (4, 6) GROUP BY sender ORDER BY count(*) DESC, sender LIMIT ?",
              conversation, wire::max_members);
  std::vector<Count> counts;
  while (query.step()) {
    counts.push_back({.account = query.fixed<AccountId>(0),
                      .messages = query.number(1),
                      .starred = query.number(2),
                      .first_at = query.time(3),
                      .last_at = query.time(4)});
  }
  return counts;
}

}  // namespace sotto::client
