#pragma once

#include <gtest/gtest.h>

#include "storage/sqlite/connection.h"

namespace sotto::storage::sqlite::testing {

[[nodiscard]] inline std::unique_ptr<Connection> open_in_memory() {
  auto connection = Connection::open(":memory:", {});
  EXPECT_TRUE(connection.has_value());
  return std::move(*connection);
}

}  // namespace sotto::storage::sqlite::testing
