#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <span>
#include <string>

#include "base/ids.h"
#include "base/time.h"
#include "storage/sqlite/data_directory.h"
#include "storage/sqlite/server_database.h"

namespace sotto::storage::sqlite::testing {

/// What the conversations of a database are to hold.
struct BulkPlan {
  /// How many entries a conversation gets.
  std::function<std::uint64_t(const ConversationId&)> entries;
  /// So many entries follow one another, by one sender; then another conversation has its turn, by chance. So the
  /// entries of a conversation lie in the file as they do after years: scattered.
  std::uint64_t burst = 5;
  /// Octets of each body.
  std::size_t body_size = 400;
  /// When the last of them was sent; each before was sent 10 ms earlier.
  UnixMillis until;
};

/// A direct conversation of two accounts.
struct DirectPair {
  ConversationId conversation;
  AccountId left;
  AccountId right;
};

/// Adds conversations without entries to a database that no server has open and that has the accounts; like
/// `fill_conversations`, because a unit of work for so many takes minutes. The error is a text.
[[nodiscard]] std::expected<void, std::string> add_conversations(const DatabaseFile& file,
                                                                 std::span<const DirectPair> pairs);

/// Fills the conversations of a database that no server has open and in which none has an entry: as fast as the disk
/// takes it, without a write-ahead log and without syncs until the end. What a crash leaves is to be thrown away. For
/// measuring over large databases. The error is a text.
[[nodiscard]] std::expected<void, std::string> fill_conversations(const DatabaseFile& file, const BulkPlan& plan);

}  // namespace sotto::storage::sqlite::testing
