// Properties: only the owner can read the data; a foreign, newer or claimed database is refused with a clear text; a
// full or broken medium fails the work without harm and without hands afterwards; the log stays bounded.
#include "storage/sqlite/sqlite_storage.h"

#include <atomic>
#include <fstream>
#include <future>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <mutex>
#include <numeric>
#include <sstream>
#include <sys/stat.h>

#include "storage/sqlite/server_database.h"
#include "storage/sqlite/testing/faulty_file_system.h"
#include "storage/sqlite/testing/temporary_directory.h"

namespace sotto::storage {
namespace {

using service::UnitOfWork;
using service::Verdict;
using service::WorkOutcome;
using sqlite::testing::FaultyFileSystem;
using sqlite::testing::TemporaryDirectory;

class PutValue final : public service::Work {
 public:
  PutValue(std::string name, Bytes value, std::promise<WorkOutcome> outcome)
      : name_(std::move(name)), value_(std::move(value)), outcome_(std::move(outcome)) {}
  Verdict run(UnitOfWork& unit) override {
    unit.values().put(name_, value_);
    return Verdict::keep;
  }
  void finish(WorkOutcome outcome) override { outcome_.set_value(outcome); }

 private:
  std::string name_;
  Bytes value_;
  std::promise<WorkOutcome> outcome_;
};

class FindValue final : public service::Work {
 public:
  FindValue(std::string name, std::promise<std::optional<Bytes>> found)
      : name_(std::move(name)), found_(std::move(found)) {}
  Verdict run(UnitOfWork& unit) override {
    value_ = unit.values().find(name_);
    return Verdict::keep;
  }
  void finish(WorkOutcome outcome) override {
    EXPECT_EQ(outcome, WorkOutcome::committed);
    found_.set_value(value_);
  }

 private:
  std::string name_;
  std::optional<Bytes> value_;
  std::promise<std::optional<Bytes>> found_;
};

std::future<WorkOutcome> start_put(SqliteStorage& storage, const std::string& name, const Bytes& value) {
  std::promise<WorkOutcome> promise;
  std::future<WorkOutcome> outcome = promise.get_future();
  EXPECT_EQ(storage.submit_write(std::make_unique<PutValue>(name, value, std::move(promise))), nullptr);
  return outcome;
}

WorkOutcome put(SqliteStorage& storage, const std::string& name, const Bytes& value = {1}) {
  return start_put(storage, name, value).get();
}

std::optional<Bytes> find(SqliteStorage& storage, const std::string& name) {
  std::promise<std::optional<Bytes>> promise;
  std::future<std::optional<Bytes>> found = promise.get_future();
  EXPECT_EQ(storage.submit_read(std::make_unique<FindValue>(name, std::move(promise))), nullptr);
  return found.get();
}

std::unique_ptr<SqliteStorage> open(const std::filesystem::path& directory, SqliteSettings settings = {}) {
  auto storage = SqliteStorage::open(directory, std::move(settings));
  EXPECT_TRUE(storage.has_value()) << storage.error();
  return std::move(*storage);
}

mode_t permissions(const std::filesystem::path& path) {
  struct stat status = {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 0777U;
}

TEST(SqliteStorage, OnlyTheOwnerCanReadWhatIsStored) {
  const TemporaryDirectory parent;
  const std::filesystem::path directory = parent.path() / "new" / "data";
  const mode_t before = ::umask(0);
  const auto storage = open(directory);
  EXPECT_EQ(put(*storage, "key"), WorkOutcome::committed);
  ::umask(before);
  EXPECT_EQ(permissions(directory), 0700U);
  for (const char* file : {"sotto.db", "sotto.db-wal", "sotto.db-shm", "lock"}) {
    EXPECT_EQ(permissions(directory / file), 0600U) << file;
  }
}

/// Any function as a piece of work.
class Change final : public service::Work {
 public:
  Change(std::function<void(UnitOfWork&)> change, std::promise<WorkOutcome> outcome)
      : change_(std::move(change)), outcome_(std::move(outcome)) {}
  Verdict run(UnitOfWork& unit) override {
    change_(unit);
    return Verdict::keep;
  }
  void finish(WorkOutcome outcome) override { outcome_.set_value(outcome); }

 private:
  std::function<void(UnitOfWork&)> change_;
  std::promise<WorkOutcome> outcome_;
};

WorkOutcome change(SqliteStorage& storage, std::function<void(UnitOfWork&)> how) {
  std::promise<WorkOutcome> promise;
  std::future<WorkOutcome> outcome = promise.get_future();
  EXPECT_EQ(storage.submit_write(std::make_unique<Change>(std::move(how), std::move(promise))), nullptr);
  return outcome.get();
}

bool holds(const std::filesystem::path& file, std::string_view text) {
  std::stringstream content;
  content << std::ifstream(file, std::ios::binary).rdbuf();
  return content.str().contains(text);
}

TEST(SqliteStorage, ARedactedBodyIsNotInTheFileAnyMore) {
  const TemporaryDirectory directory;
  const std::string secret(9'000, 's');
  const service::StoredMember member{.account = {.bytes = {1}}};
  const std::vector<std::uint64_t> seqs{1};
  for (const bool redacted : {false, true}) {
    auto storage = open(directory.path());
    EXPECT_EQ(change(*storage,
                     [&](UnitOfWork& unit) {
                       if (redacted) return unit.conversations().drop_bodies({}, seqs);
                       unit.conversations().insert({.conversation = {}, .last_activity = {}}, std::span(&member, 1));
                       unit.conversations().append({.conversation = {},
                                                    .seq = 1,
                                                    .sender = member.account,
                                                    .sender_device = {},
                                                    .message = {},
                                                    .sent_at = {},
                                                    .body = Bytes(secret.begin(), secret.end())});
                     }),
              WorkOutcome::committed);
    storage.reset();
    EXPECT_EQ(holds(directory.path() / "sotto.db", secret.substr(0, 100)), !redacted);
  }
}

TEST(SqliteStorage, TellsHowManyUnitsItsCommitsHeld) {
  const TemporaryDirectory directory;
  const auto storage = open(directory.path());
  std::vector<std::future<WorkOutcome>> outcomes;
  for (int count = 0; count < 300; ++count) outcomes.push_back(start_put(*storage, "key", {1}));
  for (std::future<WorkOutcome>& outcome : outcomes) EXPECT_EQ(outcome.get(), WorkOutcome::committed);
  const service::StorageLoad load = storage->load();
  EXPECT_EQ(load.committed_units, 300U);
  EXPECT_EQ(load.waiting_writes, 0U);
  EXPECT_EQ(load.waiting_reads, 0U);
  const std::uint64_t commits = std::reduce(load.commits.begin(), load.commits.end());
  EXPECT_GE(commits, 2U) << "a commit holds 256";
  EXPECT_LE(commits, 300U);
}

TEST(SqliteStorage, TellsHowLongWorkAndCommitsTookAndHowLargeItIs) {
  const TemporaryDirectory directory;
  const auto storage = open(directory.path());
  EXPECT_EQ(start_put(*storage, "key", {1}).get(), WorkOutcome::committed);
  const service::StorageLoad load = storage->load();
  const auto times = [](const service::TimeCounts& time) {
    return std::reduce(time.counts.begin(), time.counts.end());
  };
  EXPECT_EQ(times(load.commit_time), 1U);
  EXPECT_EQ(times(load.write_time), 1U);
  EXPECT_EQ(times(load.read_time), 0U);
  EXPECT_GT(load.size + load.log_size, 4'096U);
}

TEST(SqliteStorage, ADirectoryThatEverybodyMayWriteIsRefused) {
  const TemporaryDirectory directory;
  ASSERT_EQ(::chmod(directory.path().c_str(), 0777), 0);
  const auto storage = SqliteStorage::open(directory.path(), {});
  ASSERT_FALSE(storage.has_value());
  EXPECT_THAT(storage.error(), testing::HasSubstr("can be written by every user"));
}

TEST(SqliteStorage, ASecondServerOnTheSameDirectoryIsRefused) {
  const TemporaryDirectory directory;
  auto first = open(directory.path());
  const auto second = SqliteStorage::open(directory.path(), {});
  ASSERT_FALSE(second.has_value());
  EXPECT_THAT(second.error(), testing::HasSubstr("in use by another server"));
  first.reset();
  EXPECT_NE(open(directory.path()), nullptr);
}

TEST(SqliteStorage, ADatabaseOfAnotherProgramIsRefusedAndLeftAlone) {
  const TemporaryDirectory directory;
  const std::string path = directory.path() / "sotto.db";
  {
    (*sqlite::Connection::open(path, {}))->execute("CREATE TABLE thing (a); INSERT INTO thing VALUES (1)");
  }
  const auto storage = SqliteStorage::open(directory.path(), {});
  ASSERT_FALSE(storage.has_value());
  EXPECT_THAT(storage.error(), testing::HasSubstr("belongs to another program"));
  const auto connection = sqlite::Connection::open(path, {});
  sqlite::Statement row = (*connection)->statement("SELECT count(*) FROM sqlite_schema");
  ASSERT_TRUE(row.step());
  EXPECT_EQ(row.integer(0), 1);
}

TEST(SqliteStorage, AFileThatIsNoDatabaseIsRefusedAndLeftAlone) {
  const TemporaryDirectory directory;
  const std::string text = "This is a letter, long enough to be told from the head of a database file of SQLite. ";
  std::ofstream(directory.path() / "sotto.db") << text << text << text;
  const auto storage = SqliteStorage::open(directory.path(), {});
  ASSERT_FALSE(storage.has_value());
  EXPECT_THAT(storage.error(), testing::HasSubstr("not a database"));
  EXPECT_EQ(std::filesystem::file_size(directory.path() / "sotto.db"), 3 * text.size());
}

TEST(SqliteStorage, ADatabaseOfANewerServerIsRefused) {
  const TemporaryDirectory directory;
  open(directory.path()).reset();
  {
    const auto connection = sqlite::Connection::open(directory.path() / "sotto.db", {});
    ASSERT_TRUE((*connection)->execute("INSERT INTO schema_migrations (version, name) VALUES (1000, 'later')"));
  }
  const auto storage = SqliteStorage::open(directory.path(), {});
  ASSERT_FALSE(storage.has_value());
  EXPECT_THAT(storage.error(), testing::HasSubstr("newer version of Sotto (schema 1000"));
}

/// Reports of failures, from any thread.
class Reports {
 public:
  std::function<void(std::string_view)> sink() {
    return [this](std::string_view text) {
      const std::lock_guard lock(mutex_);
      texts_.emplace_back(text);
    };
  }
  std::vector<std::string> texts() {
    const std::lock_guard lock(mutex_);
    return texts_;
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> texts_;
};

class SqliteStorageFault : public testing::TestWithParam<FaultyFileSystem::Fault> {};

TEST_P(SqliteStorageFault, FailsTheWorkWithoutHarmAndIsOverByItself) {
  const TemporaryDirectory directory;
  FaultyFileSystem files;
  Reports reports;
  SqliteSettings settings;
  settings.vfs = files.name();
  settings.on_failure = reports.sink();
  settings.checkpoint_interval = std::chrono::hours(1);
  auto storage = open(directory.path(), settings);
  ASSERT_EQ(put(*storage, "before"), WorkOutcome::committed);

  files.set(GetParam());
  std::vector<std::future<WorkOutcome>> outcomes;
  for (int number = 0; number < 50; ++number) {
    outcomes.push_back(start_put(*storage, "during" + std::to_string(number), Bytes(5'000, 7)));
  }
  for (auto& outcome : outcomes) EXPECT_EQ(outcome.get(), WorkOutcome::failed);
  EXPECT_EQ(find(*storage, "before"), Bytes{1});
  EXPECT_EQ(find(*storage, "during0"), std::nullopt);
  EXPECT_FALSE(reports.texts().empty());

  files.set(FaultyFileSystem::Fault::none);
  EXPECT_EQ(put(*storage, "after"), WorkOutcome::committed);
  storage.reset();
  storage = open(directory.path(), settings);
  EXPECT_EQ(find(*storage, "before"), Bytes{1});
  EXPECT_EQ(find(*storage, "after"), Bytes{1});
  for (int number = 0; number < 50; ++number) {
    EXPECT_EQ(find(*storage, "during" + std::to_string(number)), std::nullopt);
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, SqliteStorageFault,
                         testing::Values(FaultyFileSystem::Fault::full, FaultyFileSystem::Fault::log_sync));

TEST(SqliteStorage, ReportsNameTheReasonAndNoValue) {
  const TemporaryDirectory directory;
  FaultyFileSystem files;
  Reports reports;
  SqliteSettings settings;
  settings.vfs = files.name();
  settings.on_failure = reports.sink();
  const auto storage = open(directory.path(), settings);
  files.set(FaultyFileSystem::Fault::full);
  EXPECT_EQ(put(*storage, "secret name"), WorkOutcome::failed);
  files.set(FaultyFileSystem::Fault::none);
  const auto texts = reports.texts();
  ASSERT_FALSE(texts.empty());
  for (const std::string& text : texts) {
    EXPECT_THAT(text, testing::HasSubstr("database or disk is full"));
    EXPECT_THAT(text, testing::Not(testing::HasSubstr("secret")));
  }
}

TEST(SqliteStorage, NothingIsAcknowledgedWhileTheDatabaseIsGone) {
  const TemporaryDirectory directory;
  Reports reports;
  SqliteSettings settings;
  settings.on_failure = reports.sink();
  auto storage = open(directory.path(), settings);
  ASSERT_EQ(put(*storage, "before"), WorkOutcome::committed);
  std::filesystem::rename(directory.path() / "sotto.db", directory.path() / "elsewhere");
  EXPECT_EQ(put(*storage, "during"), WorkOutcome::failed);
  EXPECT_THAT(reports.texts(), testing::ElementsAre(testing::HasSubstr("moved or removed")));
  std::filesystem::rename(directory.path() / "elsewhere", directory.path() / "sotto.db");
  EXPECT_EQ(put(*storage, "after"), WorkOutcome::committed);
  storage.reset();
  storage = open(directory.path());
  EXPECT_EQ(find(*storage, "before"), Bytes{1});
  EXPECT_EQ(find(*storage, "during"), std::nullopt);
  EXPECT_EQ(find(*storage, "after"), Bytes{1});
}

TEST(SqliteStorage, TheLogStaysBoundedWhileCommitsGoOn) {
  const TemporaryDirectory directory;
  SqliteSettings settings;
  settings.longest_log = std::size_t{1} << 20U;
  const auto storage = open(directory.path(), settings);
  std::size_t longest = 0;
  // 16 MiB in all; a batch of 16 is at most 2 MiB.
  for (int batch = 0; batch < 64; ++batch) {
    std::vector<std::future<WorkOutcome>> outcomes;
    for (int number = 0; number < 16; ++number) {
      outcomes.push_back(start_put(*storage, std::to_string(number), Bytes(16'384, static_cast<std::uint8_t>(batch))));
    }
    for (auto& outcome : outcomes) EXPECT_EQ(outcome.get(), WorkOutcome::committed);
    longest = std::max(longest, storage->log_size());
  }
  EXPECT_GT(longest, 0U);
  EXPECT_LT(longest, std::size_t{4} << 20U);
}

TEST(SqliteStorage, AReaderThatStaysKeepsTheLogButNobodyWaiting) {
  const TemporaryDirectory directory;
  SqliteSettings settings;
  settings.longest_log = std::size_t{1} << 20U;
  const auto storage = open(directory.path(), settings);
  EXPECT_EQ(put(*storage, "first"), WorkOutcome::committed);
  const auto fill = [&] {
    for (int number = 0; number < 300; ++number) {
      EXPECT_EQ(start_put(*storage, std::to_string(number), Bytes(16'384, 1)).get(), WorkOutcome::committed);
    }
  };
  {
    // As a backup holds it.
    const auto reader = sqlite::Connection::open(directory.path() / "sotto.db", {});
    ASSERT_TRUE((*reader)->begin_read());
    sqlite::Statement row = (*reader)->statement("SELECT count(*) FROM server_values");
    ASSERT_TRUE(row.step());
    fill();
    EXPECT_EQ(row.integer(0), 1);
    EXPECT_GT(storage->log_size(), std::size_t{3} << 20U);
  }
  // At the latest when it is twice as long.
  for (int round = 0; round < 4 && storage->log_size() >= std::size_t{4} << 20U; ++round) fill();
  EXPECT_LT(storage->log_size(), std::size_t{4} << 20U) << "it is finished once the reader is gone";
}

TEST(SqliteStorage, ClosingLeavesOneWholeFile) {
  const TemporaryDirectory directory;
  {
    const auto storage = open(directory.path());
    EXPECT_EQ(put(*storage, "key"), WorkOutcome::committed);
  }
  EXPECT_FALSE(std::filesystem::exists(directory.path() / "sotto.db-wal"));
  const auto connection = sqlite::Connection::open(directory.path() / "sotto.db", {});
  sqlite::Statement row = (*connection)->statement("PRAGMA integrity_check");
  ASSERT_TRUE(row.step());
  EXPECT_EQ(row.text(0), "ok");
}

}  // namespace
}  // namespace sotto::storage
