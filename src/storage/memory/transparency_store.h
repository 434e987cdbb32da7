#pragma once

#include "service/ports/transparency_store.h"
#include "storage/memory/tables.h"

namespace sotto::storage::memory {

/// Borrows the tables for its life.
class MemoryTransparencyStore final : public service::TransparencyStore {
 public:
  explicit MemoryTransparencyStore(Tables& tables) : tables_(tables) {}
  std::uint64_t size() override;
  void append(const Entry& entry, const std::vector<service::StoredNode>& nodes) override;
  std::optional<Sha256Digest> node(const NodePlace& place) override;
  std::vector<Sha256Digest> nodes(const NodeRange& range) override;
  std::vector<Bytes> entries(const EntryRange& range) override;
  std::optional<Entry> newest(AccountId account) override;
  std::vector<wire::TransparencyLeaf> of_account(const AccountRange& range) override;
  std::vector<AccountId> without_entry(std::size_t limit) override;

 private:
  Tables& tables_;
};

}  // namespace sotto::storage::memory
