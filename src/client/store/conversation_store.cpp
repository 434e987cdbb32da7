#include "client/store/conversation_store.h"

namespace sotto::client {
namespace {

ConversationRow read_conversation(Query& query) {
  return {.conversation = query.fixed<ConversationId>(0),
          .kind = static_cast<ConversationKind>(query.integer(1)),
          .peer = query.fixed<AccountId>(2),
          .epoch = query.number(3),
          .offered_epoch = query.number(4),
          .log_start = query.number(5),
          .cursor = query.number(6),
          .known_head = query.number(7),
          .delivered = query.number(8),
          .read = query.number(9),
          .delivered_told = query.number(10),
          .read_told = query.number(11),
          .others_delivered = query.number(12),
          .others_read = query.number(13),
          .own_counter = query.number(14),
          .timer_ms = query.number(15),
          .last_activity = query.time(16)};
}

std::vector<ConversationRow> read_rows(Query query) {
  std::vector<ConversationRow> rows;
  while (query.step()) rows.push_back(read_conversation(query));
  return rows;
}

}  // namespace

std::optional<ConversationRow> ConversationStore::find(ConversationId conversation) {
  Query query(context_.database, "SELECT * FROM conversation_rows WHERE conversation = ?", conversation);
  if (!query.step()) return std::nullopt;
  return read_conversation(query);
}

std::optional<ConversationRow> ConversationStore::find_by_peer(AccountId peer) {
  Query query(context_.database, "SELECT * FROM conversation_rows WHERE peer = ? AND kind IN (0, 1) LIMIT 1", peer);
  if (!query.step()) return std::nullopt;
  return read_conversation(query);
}

void ConversationStore::save(const ConversationRow& row) {
  Query(context_.database,
        "INSERT INTO conversations (conversation, kind, peer, epoch, offered_epoch, log_start, cursor, known_head, "
        "delivered, read, delivered_told, read_told, others_delivered, others_read, own_counter, timer_ms, "
        "last_activity) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (conversation) DO "
        "UPDATE SET kind = excluded.kind, peer = excluded.peer, epoch = excluded.epoch, "
        "offered_epoch = excluded.offered_epoch, log_start = excluded.log_start, cursor = excluded.cursor, "
        "known_head = excluded.known_head, delivered = excluded.delivered, read = excluded.read, "
        "delivered_told = excluded.delivered_told, read_told = excluded.read_told, "
        "others_delivered = excluded.others_delivered, others_read = excluded.others_read, "
        "own_counter = excluded.own_counter, timer_ms = excluded.timer_ms, last_activity = excluded.last_activity",
        row.conversation, row.kind, row.peer, row.epoch, row.offered_epoch, row.log_start, row.cursor, row.known_head,
        row.delivered, row.read, row.delivered_told, row.read_told, row.others_delivered, row.others_read,
        row.own_counter, row.timer_ms, row.last_activity)
      .run();
}

std::vector<ConversationRow> ConversationStore::list(const ListPage& page) {
  // What only devices tell one another is nothing to read, and what was deleted is none.
  return read_rows(Query(
      context_.database,
      "WITH places AS (SELECT c.*, -coalesce(s.pinned, 0) AS unpinned, -c.last_activity AS age, "
      "coalesce(s.was_deleted, 0) AS was_deleted FROM conversation_rows c LEFT JOIN conversation_settings s "
      "ON s.conversation = c.conversation) "
      "SELECT p.* FROM places p LEFT JOIN places a ON a.conversation = ? "
      "WHERE (a.conversation IS NULL OR (p.unpinned, p.age, p.conversation) > (a.unpinned, a.age, a.conversation)) "
      "AND ((p.kind <> 1 AND p.was_deleted = 0) OR EXISTS (SELECT 1 FROM timeline t "
      "WHERE t.conversation = p.conversation AND t.place IN (0, 2, 4))) "
      "ORDER BY p.unpinned, p.age, p.conversation LIMIT ?",
      page.after, page.limit));
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
  return query.step() ? static_cast<std::size_t>(query.number(0)) : 0;
}

std::vector<ConversationRow> ConversationStore::behind(std::size_t limit) {
  return read_rows(Query(context_.database,
                         "SELECT * FROM conversation_rows "
                         "WHERE cursor < known_head ORDER BY last_activity DESC, conversation LIMIT ?",
                         limit));
}

std::vector<AccountId> ConversationStore::unknown_peers(std::size_t limit) {
  Query query(context_.database,
              "SELECT peer FROM conversations WHERE kind = 0 AND NOT EXISTS "
              "(SELECT 1 FROM contacts WHERE contacts.account = conversations.peer) LIMIT ?",
              limit);
  std::vector<AccountId> peers;
  while (query.step()) peers.push_back(query.fixed<AccountId>(0));
  return peers;
}

std::vector<ConversationRow> ConversationStore::untold_marks(std::size_t limit) {
  return read_rows(Query(context_.database,
                         "SELECT * FROM conversation_rows "
                         "WHERE delivered > delivered_told OR read > read_told LIMIT ?",
                         limit));
}

std::vector<MemberMarks> ConversationStore::marks(ConversationId conversation) {
  Query query(context_.database, "SELECT account, delivered, read FROM member_marks WHERE conversation = ?",
              conversation);
  std::vector<MemberMarks> marks;
  while (query.step()) {
    marks.push_back({.account = query.fixed<AccountId>(0), .delivered = query.number(1), .read = query.number(2)});
  }
  return marks;
}

void ConversationStore::raise_marks(ConversationId conversation, const MemberMarks& marks) {
  Query(context_.database,
        "INSERT INTO member_marks (conversation, account, delivered, read) VALUES (?, ?, ?, ?) ON CONFLICT "
        "(conversation, account) DO UPDATE SET delivered = max(delivered, excluded.delivered), "
        "read = max(read, excluded.read)",
        conversation, marks.account, marks.delivered, marks.read)
      .run();
}

void ConversationStore::forget_marks(ConversationId conversation, AccountId account) {
  Query(context_.database, "DELETE FROM member_marks WHERE conversation = ? AND account = ?", conversation, account)
      .run();
}

ConversationSettings ConversationStore::settings(ConversationId conversation) {
  Query query(context_.database,
              "SELECT muted_until, pinned, archived, marked_unread, draft, reported_at, deleted_up_to, was_deleted "
              "FROM conversation_settings WHERE conversation = ?",
              conversation);
  ConversationSettings settings;
  if (!query.step()) return settings;
  settings.muted_until = query.time(0);
  settings.pinned = query.integer(1) != 0;
  settings.archived = query.integer(2) != 0;
  settings.marked_unread = query.integer(3) != 0;
  settings.reported_at = query.time(5);
  settings.deleted_up_to = query.number(6);
  settings.was_deleted = query.integer(7) != 0;
  if (query.is_null(4)) return settings;
  const auto draft = context_.open(SealedColumn::draft, conversation.view(), query.view(4));
  if (draft) settings.draft = std::string(as_text(draft->reveal()));
  return settings;
}

void ConversationStore::save_settings(ConversationId conversation, const ConversationSettings& settings) {
  std::optional<Bytes> draft;
  if (!settings.draft.empty()) {
    draft = context_.vault.seal(SealedColumn::draft, conversation.view(), as_bytes(settings.draft), context_.random);
  }
  Query(context_.database,
        "INSERT OR REPLACE INTO conversation_settings (conversation, muted_until, pinned, archived, marked_unread, "
        "draft, reported_at, deleted_up_to, was_deleted) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        conversation, settings.muted_until, settings.pinned, settings.archived, settings.marked_unread, draft,
        settings.reported_at, settings.deleted_up_to, settings.was_deleted)
      .run();
}

wire::DirectProfile ConversationStore::profile(ConversationId conversation) {
  Query query(context_.database, "SELECT profile FROM direct_profiles WHERE conversation = ?", conversation);
  if (!query.step()) return {};
  return context_.open_as<wire::DirectProfile>(SealedColumn::direct_profile, conversation.view(), query.view(0));
}

void ConversationStore::save_profile(ConversationId conversation, const wire::DirectProfile& profile) {
  Query(context_.database, "INSERT OR REPLACE INTO direct_profiles (conversation, profile) VALUES (?, ?)", conversation,
        context_.seal(SealedColumn::direct_profile, conversation.view(), profile))
      .run();
}

std::uint64_t ConversationStore::linking_end(ConversationId conversation) {
  Query query(context_.database, "SELECT seq FROM linking_ends WHERE conversation = ?", conversation);
  return query.step() ? query.number(0) : 0;
}

void ConversationStore::set_linking_end(const wire::Cursor& end) {
  Query(context_.database, "INSERT OR REPLACE INTO linking_ends (conversation, seq) VALUES (?, ?)", end.conversation,
        end.seq)
      .run();
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
