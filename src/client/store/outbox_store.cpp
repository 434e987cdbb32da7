#include "client/store/outbox_store.h"

namespace sotto::client {
namespace {

OutboxRow read_outbox(Query& query) {
  OutboxRow row;
  row.position = query.number(0);
  row.conversation = query.fixed<ConversationId>(1);
  row.message = query.fixed<MessageId>(2);
  row.epoch = query.number(3);
  if (!query.is_null(4)) row.body = query.octets(4);
  row.not_before = query.time(5);
  return row;
}

}  // namespace

void OutboxStore::add(const NewMessage& message) {
  Query(context_.database, "INSERT INTO outbox (conversation, message, not_before) VALUES (?, ?, ?)",
        message.conversation, message.message, message.not_before)
      .run();
}

void OutboxStore::release_due(UnixMillis now) {
  std::vector<NewMessage> due;
  {
    Query query(context_.database,
                "SELECT conversation, message FROM outbox WHERE not_before > 0 AND not_before <= ? "
                "ORDER BY not_before, position",
                now);
    while (query.step()) {
      due.push_back({.conversation = query.fixed<ConversationId>(0), .message = query.fixed<MessageId>(1)});
    }
  }
  for (const NewMessage& message : due) {
    Query(context_.database, "DELETE FROM outbox WHERE conversation = ? AND message = ?", message.conversation,
          message.message)
        .run();
    add(message);
  }
}

std::optional<UnixMillis> OutboxStore::next_due() {
  Query query(context_.database, "SELECT min(not_before) FROM outbox WHERE not_before > 0");
  if (!query.step() || query.is_null(0)) return std::nullopt;
  return query.time(0);
}

std::vector<OutboxRow> OutboxStore::heads(std::size_t limit) {
  Query query(context_.database,
              // From one conversation to the next, instead of through all that waits.
              "WITH RECURSIVE queues (conversation) AS (SELECT min(conversation) FROM outbox WHERE not_before = 0 "
              "UNION ALL SELECT (SELECT min(conversation) FROM outbox WHERE not_before = 0 AND conversation > "
              "queues.conversation) FROM queues WHERE queues.conversation IS NOT NULL) "
              "SELECT position, conversation, message, epoch, body, not_before FROM outbox WHERE position IN "
              "(SELECT (SELECT min(position) FROM outbox WHERE not_before = 0 AND conversation = queues.conversation) "
              "FROM queues) ORDER BY position LIMIT ?",
              limit);
  std::vector<OutboxRow> rows;
  while (query.step()) rows.push_back(read_outbox(query));
  return rows;
}

std::optional<OutboxRow> OutboxStore::find(const NewMessage& message) {
  Query query(context_.database,
              "SELECT position, conversation, message, epoch, body, not_before FROM outbox WHERE conversation = ? AND "
              "message = ?",
              message.conversation, message.message);
  if (!query.step()) return std::nullopt;
  return read_outbox(query);
}

void OutboxStore::save_body(const OutboxRow& row) {
  Query(context_.database, "UPDATE outbox SET epoch = ?, body = ? WHERE position = ?", row.epoch, row.body,
        row.position)
      .run();
}

void OutboxStore::unseal(ConversationId conversation) {
  Query(context_.database, "UPDATE outbox SET body = NULL WHERE conversation = ?", conversation).run();
}

void OutboxStore::remove(std::uint64_t position) {
  Query(context_.database, "DELETE FROM outbox WHERE position = ?", position).run();
}

std::uint64_t OutboxStore::count() {
  Query query(context_.database, "SELECT count(*) FROM outbox WHERE not_before = 0");
  return query.step() ? query.number(0) : 0;
}

std::uint64_t OutboxStore::count(ConversationId conversation) {
  Query query(context_.database, "SELECT count(*) FROM outbox WHERE conversation = ?", conversation);
  return query.step() ? query.number(0) : 0;
}

void OutboxStore::add_upload(UploadKind kind, const Bytes& request) {
  Query(context_.database, "INSERT INTO uploads (kind, request) VALUES (?, ?)", kind, request).run();
}

std::vector<Upload> OutboxStore::uploads(std::size_t limit) {
  Query query(context_.database, "SELECT position, kind, request FROM uploads ORDER BY position LIMIT ?", limit);
  std::vector<Upload> uploads;
  while (query.step()) {
    uploads.push_back(
        {.position = query.number(0), .kind = static_cast<UploadKind>(query.integer(1)), .request = query.octets(2)});
  }
  return uploads;
}

bool OutboxStore::has_uploads(UploadKind kind) {
  Query query(context_.database, "SELECT 1 FROM uploads WHERE kind = ? LIMIT 1", kind);
  return query.step();
}

void OutboxStore::remove_upload(std::uint64_t position) {
  Query(context_.database, "DELETE FROM uploads WHERE position = ?", position).run();
}

}  // namespace sotto::client
