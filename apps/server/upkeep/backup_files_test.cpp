// A backup is one whole file for its owner alone, or none; it is restored into an empty directory alone, and only if
// all holds in it; old ones go, but never the last three (threats 36, 37).
#include "server/upkeep/backup_files.h"

#include <fstream>

#include "server/upkeep/check.h"
#include "server/upkeep/inhabited_database_test.h"

namespace sotto::server {
namespace {

using storage::sqlite::Access;
using storage::sqlite::Connection;

// 2026-11-22T01:02:03Z
constexpr UnixMillis sample_time{1'795'309'323'000};

TEST(BackupNames, SayWhenAndAreReadBack) {
  EXPECT_EQ(backup_name(sample_time), "sotto-20261122T010203Z.db");
  EXPECT_EQ(time_of_backup("sotto-20261122T010203Z.db"), sample_time);
  for (const char* other :
       {"sotto-20261122T010203Z.db.partial", "sotto-20261322T010203Z.db", "sotto-20261122T01020 Z.db", "sotto.db",
        "Sotto-20261122T010203Z.db", "sotto-20261122T010203Z.dbx", ""}) {
    EXPECT_FALSE(time_of_backup(other)) << other;
  }
}

TEST(BackupNames, OldOnesExpireButNeverTheNewestThree) {
  const auto made = [](int days_ago) { return backup_name({sample_time.value - 86'400'000ull * unsigned(days_ago)}); };
  const std::vector<std::string> names{"notes.txt", made(0), made(40), made(31), made(29), made(1), "sotto.db"};
  EXPECT_EQ(expired_backups(names, sample_time, days(30)), (std::vector{made(31), made(40)}));
  // The clock jumped ahead.
  EXPECT_EQ(expired_backups(names, sample_time + days(4'000), days(30)), (std::vector{made(31), made(40)}));
  EXPECT_TRUE(expired_backups({made(100), made(90), made(80)}, sample_time, days(30)).empty());
}

class BackupFilesTest : public InhabitedDatabaseTest {
 protected:
  [[nodiscard]] std::expected<MadeBackup, std::string> make(UnixMillis at = sample_time) const {
    return make_backup({.data = data(), .backups = backups()}, at, [] { return false; });
  }
  [[nodiscard]] std::filesystem::path backups() const { return folder() / "backups"; }
  [[nodiscard]] std::filesystem::path restored() const { return folder() / "restored"; }
  static std::size_t files_in(const std::filesystem::path& directory) {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(directory), {}));
  }
  static std::int64_t count(const std::filesystem::path& database, std::string_view sql) {
    auto connection = Connection::open(database.string(), {.access = Access::read_write});
    storage::sqlite::Statement row = (*connection)->statement(sql);
    return row.step() ? row.integer(0) : -1;
  }
};

TEST_F(BackupFilesTest, AreWholeAndForTheirOwnerAlone) {
  const auto made = make();
  ASSERT_TRUE(made.has_value()) << made.error();
  EXPECT_EQ(made->path, backups() / "sotto-20261122T010203Z.db");
  EXPECT_EQ(made->size, std::filesystem::file_size(made->path));
  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(made->path).permissions(), perms::owner_read | perms::owner_write);
  EXPECT_EQ(files_in(backups()), 1u) << "nothing stays beside it";
  const auto findings = check_database(made->path);
  ASSERT_TRUE(findings.has_value()) << findings.error();
  EXPECT_TRUE(all_hold(*findings)) << print_findings(*findings);
  EXPECT_EQ(files_in(backups()), 1u);
}

TEST_F(BackupFilesTest, AreMadeBesideARunningServer) {
  auto storage = storage::SqliteStorage::open(data(), {});
  ASSERT_TRUE(storage.has_value());
  const auto made = make();
  ASSERT_TRUE(made.has_value()) << made.error();
  EXPECT_EQ(count(made->path, "SELECT count(*) FROM messages"), 9);
}

TEST_F(BackupFilesTest, ThatAreThereAreNotReplacedAndThoseGivenUpLeaveNothing) {
  ASSERT_TRUE(make().has_value());
  EXPECT_FALSE(make().has_value());
  EXPECT_EQ(files_in(backups()), 1u);
  const auto given_up = make_backup({.data = data(), .backups = backups()}, sample_time + days(1), [] { return true; });
  EXPECT_FALSE(given_up.has_value());
  EXPECT_EQ(files_in(backups()), 1u);
  EXPECT_FALSE(make_backup({.data = folder() / "nowhere", .backups = backups()}, sample_time + days(2), [] {
                 return false;
               }).has_value());
  EXPECT_EQ(files_in(backups()), 1u);
}

TEST_F(BackupFilesTest, AreRestoredWithoutWhatTheirDevicesMayHaveUsedUp) {
  const auto made = make();
  ASSERT_TRUE(made.has_value());
  const auto done = restore_backup(made->path, restored());
  ASSERT_TRUE(done.has_value()) << done.error();
  const std::filesystem::path database = restored() / "sotto.db";
  EXPECT_EQ(count(database, "SELECT count(*) FROM messages"), 9);
  // Threat 12: what was handed out after the backup must not be handed out again.
  EXPECT_GT(count(made->path, "SELECT count(*) FROM kem_prekeys"), 0);
  EXPECT_EQ(count(database, "SELECT count(*) FROM kem_prekeys"), 0);
  EXPECT_EQ(count(database, "SELECT count(*) FROM one_time_prekeys"), 0);
  EXPECT_EQ(count(database, "SELECT min(last_mailbox_item) >= 1000000 FROM devices"), 1);
  ASSERT_TRUE(storage::SqliteStorage::open(restored(), {}).has_value()) << "a server starts on it";
}

TEST_F(BackupFilesTest, AreRestoredIntoAnEmptyDirectoryAlone) {
  const auto made = make();
  ASSERT_TRUE(made.has_value());
  const auto refused = restore_backup(made->path, data());
  ASSERT_FALSE(refused.has_value());
  EXPECT_TRUE(refused.error().contains("not empty")) << refused.error();
  std::filesystem::create_directory(restored());
  std::ofstream(restored() / "notes.txt") << "mine";
  EXPECT_FALSE(restore_backup(made->path, restored()).has_value());
  EXPECT_FALSE(std::filesystem::exists(restored() / "sotto.db"));
  const auto running = storage::SqliteStorage::open(folder() / "running", {});
  EXPECT_TRUE(restore_backup(made->path, folder() / "running").error().contains("in use"));
}

TEST_F(BackupFilesTest, ThatAreDamagedAreNotRestored) {
  const auto made = make();
  ASSERT_TRUE(made.has_value());
  {
    auto connection = Connection::open(made->path.string(), {.access = Access::read_write});
    ASSERT_TRUE((*connection)->execute("DELETE FROM messages WHERE seq = 3"));
  }
  const auto refused = restore_backup(made->path, restored());
  ASSERT_FALSE(refused.has_value());
  EXPECT_TRUE(refused.error().contains("BROKEN  the entries of a conversation")) << refused.error();
  EXPECT_EQ(files_in(restored()), 1u) << "the lock alone";
  std::filesystem::resize_file(made->path, std::filesystem::file_size(made->path) / 2);
  EXPECT_FALSE(restore_backup(made->path, restored()).has_value());
  EXPECT_FALSE(restore_backup(folder() / "nothing.db", restored()).has_value());
  EXPECT_EQ(files_in(restored()), 1u);
}

TEST_F(BackupFilesTest, OldOnesAreRemovedWithWhatWasInterrupted) {
  for (const int days_ago : {0, 1, 2, 50}) {
    ASSERT_TRUE(make({sample_time.value - 86'400'000ull * unsigned(days_ago)}).has_value());
  }
  const std::filesystem::path fresh = backups() / "sotto-20261122T000000Z.db.partial";
  const std::filesystem::path stale = backups() / "sotto-20261101T000000Z.db.partial";
  std::ofstream(fresh) << "x";
  std::ofstream(stale) << "x";
  std::filesystem::last_write_time(stale, std::filesystem::file_time_type::clock::now() - std::chrono::hours(48));
  EXPECT_EQ(newest_backup(backups()), sample_time);
  EXPECT_EQ(remove_expired_backups(backups(), sample_time, days(30)), 2u);
  EXPECT_FALSE(std::filesystem::exists(stale));
  EXPECT_TRUE(std::filesystem::exists(fresh)) << "somebody may be working at it";
  EXPECT_EQ(files_in(backups()), 4u);
}

}  // namespace
}  // namespace sotto::server
