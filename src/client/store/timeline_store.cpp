#include "client/store/timeline_store.h"

#include <algorithm>

#include "client/store/stored_body.h"
#include "client/store/timeline_keys.h"

namespace sotto::client {
namespace {

/// The inverse of `target_key`; a value of another size is damage.
bool read_target(TimelineRow& row, ByteView octets) {
  constexpr std::size_t size = 16;
  if (octets.size() != 4 * size) return false;
  row.target_conversation = ConversationId::from(octets.first(size));
  row.target =
      wire::MessageReference{.sender = AccountId::from(octets.subspan(size, size)).value_or(AccountId{}),
                             .sender_device = DeviceId::from(octets.subspan(2 * size, size)).value_or(DeviceId{}),
                             .message = MessageId::from(octets.subspan(3 * size, size)).value_or(MessageId{})};
  return true;
}

/// The octets under which the lines of a thread are found.
std::optional<Bytes> thread_of(const TimelineRow& row) {
  if (!row.content.thread) return std::nullopt;
  return target_key(row.conversation, *row.content.thread);
}

wire::Content content_of(StoredBody body) {
  if (body.content) return std::move(*body.content);
  wire::Content content;
  content.version = wire::content_version;
  content.kind = wire::TextContent{std::move(body.text)};
  return content;
}

}  // namespace

Bytes row_key(const MessageAddress& address) {
  Bytes key(address.conversation.bytes.begin(), address.conversation.bytes.end());
  const auto append = [&](ByteView part) { key.insert(key.end(), part.begin(), part.end()); };
  append(address.sender.account.bytes);
  append(address.sender.device.bytes);
  append(address.message.bytes);
  return key;
}

Bytes target_key(ConversationId conversation, const wire::MessageReference& target) {
  return row_key({conversation, {target.sender, target.sender_device}, target.message});
}

std::uint64_t TimelineStore::next_change() {
  Query query(context_.database, "UPDATE home SET last_change = last_change + 1 RETURNING last_change");
  const std::uint64_t change = query.step() ? query.number(0) : 0;
  query.run();
  return change;
}

bool TimelineStore::was_deleted(const TimelineRow& row) {
  if (!row.seq) return false;
  Query query(context_.database, "SELECT 1 FROM conversation_settings WHERE conversation = ? AND deleted_up_to >= ?",
              row.conversation, *row.seq);
  return query.step();
}

std::uint64_t TimelineStore::insert(const TimelineRow& row) {
  const RowPlace place = row.place != RowPlace::event && was_deleted(row) ? RowPlace::gone : row.place;
  std::optional<Bytes> body;
  if (row.state != MessageState::undecryptable && place != RowPlace::gone) {
    const Bytes key = row_key({row.conversation, row.sender, row.message});
    body = context_.seal(SealedColumn::timeline_body, key, StoredBody{.text = {}, .content = row.content});
  }
  std::optional<Bytes> target;
  if (row.target) target = target_key(row.target_conversation.value_or(row.conversation), *row.target);
  const std::uint64_t change = next_change();
  Query query(context_.database,
              "INSERT INTO timeline (conversation, seq, message, sender, sender_device, own, state, cause, failure, "
              "body, sent_at, changed, announced, place, target, expires_at, starred, first_change, thread) "
              "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING position",
              row.conversation, row.seq, row.message, row.sender.account, row.sender.device, row.own, row.state,
              row.cause, row.failure, body, row.sent_at, change, row.own || place != RowPlace::line, place, target,
              row.expires_at, row.starred, change, thread_of(row));
  const std::uint64_t position = query.step() ? query.number(0) : 0;
  query.run();
  return position;
}

TimelineRow TimelineStore::read_row(Query& query) {
  TimelineRow row;
  row.position = query.number(0);
  row.conversation = query.fixed<ConversationId>(1);
  if (!query.is_null(2)) row.seq = query.number(2);
  row.message = query.fixed<MessageId>(3);
  row.sender = {query.fixed<AccountId>(4), query.fixed<DeviceId>(5)};
  row.own = query.integer(6) != 0;
  row.state = static_cast<MessageState>(query.integer(7));
  row.cause = static_cast<UndecryptableCause>(query.integer(8));
  row.failure = static_cast<ClientErrorCode>(query.integer(9));
  row.sent_at = query.time(11);
  row.changed = query.number(12);
  row.place = static_cast<RowPlace>(query.integer(13));
  if (!query.is_null(14) && !read_target(row, query.view(14))) context_.damaged = true;
  row.expires_at = query.time(15);
  row.starred = query.integer(16) != 0;
  row.first_change = query.number(17);
  if (query.is_null(10)) return row;
  const Bytes key = row_key({row.conversation, row.sender, row.message});
  row.content = content_of(context_.open_as<StoredBody>(SealedColumn::timeline_body, key, query.view(10)));
  return row;
}

std::vector<TimelineRow> TimelineStore::read_rows(Query query) {
  std::vector<TimelineRow> rows;
  while (query.step()) rows.push_back(read_row(query));
  return rows;
}

std::optional<TimelineRow> TimelineStore::find(const MessageAddress& address) {
  Query query(context_.database,
              "SELECT * FROM timeline_rows WHERE conversation = ? AND message = ? AND sender_device = ? AND "
              "sender = ? AND state <> 6",
              address.conversation, address.message, address.sender.device, address.sender.account);
  if (!query.step()) return std::nullopt;
  return read_row(query);
}

void TimelineStore::keep_key(std::uint64_t position, const wire::MessageKey& key) {
  const Bytes row = row_number(position);
  Query(context_.database, "UPDATE timeline SET message_key = ? WHERE position = ? AND place <> 3",
        context_.seal(SealedColumn::message_key, row, key), position)
      .run();
}

std::optional<wire::MessageKey> TimelineStore::key_of(std::uint64_t position) {
  Query query(context_.database, "SELECT message_key FROM timeline WHERE position = ?", position);
  if (!query.step() || query.is_null(0)) return std::nullopt;
  return context_.open_as<wire::MessageKey>(SealedColumn::message_key, row_number(position), query.view(0));
}

std::optional<TimelineRow> TimelineStore::at(std::uint64_t position) {
  Query query(context_.database, "SELECT * FROM timeline_rows WHERE position = ?", position);
  if (!query.step()) return std::nullopt;
  return read_row(query);
}

void TimelineStore::advance(std::uint64_t position, const Progress& progress) {
  Query(context_.database,
        "UPDATE timeline SET state = ?, failure = ?, seq = ?, sent_at = ?, changed = ? WHERE position = ?",
        progress.state, progress.failure, progress.seq, progress.sent_at, next_change(), position)
      .run();
}

void TimelineStore::set_failure(const MessageAddress& address, ClientErrorCode failure) {
  const std::optional<TimelineRow> row = find(address);
  if (!row || row->failure == failure) return;
  advance(row->position, {.state = row->state, .failure = failure, .seq = row->seq, .sent_at = row->sent_at});
}

void TimelineStore::raise(const Raise& raise) {
  std::vector<std::uint64_t> positions;
  {
    Query query(context_.database,
                "SELECT position FROM timeline WHERE conversation = ? AND seq <= ? AND own = 1 AND state >= ? AND "
                "state < ? ORDER BY seq",
                raise.conversation, raise.up_to, MessageState::sent, raise.state);
    while (query.step()) positions.push_back(query.number(0));
  }
  for (const std::uint64_t position : positions) {
    Query(context_.database, "UPDATE timeline SET state = ?, changed = ? WHERE position = ?", raise.state,
          next_change(), position)
        .run();
  }
}

std::vector<TimelineRow> TimelineStore::page(const Page& page) {
  if (page.after) {
    return read_rows(Query(context_.database,
                           "SELECT * FROM timeline_rows WHERE conversation = ? AND seq > ? AND place IN (0, 2, 4) "
                           "ORDER BY seq, position LIMIT ?",
                           page.conversation, *page.after, page.limit));
  }
  constexpr std::uint64_t beyond_all = INT64_MAX;
  std::vector<TimelineRow> rows =
      read_rows(Query(context_.database,
                      "SELECT * FROM timeline_rows WHERE conversation = ? AND seq < ? AND place IN (0, 2, 4) "
                      "ORDER BY seq DESC, position DESC LIMIT ?",
                      page.conversation, std::min(page.before.value_or(beyond_all), beyond_all), page.limit));
  std::reverse(rows.begin(), rows.end());
  return rows;
}

std::vector<TimelineRow> TimelineStore::waiting(ConversationId conversation, std::size_t limit) {
  return read_rows(Query(context_.database,
                         "SELECT * FROM timeline_rows WHERE conversation = ? AND seq IS NULL AND place IN (0, 2, 4) "
                         "ORDER BY position LIMIT ?",
                         conversation, limit));
}

std::optional<TimelineRow> TimelineStore::last(ConversationId conversation) {
  // What has no place in the log yet comes after all that has. One query for both would sort the whole conversation.
  Query waiting(context_.database,
                "SELECT * FROM timeline_rows WHERE conversation = ? AND seq IS NULL AND place IN (0, 2, 4) "
                "ORDER BY position DESC LIMIT 1",
                conversation);
  if (waiting.step()) return read_row(waiting);
  Query placed(context_.database,
               "SELECT * FROM timeline_rows WHERE conversation = ? AND seq IS NOT NULL AND place IN (0, 2, 4) "
               "ORDER BY seq DESC, position DESC LIMIT 1",
               conversation);
  if (!placed.step()) return std::nullopt;
  return read_row(placed);
}

std::uint64_t TimelineStore::unread(const AfterMark& after) {
  Query query(context_.database,
              "SELECT count(*) FROM timeline WHERE conversation = ? AND seq > ? AND own = 0 AND place = 0",
              after.conversation, after.mark);
  return query.step() ? query.number(0) : 0;
}

std::uint64_t TimelineStore::last_change() {
  Query query(context_.database, "SELECT last_change FROM home");
  return query.step() ? query.number(0) : 0;
}

std::vector<TimelineRow> TimelineStore::changes(const Since& since) {
  return read_rows(Query(context_.database, "SELECT * FROM timeline_rows WHERE changed > ? ORDER BY changed LIMIT ?",
                         since.change, since.limit));
}

std::vector<TimelineRow> TimelineStore::hand_out(const HandOut& hand_out) {
  std::vector<TimelineRow> rows = read_rows(
      Query(context_.database,
            "SELECT * FROM timeline_rows WHERE announced = 0 AND handed_out_until <= ? ORDER BY position LIMIT ?",
            hand_out.now, hand_out.limit));
  for (const TimelineRow& row : rows) {
    Query(context_.database, "UPDATE timeline SET handed_out_until = ? WHERE position = ?", hand_out.until,
          row.position)
        .run();
  }
  return rows;
}

void TimelineStore::announced(const Line& line) {
  Query(context_.database, "UPDATE timeline SET announced = 1 WHERE conversation = ? AND seq = ? AND announced = 0",
        line.conversation, line.seq)
      .run();
}

std::uint64_t TimelineStore::unannounced() {
  Query query(context_.database, "SELECT count(*) FROM timeline WHERE announced = 0");
  return query.step() ? query.number(0) : 0;
}

}  // namespace sotto::client
