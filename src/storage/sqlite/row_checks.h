#pragma once

#include <string>
#include <vector>

#include "storage/sqlite/connection.h"

namespace sotto::storage::sqlite {

/// Something that always holds in a server's database, and where it does not.
struct Finding {
  /// A sentence such as "entries of a conversation are numbered without a gap".
  std::string invariant;
  /// A line each, the first ten; empty if it holds. Names rows, numbers and random ids, never content.
  std::vector<std::string> breaches;
};

/// Holds the rows of a server's database against each other and against the schema: everything that can be said without
/// opening what is stored in them. To be called in a reading transaction; takes time in proportion to the database.
/// What cannot be read at all is a breach of the invariant that asked.
[[nodiscard]] std::vector<Finding> check_rows(Connection& connection);

}  // namespace sotto::storage::sqlite
