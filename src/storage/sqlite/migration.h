#pragma once

#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>

#include "storage/sqlite/connection.h"

namespace sotto::storage::sqlite {

/// One step of the schema. Once released it never changes; a change is a new step.
struct Migration {
  /// 1, 2, 3 and so on.
  std::int64_t version = 0;
  std::string_view name;
  std::string_view sql;
};

/// The server's steps, in ascending order, as they stand in `migrations/`.
[[nodiscard]] std::span<const Migration> server_migrations();

/// Brings the database to the last of `migrations`, each step in a transaction of its own, so that an interruption
/// leaves a version that the next start goes on from. The error is a text for the operator: a step failed, or the
/// database was written by a newer version.
[[nodiscard]] std::expected<void, std::string> migrate(Connection& connection, std::span<const Migration> migrations);

}  // namespace sotto::storage::sqlite
