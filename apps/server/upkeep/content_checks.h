#pragma once

#include <vector>

#include "storage/sqlite/row_checks.h"

namespace sotto::server {

/// What `check_rows` cannot say: that what is stored opens, is signed by whom it must be, and says what the rows beside
/// it say. To be called in a reading transaction; a failure of the connection is a breach of the invariant at hand.
[[nodiscard]] std::vector<storage::sqlite::Finding> check_content(storage::sqlite::Connection& connection);

/// The part of it that is about the transparency log.
[[nodiscard]] std::vector<storage::sqlite::Finding> check_transparency(storage::sqlite::Connection& connection);

}  // namespace sotto::server
