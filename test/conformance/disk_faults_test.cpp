// Property (threat 37): while a disk is full or fails, what cannot be stored is answered as failed, never as committed;
// what was committed stays, without gap and once; and it goes on by itself when the disk works again. Only after a sync
// of the database itself failed must the storage be opened anew, which it says, and then nothing is missing either.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <gtest/gtest.h>
#include <mutex>
#include <random>
#include <thread>

#include "storage/sqlite/sqlite_storage.h"
#include "storage/sqlite/testing/faulty_file_system.h"
#include "storage/sqlite/testing/temporary_directory.h"
#include "storage_harness.h"

namespace sotto::conformance {
namespace {

using service::Verdict;
using service::WorkOutcome;
using storage::sqlite::testing::FaultyFileSystem;
using storage::sqlite::testing::TemporaryDirectory;
using Fault = FaultyFileSystem::Fault;

constexpr std::chrono::milliseconds never = std::chrono::hours(1);

/// A storage on a disk that can be made to fail, and one log in it.
class DiskFaults : public testing::Test {
 protected:
  void open(std::chrono::milliseconds checkpoint_interval) {
    storage_.reset();
    storage::SqliteSettings settings;
    settings.vfs = disk_.name();
    settings.checkpoint_interval = checkpoint_interval;
    settings.longest_log = longest_log_;
    settings.on_lost = [this] { ++losses_; };
    auto storage = storage::SqliteStorage::open(directory_.path(), settings);
    ASSERT_TRUE(storage.has_value()) << storage.error();
    storage_ = std::move(*storage);
    if (!conversation_) conversation_ = add_conversation(*storage_, 1);
  }

  /// What was under way when the sync failed is answered as failed, and may be there all the same: a repeat tells. It
  /// comes after all that was committed.
  void open_after_loss() {
    disk_.set(Fault::none);
    losses_ = 0;
    open(std::chrono::milliseconds(2));
    const std::vector<std::uint64_t> kept = stored();
    ASSERT_GE(kept.size(), committed_.size());
    EXPECT_TRUE(std::equal(committed_.begin(), committed_.end(), kept.begin()));
    committed_ = kept;
  }

  /// Submits so many messages at once and waits for all.
  std::vector<WorkOutcome> append(std::size_t count) {
    std::vector<std::future<WorkOutcome>> outcomes;
    for (std::size_t number = 0; number < count; ++number) {
      auto promise = std::make_shared<std::promise<WorkOutcome>>();
      outcomes.push_back(promise->get_future());
      const std::uint64_t message = next_message_++;
      const auto back = storage_->submit_write(
          make_work([this, message](service::UnitOfWork& unit) { return append_one(unit, message); },
                    [this, message, promise](WorkOutcome outcome) {
                      if (outcome == WorkOutcome::committed) committed_.push_back(message);
                      promise->set_value(outcome);
                    }));
      EXPECT_EQ(back, nullptr);
    }
    std::vector<WorkOutcome> results;
    for (auto& outcome : outcomes) results.push_back(outcome.get());
    return results;
  }

  std::vector<std::uint64_t> stored() {
    std::vector<std::uint64_t> messages;
    look(*storage_, [&](service::UnitOfWork& unit) {
      const auto entries = unit.conversations().read(
          {.conversation = conversation_->conversation, .max_entries = 100'000, .max_size = std::size_t{1} << 30U});
      for (const wire::LogEntry& entry : entries) {
        EXPECT_EQ(entry.seq, messages.size() + 1);
        messages.push_back(entry.sent_at.value);
      }
    });
    return messages;
  }

  /// On a disk that works again.
  void expect_all_is_well() {
    disk_.set(Fault::none);
    EXPECT_EQ(append(20), std::vector(20, WorkOutcome::committed));
    EXPECT_EQ(stored(), committed_);
    open(never);
    EXPECT_EQ(stored(), committed_);
    const auto connection = storage::sqlite::Connection::open(directory_.path() / "sotto.db", {});
    ASSERT_TRUE(connection.has_value());
    storage::sqlite::Statement row = (*connection)->statement("PRAGMA integrity_check");
    ASSERT_TRUE(row.step());
    EXPECT_EQ(row.text(0), "ok");
  }

  static void wait_until(const std::function<bool()>& holds) {
    const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!holds() && std::chrono::steady_clock::now() < patience) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    EXPECT_TRUE(holds());
  }

  TemporaryDirectory directory_;
  FaultyFileSystem disk_;
  std::atomic<int> losses_ = 0;
  std::size_t longest_log_ = storage::SqliteSettings{}.longest_log;
  std::optional<WholeConversation> conversation_;
  /// In order. Written by the storage's thread while `append` waits for it.
  std::vector<std::uint64_t> committed_;
  std::unique_ptr<storage::SqliteStorage> storage_;

 private:
  Verdict append_one(service::UnitOfWork& unit, std::uint64_t message) {
    const auto found = unit.conversations().find(conversation_->conversation);
    wire::LogEntry entry = entry_of(*conversation_, (found ? found->head : 0) + 1, 5'000);
    entry.message = numbered<MessageId>(message);
    entry.sent_at = {message};
    unit.conversations().append(entry);
    return Verdict::keep;
  }

  std::uint64_t next_message_ = 1;
};

class DiskFaultsThatPass : public DiskFaults, public testing::WithParamInterface<Fault> {};

TEST_P(DiskFaultsThatPass, FailTheWorkAndAreOverByThemselves) {
  open(never);
  ASSERT_EQ(append(50), std::vector(50, WorkOutcome::committed));
  for (int round = 0; round < 3; ++round) {
    disk_.set(GetParam());
    EXPECT_EQ(append(50), std::vector(50, WorkOutcome::failed));
    EXPECT_EQ(stored(), committed_) << "reading goes on";
    disk_.set(Fault::none);
    EXPECT_EQ(append(5), std::vector(5, WorkOutcome::committed));
  }
  EXPECT_EQ(losses_, 0);
  expect_all_is_well();
}

INSTANTIATE_TEST_SUITE_P(Kinds, DiskFaultsThatPass, testing::Values(Fault::full, Fault::write, Fault::log_sync));

TEST_F(DiskFaults, OneSyncThatFailsFailsWhatItWasFor) {
  open(never);
  for (int round = 0; round < 10; ++round) {
    disk_.set(Fault::one_log_sync);
    const std::vector<WorkOutcome> outcomes = append(1);
    EXPECT_EQ(outcomes.front(), WorkOutcome::failed);
    EXPECT_EQ(append(3), std::vector(3, WorkOutcome::committed));
  }
  expect_all_is_well();
}

TEST_F(DiskFaults, WithoutSpaceForCheckpointsMessagesAreStillTaken) {
  open(std::chrono::milliseconds(1));
  disk_.set(Fault::database_full);
  EXPECT_EQ(append(300), std::vector(300, WorkOutcome::committed));
  wait_until([&] { return disk_.failures() > 2; });
  EXPECT_EQ(losses_, 0);
  expect_all_is_well();
}

TEST_F(DiskFaults, WithoutSpaceForSharedMemoryNothingIsMixedUp) {
  // It grows after some thousands of pages of log.
  longest_log_ = std::size_t{64} << 20U;
  open(never);
  disk_.set(Fault::shared_memory_full);
  for (int round = 0; round < 60 && disk_.failures() == 0; ++round) append(100);
  EXPECT_GT(disk_.failures(), 0U);
  expect_all_is_well();
}

TEST_F(DiskFaults, ReadsThatFailAreAnswered) {
  open(never);
  append(400);
  open(never);
  disk_.set(Fault::read);
  const auto outcome = read(*storage_, [&](service::UnitOfWork& unit) {
    const auto entries = unit.conversations().read({.conversation = conversation_->conversation, .max_entries = 1'000});
    EXPECT_LT(entries.size(), 400U);
    return Verdict::keep;
  });
  EXPECT_EQ(outcome, WorkOutcome::failed);
  expect_all_is_well();
}

TEST_F(DiskFaults, AfterALostSyncOfTheDatabaseNothingIsWrittenUntilItIsOpenedAgain) {
  open(std::chrono::milliseconds(1));
  append(100);
  disk_.set(Fault::one_database_sync);
  wait_until([&] {
    append(1);
    return losses_ > 0;
  });
  // The disk works again, but who knows which pages it has.
  EXPECT_EQ(append(20), std::vector(20, WorkOutcome::failed));
  EXPECT_EQ(stored(), committed_);
  EXPECT_EQ(losses_, 1);
  open(never);
  EXPECT_EQ(stored(), committed_);
  expect_all_is_well();
}

TEST_F(DiskFaults, ALostSyncKeepsTheLogForTheNextStart) {
  open(never);
  append(100);
  disk_.set(Fault::one_database_sync);
  storage_.reset();
  EXPECT_EQ(losses_, 1);
  EXPECT_GT(std::filesystem::file_size(directory_.path() / "sotto.db-wal"), 0U);
  open(never);
  expect_all_is_well();
}

TEST_F(DiskFaults, ADiskThatFailsNowAndThenLosesNothing) {
  open(std::chrono::milliseconds(2));
  std::mt19937 random(20'260'101);
  constexpr Fault faults[] = {Fault::none, Fault::full, Fault::write, Fault::one_log_sync, Fault::one_database_sync};
  std::size_t failed = 0;
  for (int round = 0; round < 200; ++round) {
    disk_.set(faults[random() % std::size(faults)]);
    for (const WorkOutcome outcome : append(1 + random() % 8)) failed += outcome == WorkOutcome::failed ? 1 : 0;
    if (losses_ > 0) open_after_loss();
  }
  EXPECT_GT(failed, 0U);
  EXPECT_FALSE(committed_.empty());
  if (losses_ > 0) open_after_loss();
  expect_all_is_well();
}

}  // namespace
}  // namespace sotto::conformance
