#pragma once

#include "service/ports/transparency_store.h"
#include "storage/sqlite/identities.h"

namespace sotto::storage::sqlite {

class SqliteTransparencyStore final : public service::TransparencyStore {
 public:
  SqliteTransparencyStore(Connection& connection, WriteScope& scope, Identities& identities)
      : connection_(connection), scope_(scope), identities_(identities) {}

  std::uint64_t size() override;
  void append(const Entry& entry, const std::vector<service::StoredNode>& nodes) override;
  std::optional<Sha256Digest> node(const NodePlace& place) override;
  std::vector<Sha256Digest> nodes(const NodeRange& range) override;
  std::vector<Bytes> entries(const EntryRange& range) override;
  std::optional<Entry> newest(AccountId account) override;
  std::vector<wire::TransparencyLeaf> of_account(const AccountRange& range) override;
  std::vector<AccountId> without_entry(std::size_t limit) override;

 private:
  [[nodiscard]] wire::TransparencyLeaf leaf_in(const Statement& row, int column);

  Connection& connection_;
  WriteScope& scope_;
  Identities& identities_;
};

}  // namespace sotto::storage::sqlite
