#include "storage/memory/transparency_store.h"

#include <limits>

#include "wire/binary.h"

namespace sotto::storage::memory {

std::uint64_t MemoryTransparencyStore::size() { return tables_.transparency_entries.rows().size(); }

void MemoryTransparencyStore::append(const Entry& entry, const std::vector<service::StoredNode>& nodes) {
  if (entry.index != size()) return tables_.journal.fail();
  tables_.transparency_entries.insert(entry.index, entry.leaf);
  tables_.account_entries.insert({entry.leaf.account, entry.index}, {});
  for (const service::StoredNode& node : nodes) tables_.transparency_nodes.insert({node.level, node.index}, node.hash);
}

std::optional<Sha256Digest> MemoryTransparencyStore::node(const NodePlace& place) {
  const Sha256Digest* hash = tables_.transparency_nodes.find({place.level, place.index});
  return hash == nullptr ? std::nullopt : std::optional(*hash);
}

std::vector<Sha256Digest> MemoryTransparencyStore::nodes(const NodeRange& range) {
  std::vector<Sha256Digest> hashes;
  const auto& rows = tables_.transparency_nodes.rows();
  for (auto row = rows.lower_bound({range.first.level, range.first.index});
       row != rows.end() && row->first.first == range.first.level && hashes.size() < range.count; ++row) {
    hashes.push_back(row->second);
  }
  return hashes;
}

std::vector<Bytes> MemoryTransparencyStore::entries(const EntryRange& range) {
  std::vector<Bytes> encodings;
  const auto& rows = tables_.transparency_entries.rows();
  for (auto row = rows.lower_bound(range.first); row != rows.end() && encodings.size() < range.count; ++row) {
    encodings.push_back(wire::encode(row->second));
  }
  return encodings;
}

std::optional<service::TransparencyStore::Entry> MemoryTransparencyStore::newest(AccountId account) {
  const auto& rows = tables_.account_entries.rows();
  auto row = rows.upper_bound({account, std::numeric_limits<std::uint64_t>::max()});
  if (row == rows.begin() || (--row)->first.first != account) return std::nullopt;
  const std::uint64_t index = row->first.second;
  return Entry{index, *tables_.transparency_entries.find(index)};
}

std::vector<wire::TransparencyLeaf> MemoryTransparencyStore::of_account(const AccountRange& range) {
  std::vector<wire::TransparencyLeaf> leaves;
  const auto& rows = tables_.account_entries.rows();
  for (auto row = rows.lower_bound({range.account, 0}); row != rows.end() && row->first.first == range.account; ++row) {
    leaves.push_back(*tables_.transparency_entries.find(row->first.second));
    if (leaves.back().version == range.after_version) leaves.clear();
  }
  if (leaves.size() > range.max_entries) leaves.resize(range.max_entries);
  return leaves;
}

std::vector<AccountId> MemoryTransparencyStore::without_entry(std::size_t limit) {
  std::vector<AccountId> accounts;
  for (const auto& [account, row] : tables_.accounts.rows()) {
    if (accounts.size() == limit) break;
    if (!newest(account)) accounts.push_back(account);
  }
  return accounts;
}

}  // namespace sotto::storage::memory
