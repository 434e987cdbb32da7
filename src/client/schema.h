#pragma once

#include <expected>

#include "base/random.h"
#include "client/ports/database.h"
#include "client/vault.h"

namespace sotto::client {

enum class SchemaError : std::uint8_t {
  /// The home was written by a newer version of this program.
  newer_version,
  /// The storage key is not the one that the home was made with.
  wrong_key,
};

/// Inside a transaction: brings the database to the newest schema, migration by migration, and checks the key; an empty
/// database takes the key as its own. After an error the caller rolls back.
[[nodiscard]] std::expected<void, SchemaError> prepare_schema(Database& database, const Vault& vault, Random& random);

}  // namespace sotto::client
