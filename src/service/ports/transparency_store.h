#pragma once

#include <optional>
#include <vector>

#include "base/ids.h"
#include "base/keys.h"
#include "wire/limits.h"
#include "wire/transparency.h"

namespace sotto::service {

/// A hash of the transparency log's tree: of the leaves [index << level, (index + 1) << level).
struct StoredNode {
  std::uint32_t level = 0;
  std::uint64_t index = 0;
  Sha256Digest hash;
};

/// The entries of the transparency log and the hashes of its complete subtrees. Neither ever changes or goes. Called
/// and failing as the stores of `stores.h`.
class TransparencyStore {
 public:
  /// An entry and its number, from 0.
  struct Entry {
    std::uint64_t index = 0;
    wire::TransparencyLeaf leaf;
  };
  struct NodePlace {
    std::uint32_t level = 0;
    std::uint64_t index = 0;
  };
  struct NodeRange {
    NodePlace first;
    std::size_t count = 0;
  };
  struct EntryRange {
    std::uint64_t first = 0;
    std::size_t count = 0;
  };
  struct AccountRange {
    AccountId account;
    /// Entries up to the newest one of this version are left out; 0 leaves none out.
    std::uint64_t after_version = 0;
    std::size_t max_entries = wire::max_page_entries;
  };

  virtual ~TransparencyStore() = default;
  /// How many entries there are.
  [[nodiscard]] virtual std::uint64_t size() = 0;
  /// `entry.index` must be the size, and the nodes new; else the unit fails.
  virtual void append(const Entry& entry, const std::vector<StoredNode>& nodes) = 0;
  [[nodiscard]] virtual std::optional<Sha256Digest> node(const NodePlace& place) = 0;
  /// Those of the range that are there, in order.
  [[nodiscard]] virtual std::vector<Sha256Digest> nodes(const NodeRange& range) = 0;
  /// Canonical encodings of those of the range that are there, in order.
  [[nodiscard]] virtual std::vector<Bytes> entries(const EntryRange& range) = 0;
  [[nodiscard]] virtual std::optional<Entry> newest(AccountId account) = 0;
  /// In the order of the log.
  [[nodiscard]] virtual std::vector<wire::TransparencyLeaf> of_account(const AccountRange& range) = 0;
  /// Accounts of which the log holds nothing, at most so many.
  [[nodiscard]] virtual std::vector<AccountId> without_entry(std::size_t limit) = 0;
};

}  // namespace sotto::service
