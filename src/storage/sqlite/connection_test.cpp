// Properties: values come back as they were bound; the first failure is kept, stops everything after it, and is gone
// once taken; a transaction takes effect as a whole or not at all.
#include "storage/sqlite/connection.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "base/ids.h"
#include "storage/sqlite/testing/memory_connection.h"

namespace sotto::storage::sqlite {
namespace {

using testing::open_in_memory;

std::int64_t count_rows(Connection& connection) {
  Statement statement = connection.statement("SELECT count(*) FROM thing");
  return statement.step() ? statement.integer(0) : -1;
}

TEST(Connection, ValuesComeBackAsTheyWereBound) {
  const auto connection = open_in_memory();
  connection->execute("CREATE TABLE thing (a, b, c, d, e, f)");
  const AccountId account = {.bytes = {1, 2, 3}};
  const std::uint64_t largest = UINT64_MAX;
  ASSERT_TRUE(connection->statement("INSERT INTO thing VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
                  .run(largest, "text", Bytes{}, account, std::nullopt, std::optional(UnixMillis{7})));
  Statement row = connection->statement("SELECT a, b, c, d, e, f, typeof(c) FROM thing WHERE d = ?1");
  ASSERT_TRUE(row.bind(account).step());
  EXPECT_EQ(row.unsigned_integer(0), largest);
  EXPECT_EQ(row.text(1), "text");
  EXPECT_FALSE(row.is_null(2));
  EXPECT_EQ(row.text(6), "blob");
  EXPECT_EQ(row.fixed<AccountId>(3), account);
  EXPECT_TRUE(row.is_null(4));
  EXPECT_EQ(row.time(5).value, 7U);
  EXPECT_FALSE(row.step());
}

TEST(Connection, TheFirstFailureIsKeptAndStopsWhatFollows) {
  const auto connection = open_in_memory();
  connection->execute("CREATE TABLE thing (a INTEGER PRIMARY KEY)");
  EXPECT_TRUE(connection->statement("INSERT INTO thing VALUES (?1)").run(1));
  EXPECT_FALSE(connection->statement("INSERT INTO thing VALUES (?1)").run(1));
  EXPECT_FALSE(connection->statement("INSERT INTO thing VALUES (?1)").run(2));
  EXPECT_FALSE(connection->execute("nonsense"));
  const std::optional<Error> failure = connection->take_failure();
  ASSERT_TRUE(failure.has_value());
  EXPECT_EQ(failure->code, SQLITE_CONSTRAINT_PRIMARYKEY);
  EXPECT_EQ(count_rows(*connection), 1);
  EXPECT_TRUE(connection->statement("INSERT INTO thing VALUES (?1)").run(2));
}

TEST(Connection, ATransactionWithAFailureInsideLeavesNothing) {
  const auto connection = open_in_memory();
  connection->execute("CREATE TABLE thing (a INTEGER PRIMARY KEY)");
  {
    WriteTransaction transaction(*connection);
    connection->statement("INSERT INTO thing VALUES (?1)").run(1);
    connection->statement("INSERT INTO thing VALUES (?1)").run(1);
    EXPECT_FALSE(transaction.commit());
  }
  EXPECT_TRUE(connection->take_failure().has_value());
  EXPECT_FALSE(connection->in_transaction());
  EXPECT_EQ(count_rows(*connection), 0);
}

TEST(Connection, ATransactionThatIsNotCommittedLeavesNothing) {
  const auto connection = open_in_memory();
  connection->execute("CREATE TABLE thing (a INTEGER PRIMARY KEY)");
  {
    WriteTransaction transaction(*connection);
    connection->statement("INSERT INTO thing VALUES (?1)").run(1);
  }
  EXPECT_EQ(count_rows(*connection), 0);
  WriteTransaction transaction(*connection);
  connection->statement("INSERT INTO thing VALUES (?1)").run(1);
  EXPECT_TRUE(transaction.commit());
  EXPECT_EQ(count_rows(*connection), 1);
}

TEST(Connection, UsesOfTheSameTextMayBeNested) {
  const auto connection = open_in_memory();
  connection->execute("CREATE TABLE thing (a INTEGER PRIMARY KEY); INSERT INTO thing VALUES (1), (2), (3)");
  int pairs = 0;
  Statement outer = connection->statement("SELECT a FROM thing");
  while (outer.step()) {
    Statement inner = connection->statement("SELECT a FROM thing");
    while (inner.step()) ++pairs;
  }
  EXPECT_EQ(pairs, 9);
}

TEST(Connection, AnIdOfAWrongSizeIsCorruption) {
  const auto connection = open_in_memory();
  Statement row = connection->statement("SELECT x'0102'");
  ASSERT_TRUE(row.step());
  EXPECT_TRUE(row.fixed<AccountId>(0).is_zero());
  const std::optional<Error> failure = connection->take_failure();
  ASSERT_TRUE(failure.has_value());
  EXPECT_EQ(failure->code, SQLITE_CORRUPT);
}

TEST(Connection, ReadOnlyRefusesToWrite) {
  const std::string path = ::testing::TempDir() + "connection_test_read_only.db";
  {
    ASSERT_TRUE((*Connection::open(path, {}))->execute("CREATE TABLE IF NOT EXISTS thing (a)"));
  }
  const auto reader = Connection::open(path, {.access = Access::read_only});
  ASSERT_TRUE(reader.has_value());
  EXPECT_FALSE((*reader)->statement("INSERT INTO thing VALUES (1)").run());
  EXPECT_EQ((*reader)->take_failure()->code, SQLITE_READONLY);
}

TEST(Connection, AMissingFileIsAnErrorUnlessItMayBeCreated) {
  const auto connection = Connection::open(::testing::TempDir() + "no_such_file.db", {.access = Access::read_write});
  ASSERT_FALSE(connection.has_value());
  EXPECT_EQ(connection.error().code & 0xff, SQLITE_CANTOPEN);
}

}  // namespace
}  // namespace sotto::storage::sqlite
