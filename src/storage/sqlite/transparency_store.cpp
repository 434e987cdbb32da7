#include "storage/sqlite/transparency_store.h"

#include <sqlite3.h>

#include "wire/binary.h"

namespace sotto::storage::sqlite {

std::uint64_t SqliteTransparencyStore::size() {
  Statement row = connection_.statement("SELECT coalesce(max(position) + 1, 0) FROM transparency_entries");
  return row.bind().step() ? row.unsigned_integer(0) : 0;
}

void SqliteTransparencyStore::append(const Entry& entry, const std::vector<service::StoredNode>& nodes) {
  if (entry.index != size()) {
    return connection_.record({.code = SQLITE_CONSTRAINT, .text = "an entry of the transparency log out of order"});
  }
  const AccountNumber account = identities_.number_of(entry.leaf.account);
  scope_.before_write();
  connection_.statement("INSERT INTO transparency_entries (position, account, version, entry) VALUES (?1, ?2, ?3, ?4)")
      .run(entry.index, account, entry.leaf.version, ByteView(wire::encode(entry.leaf)));
  Statement insert =
      connection_.statement("INSERT INTO transparency_nodes (level, position, hash) VALUES (?1, ?2, ?3)");
  for (const service::StoredNode& node : nodes) insert.run(node.level, node.index, node.hash);
}

std::optional<Sha256Digest> SqliteTransparencyStore::node(const NodePlace& place) {
  Statement row = connection_.statement("SELECT hash FROM transparency_nodes WHERE level = ?1 AND position = ?2");
  if (!row.bind(place.level, place.index).step()) return std::nullopt;
  return row.fixed<Sha256Digest>(0);
}

std::vector<Sha256Digest> SqliteTransparencyStore::nodes(const NodeRange& range) {
  std::vector<Sha256Digest> hashes;
  Statement row = connection_.statement(
      "SELECT hash FROM transparency_nodes WHERE level = ?1 AND position >= ?2 ORDER BY position LIMIT ?3");
  row.bind(range.first.level, bound(range.first.index), range.count);
  while (row.step()) hashes.push_back(row.fixed<Sha256Digest>(0));
  return hashes;
}

std::vector<Bytes> SqliteTransparencyStore::entries(const EntryRange& range) {
  std::vector<Bytes> encodings;
  Statement row =
      connection_.statement("SELECT entry FROM transparency_entries WHERE position >= ?1 ORDER BY position LIMIT ?2");
  row.bind(bound(range.first), range.count);
  while (row.step()) encodings.push_back(row.bytes(0));
  return encodings;
}

std::optional<service::TransparencyStore::Entry> SqliteTransparencyStore::newest(AccountId account) {
  const std::optional<AccountNumber> number = identities_.find(account);
  if (!number) return std::nullopt;
  Statement row = connection_.statement(
      "SELECT position, entry FROM transparency_entries WHERE account = ?1 ORDER BY position DESC LIMIT 1");
  if (!row.bind(*number).step()) return std::nullopt;
  return Entry{row.unsigned_integer(0), leaf_in(row, 1)};
}

std::vector<wire::TransparencyLeaf> SqliteTransparencyStore::of_account(const AccountRange& range) {
  std::vector<wire::TransparencyLeaf> leaves;
  const std::optional<AccountNumber> number = identities_.find(range.account);
  if (!number) return leaves;
  Statement row = connection_.statement(
      "SELECT entry FROM transparency_entries WHERE account = ?1 AND position > coalesce((SELECT max(position)"
      " FROM transparency_entries WHERE account = ?1 AND version = ?2), -1) ORDER BY position LIMIT ?3");
  row.bind(*number, bound(range.after_version), range.max_entries);
  while (row.step()) leaves.push_back(leaf_in(row, 0));
  return leaves;
}

std::vector<AccountId> SqliteTransparencyStore::without_entry(std::size_t limit) {
  std::vector<AccountId> accounts;
  Statement row = connection_.statement(
      "SELECT i.account FROM accounts AS a JOIN account_ids AS i ON i.number = a.account WHERE NOT EXISTS"
      " (SELECT 1 FROM transparency_entries AS t WHERE t.account = a.account) ORDER BY a.account LIMIT ?1");
  row.bind(limit);
  while (row.step()) accounts.push_back(row.fixed<AccountId>(0));
  return accounts;
}

wire::TransparencyLeaf SqliteTransparencyStore::leaf_in(const Statement& row, int column) {
  auto leaf = wire::decode<wire::TransparencyLeaf>(row.blob(column));
  if (leaf) return *std::move(leaf);
  connection_.record({.code = SQLITE_CORRUPT, .text = "an entry of the transparency log is damaged"});
  return {};
}

}  // namespace sotto::storage::sqlite
