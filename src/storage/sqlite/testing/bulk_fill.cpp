#include "storage/sqlite/testing/bulk_fill.h"

#include <algorithm>
#include <random>
#include <vector>

#include "storage/sqlite/database_copy.h"
#include "wire/group.h"

namespace sotto::storage::sqlite::testing {
namespace {

constexpr std::uint64_t between_entries_ms = 10;
constexpr std::size_t entries_in_a_transaction = 500'000;

/// A conversation that is being filled.
struct Filled {
  std::int64_t number = 0;
  /// One device of each of two members, who take turns; the same if there is but one.
  std::int64_t devices[2] = {};
  /// Entries that are there, and those that are to be.
  std::uint64_t head = 0;
  std::uint64_t total = 0;
};

/// The place in the vector of conversations of each burst, in the order of writing.
using Turns = std::vector<std::uint32_t>;

std::vector<Filled> read_conversations(Connection& connection, const BulkPlan& plan, Turns& turns) {
  std::vector<Filled> conversations;
  Statement row = connection.statement(
      "SELECT c.number, c.conversation, min(d.number), max(d.number) FROM conversations AS c"
      " JOIN members AS m ON m.conversation = c.number JOIN devices AS d ON d.account = m.account"
      " GROUP BY c.number ORDER BY c.number");
  while (row.step()) {
    const std::uint64_t total = plan.entries(row.fixed<ConversationId>(1));
    const std::uint64_t bursts = (total + plan.burst - 1) / plan.burst;
    turns.insert(turns.end(), bursts, static_cast<std::uint32_t>(conversations.size()));
    conversations.push_back({.number = row.integer(0), .devices = {row.integer(2), row.integer(3)}, .total = total});
  }
  return conversations;
}

/// As clients choose them: the time, which makes their index grow at its end, and what is different in each.
MessageId message_id(UnixMillis time, std::uint64_t number) {
  MessageId id;
  for (std::size_t place = 6; place-- > 0; time.value >>= 8U) id.bytes[place] = static_cast<std::uint8_t>(time.value);
  for (std::size_t place = 16; place-- > 8; number >>= 8U) id.bytes[place] = static_cast<std::uint8_t>(number);
  return id;
}

class Filling {
 public:
  Filling(Connection& connection, const BulkPlan& plan, std::uint64_t total)
      : connection_(connection), plan_(plan), body_(plan.body_size, 0x5a), left_(total) {}

  void write_burst(Filled& conversation) {
    const std::int64_t sender = conversation.devices[conversation.head / plan_.burst % 2];
    Statement insert = connection_.statement(
        "INSERT INTO messages (conversation, seq, sender, message, sent_at, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    const std::uint64_t end = std::min(conversation.total, conversation.head + plan_.burst);
    while (conversation.head < end) {
      const UnixMillis at{plan_.until.value - --left_ * between_entries_ms};
      insert.run(conversation.number, ++conversation.head, sender, message_id(at, left_), at, body_);
    }
  }

 private:
  Connection& connection_;
  const BulkPlan& plan_;
  const Bytes body_;
  std::uint64_t left_;
};

bool write_all(Connection& connection, const BulkPlan& plan) {
  Turns turns;
  std::vector<Filled> conversations = read_conversations(connection, plan, turns);
  std::mt19937 order(1);
  std::ranges::shuffle(turns, order);
  Filling filling(connection, plan, turns.size() * plan.burst);
  const std::size_t bursts_at_once = std::max<std::size_t>(1, entries_in_a_transaction / plan.burst);
  for (std::size_t turn = 0; turn < turns.size() && !connection.has_failed();) {
    connection.begin_write();
    const std::size_t end = std::min(turns.size(), turn + bursts_at_once);
    for (; turn < end; ++turn) filling.write_burst(conversations[turns[turn]]);
    connection.commit();
  }
  return !connection.has_failed();
}

bool insert_pairs(Connection& connection, std::span<const DirectPair> pairs) {
  connection.begin_write();
  for (const DirectPair& pair : pairs) {
    connection
        .statement(
            "INSERT INTO conversations (conversation, epoch, base_head, base_activity, member_count)"
            " VALUES (?1, 1, 0, 0, 2)")
        .run(pair.conversation);
    connection
        .statement(
            "INSERT INTO members (conversation, account_id, account, role, log_start, delivered, read)"
            " SELECT ?1, account, number, ?2, 0, 0, 0 FROM account_ids WHERE account IN (?3, ?4)")
        .run(connection.last_insert_rowid(), wire::Role::member, pair.left, pair.right);
  }
  return connection.commit();
}

/// Lets `write` work on the database without a log and without syncs, and syncs it at the end.
template <class Write>
std::expected<void, std::string> write_in_bulk(const DatabaseFile& file, const Write& write) {
  auto connection = open_again(file, Access::read_write);
  if (!connection) return std::unexpected(connection.error());
  // The mode is not kept in the file: a server that opens it has a write-ahead log again.
  (*connection)->execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1048576");
  if (!write(**connection)) return std::unexpected((*connection)->take_failure()->text);
  connection->reset();
  return write_through(file.path);
}

}  // namespace

std::expected<void, std::string> add_conversations(const DatabaseFile& file, std::span<const DirectPair> pairs) {
  return write_in_bulk(file, [&](Connection& connection) { return insert_pairs(connection, pairs); });
}

std::expected<void, std::string> fill_conversations(const DatabaseFile& file, const BulkPlan& plan) {
  return write_in_bulk(file, [&](Connection& connection) { return write_all(connection, plan); });
}

}  // namespace sotto::storage::sqlite::testing
