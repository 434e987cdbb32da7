// A home opens only under its own key and is unchanged by a wrong one; what is secret in it cannot be read from the
// file; a failing medium leaves nothing half done.

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

#include "client/engine.h"
#include "crypto/testing/deterministic_random.h"
#include "storage/client/sqlite_database.h"

namespace sotto::client {
namespace {

class HomeTest : public ::testing::Test {
 protected:
  HomeTest() {
    std::string pattern = std::filesystem::temp_directory_path() / "sotto-home-XXXXXX";
    folder_ = mkdtemp(pattern.data());
    path_ = folder_ + "/home.db";
  }
  ~HomeTest() override { std::filesystem::remove_all(folder_); }

  static StorageKey key(std::uint64_t seed) {
    crypto::DeterministicRandom random(seed);
    return random.next_secret<32>();
  }

  std::string file() {
    std::ifstream stream(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  std::string folder_;
  std::string path_;
  crypto::DeterministicRandom random_{9};
  UnixMillis now_{1'800'000'000'000};
};

TEST_F(HomeTest, WrongKeyIsRefusedAndChangesNothing) {
  {
    auto database = storage::SqliteDatabase::open(path_);
    ASSERT_TRUE(database.has_value());
    ASSERT_TRUE(Engine::open(**database, key(1), random_, now_).has_value());
  }
  const std::string before = file();
  {
    auto database = storage::SqliteDatabase::open(path_);
    const auto opened = Engine::open(**database, key(2), random_, now_);
    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error(), OpenError::wrong_key);
    EXPECT_FALSE(explain(opened.error()).empty());
  }
  EXPECT_EQ(file(), before);
  auto database = storage::SqliteDatabase::open(path_);
  EXPECT_TRUE(Engine::open(**database, key(1), random_, now_).has_value());
}

TEST_F(HomeTest, FileBelongsToItsOwnerAlone) {
  auto database = storage::SqliteDatabase::open(path_);
  ASSERT_TRUE(database.has_value());
  const auto rights = std::filesystem::status(path_).permissions();
  EXPECT_EQ(rights & (std::filesystem::perms::group_all | std::filesystem::perms::others_all),
            std::filesystem::perms::none);
}

TEST_F(HomeTest, NewerSchemaIsRefused) {
  {
    auto database = storage::SqliteDatabase::open(path_);
    ASSERT_TRUE((*database)->begin().has_value());
    static_cast<void>((*database)->prepare("PRAGMA user_version = 1000")->step());
    ASSERT_TRUE((*database)->commit().has_value());
  }
  auto database = storage::SqliteDatabase::open(path_);
  const auto opened = Engine::open(**database, key(1), random_, now_);
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error(), OpenError::newer_version);
}

TEST_F(HomeTest, ForeignFileIsRefused) {
  std::ofstream(path_) << "This is not a database, it is a poem, and quite a long one at that. "
                       << std::string(500, 'x');
  const auto database = storage::SqliteDatabase::open(path_);
  ASSERT_FALSE(database.has_value());
  EXPECT_EQ(database.error(), storage::DatabaseOpenError::not_a_database);
}

TEST_F(HomeTest, RegistrationIsDurableBeforeItIsSentAndIsRepeatedIdentically) {
  std::vector<Bytes> first;
  std::vector<Bytes> second;
  for (std::vector<Bytes>* frames : {&first, &second}) {
    auto database = storage::SqliteDatabase::open(path_);
    auto engine = Engine::open(**database, key(1), random_, now_);
    ASSERT_TRUE(engine.has_value());
    const Effects wish = (*engine)->handle(
        CommandFrame{.id = 7, .command = RegisterAccount{.name = "Ada", .password = "long enough"}}, now_);
    EXPECT_EQ(wish.stream, StreamWish::open);
    EXPECT_TRUE(wish.frames.empty());
    *frames = (*engine)->handle(StreamOpened{}, now_).frames;
  }
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first, second);
}

TEST_F(HomeTest, CommandOnAHomeThatAnotherProcessHoldsFailsAndChangesNothing) {
  auto database = storage::SqliteDatabase::open(path_);
  auto engine = Engine::open(**database, key(1), random_, now_);
  ASSERT_TRUE(engine.has_value());
  // The same connection, so that the failure comes at once: a transaction inside a transaction is refused.
  ASSERT_TRUE((*database)->begin().has_value());
  const Effects effects = (*engine)->handle(CommandFrame{.id = 3, .command = WhoAmI{}}, now_);
  (*database)->roll_back();
  ASSERT_EQ(effects.events.size(), 1U);
  EXPECT_EQ(effects.events[0].command, 3U);
  EXPECT_EQ(std::get<Failed>(effects.events[0].event).error.code, ClientErrorCode::storage_failed);
  const Effects after = (*engine)->handle(CommandFrame{.id = 4, .command = WhoAmI{}}, now_);
  EXPECT_EQ(std::get<Identity>(after.events.at(0).event).state, LoginState::empty);
}

}  // namespace
}  // namespace sotto::client
