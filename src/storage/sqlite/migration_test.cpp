// Properties: a database of any earlier version reaches the newest with its data; a failing step leaves the version
// before it; the schema that the steps make is the one on record, so it cannot change without a new step.
#include "storage/sqlite/migration.h"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <vector>

#include "storage/sqlite/testing/memory_connection.h"

namespace sotto::storage::sqlite {
namespace {

using testing::open_in_memory;

constexpr Migration three_steps[] = {
    {.version = 1, .name = "first", .sql = "CREATE TABLE thing (a INTEGER); INSERT INTO thing VALUES (1)"},
    {.version = 2, .name = "second", .sql = "ALTER TABLE thing ADD COLUMN b INTEGER NOT NULL DEFAULT 7"},
    {.version = 3, .name = "third", .sql = "CREATE INDEX thing_by_b ON thing (b); UPDATE thing SET b = b + a"},
};

std::int64_t number(Connection& connection, std::string_view sql) {
  Statement row = connection.statement(sql);
  return row.step() ? row.integer(0) : -1;
}

std::string schema_of(Connection& connection) {
  std::string schema;
  Statement row = connection.statement("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, name");
  while (row.step()) schema += std::string(row.text(0)) + ";\n";
  return schema;
}

TEST(Migration, EveryEarlierVersionReachesTheNewestWithItsData) {
  for (std::size_t start = 0; start <= std::size(three_steps); ++start) {
    const auto connection = open_in_memory();
    ASSERT_TRUE(migrate(*connection, std::span(three_steps).first(start)).has_value());
    ASSERT_TRUE(migrate(*connection, three_steps).has_value());
    EXPECT_EQ(number(*connection, "SELECT max(version) FROM schema_migrations"), 3);
    EXPECT_EQ(number(*connection, "SELECT count(*) FROM schema_migrations"), 3);
    EXPECT_EQ(number(*connection, "SELECT b FROM thing"), 8);
  }
}

TEST(Migration, AFailingStepLeavesTheVersionBeforeIt) {
  const auto connection = open_in_memory();
  constexpr Migration broken[] = {
      three_steps[0],
      {.version = 2, .name = "broken", .sql = "CREATE TABLE other (a); INSERT INTO nowhere VALUES (1)"},
  };
  const auto result = migrate(*connection, broken);
  ASSERT_FALSE(result.has_value());
  EXPECT_NE(result.error().find("migration 2 broken"), std::string::npos) << result.error();
  EXPECT_EQ(number(*connection, "SELECT max(version) FROM schema_migrations"), 1);
  EXPECT_EQ(number(*connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'other'"), 0);
  // The next start, with the step put right, goes on from there.
  EXPECT_TRUE(migrate(*connection, three_steps).has_value());
  EXPECT_EQ(number(*connection, "SELECT b FROM thing"), 8);
}

TEST(Migration, ANewerDatabaseIsLeftAlone) {
  const auto connection = open_in_memory();
  ASSERT_TRUE(migrate(*connection, three_steps).has_value());
  const auto result = migrate(*connection, std::span(three_steps).first(2));
  ASSERT_FALSE(result.has_value());
  EXPECT_NE(result.error().find("newer version"), std::string::npos) << result.error();
  EXPECT_EQ(number(*connection, "SELECT b FROM thing"), 8);
}

TEST(Migration, EveryVersionOfTheServersSchemaReachesTheNewest) {
  const auto steps = server_migrations();
  ASSERT_FALSE(steps.empty());
  for (std::size_t start = 0; start <= steps.size(); ++start) {
    const auto connection = open_in_memory();
    ASSERT_TRUE(migrate(*connection, steps.first(start)).has_value());
    const auto result = migrate(*connection, steps);
    ASSERT_TRUE(result.has_value()) << result.error();
    EXPECT_EQ(number(*connection, "SELECT max(version) FROM schema_migrations"), steps.back().version);
  }
}

// To accept a new step: SOTTO_UPDATE_GOLDEN=1 storage_test --gtest_filter='*OnRecord*'
TEST(Migration, TheServersSchemaIsTheOneOnRecord) {
  const auto connection = open_in_memory();
  ASSERT_TRUE(migrate(*connection, server_migrations()).has_value());
  const std::string schema = schema_of(*connection);
  const std::string version = "-- schema " + std::to_string(server_migrations().back().version) + "\n";
  if (std::getenv("SOTTO_UPDATE_GOLDEN") != nullptr) std::ofstream(SOTTO_SCHEMA_ON_RECORD) << version << schema;
  std::stringstream recorded;
  recorded << std::ifstream(SOTTO_SCHEMA_ON_RECORD).rdbuf();
  EXPECT_EQ(recorded.str(), version + schema);
}

}  // namespace
}  // namespace sotto::storage::sqlite
