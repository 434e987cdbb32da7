#include "client/transparency/log_store.h"

#include "crypto/hash.h"

namespace sotto::client {
namespace {

constexpr std::string_view memory_row = "log memory";

}  // namespace

std::optional<transparency::LogMemory> LogStore::memory() {
  Query query(context_.database, "SELECT memory FROM log_memory WHERE id = 1");
  if (!query.step()) return std::nullopt;
  auto stored = context_.open_as<StoredLog>(SealedColumn::log_memory, as_bytes(memory_row), query.view(0));
  if (context_.damaged) return std::nullopt;
  const auto key = transparency::parse_key(stored.key);
  auto checkpoint = key ? transparency::open_checkpoint(stored.note, *key)
                        : std::unexpected(transparency::CheckpointError::malformed);
  if (!checkpoint) {
    context_.damaged = true;
    return std::nullopt;
  }
  return transparency::LogMemory{*key, *std::move(checkpoint), std::move(stored.note)};
}

void LogStore::remember(const transparency::LogMemory& memory) {
  const StoredLog stored{transparency::print_key(memory.key), memory.note};
  Query(context_.database, "INSERT OR REPLACE INTO log_memory (id, memory) VALUES (1, ?)",
        context_.seal(SealedColumn::log_memory, as_bytes(memory_row), stored))
      .run();
}

void LogStore::pinned(AccountId account, ByteView list) {
  const Sha256Digest digest = crypto::sha256(list);
  Query(context_.database,
        "INSERT INTO list_proofs (account, list, state, not_before) VALUES (?, ?, 0, 0) ON CONFLICT (account) DO UPDATE"
        " SET list = excluded.list, state = 0, not_before = 0 WHERE list <> excluded.list",
        account, digest)
      .run();
  Query(context_.database, "INSERT OR IGNORE INTO seen_lists (account, list) VALUES (?, ?)", account, digest).run();
}

void LogStore::forget(AccountId account) {
  Query(context_.database, "DELETE FROM list_proofs WHERE account = ?", account).run();
  Query(context_.database, "DELETE FROM seen_lists WHERE account = ?", account).run();
}

void LogStore::want_again(AccountId account) {
  Query(context_.database, "UPDATE list_proofs SET state = 0, not_before = 0 WHERE account = ? AND state = 1", account)
      .run();
}

void LogStore::set_proven(AccountId account) {
  Query(context_.database, "UPDATE list_proofs SET state = 1, not_before = 0 WHERE account = ?", account).run();
}

void LogStore::put_off(AccountId account, UnixMillis until) {
  Query(context_.database, "UPDATE list_proofs SET not_before = ? WHERE account = ?", until, account).run();
}

std::optional<AccountId> LogStore::next_wanted(UnixMillis now) {
  Query query(context_.database,
              "SELECT account FROM list_proofs WHERE state = 0 AND not_before <= ? ORDER BY not_before LIMIT 1", now);
  if (!query.step()) return std::nullopt;
  return query.fixed<AccountId>(0);
}

std::optional<UnixMillis> LogStore::next_due() {
  Query query(context_.database, "SELECT min(not_before) FROM list_proofs WHERE state = 0");
  if (!query.step() || query.is_null(0)) return std::nullopt;
  return query.time(0);
}

std::uint64_t LogStore::count(ProofState state) {
  Query query(context_.database, "SELECT count(*) FROM list_proofs WHERE state = ?", state);
  return query.step() ? query.number(0) : 0;
}

std::vector<Sha256Digest> LogStore::seen(AccountId account) {
  std::vector<Sha256Digest> digests;
  Query query(context_.database, "SELECT list FROM seen_lists WHERE account = ?", account);
  while (query.step()) digests.push_back(query.fixed<Sha256Digest>(0));
  return digests;
}

}  // namespace sotto::client
