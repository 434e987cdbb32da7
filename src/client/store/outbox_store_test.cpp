// Of each conversation's queue exactly the oldest message that may go now is offered, the oldest of all first, however
// long the queues are and whatever is scheduled in them.

#include "client/store/outbox_store.h"

#include <filesystem>
#include <gtest/gtest.h>

#include "client/schema.h"
#include "crypto/testing/deterministic_random.h"
#include "storage/client/sqlite_database.h"

namespace sotto::client {
namespace {

constexpr UnixMillis due_time{1'800'000'000'000};

class OutboxStoreTest : public ::testing::Test {
 protected:
  OutboxStoreTest() {
    std::string pattern = std::filesystem::temp_directory_path() / "sotto-outbox-XXXXXX";
    folder_ = mkdtemp(pattern.data());
    database_ = *storage::SqliteDatabase::open(folder_ + "/home.db");
    EXPECT_TRUE(database_->begin());
    EXPECT_TRUE(prepare_schema(*database_, vault_, random_));
    outbox_.emplace(StoreContext{*database_, vault_, random_, damaged_});
  }
  ~OutboxStoreTest() override {
    outbox_.reset();
    database_->roll_back();
    database_.reset();
    std::filesystem::remove_all(folder_);
  }

  MessageId add(ConversationId conversation, UnixMillis not_before = {}) {
    const auto message = random_.next<MessageId>();
    outbox_->add({.conversation = conversation, .message = message, .not_before = not_before});
    return message;
  }

  std::vector<MessageId> heads(std::size_t limit = 100) {
    std::vector<MessageId> messages;
    for (const OutboxRow& row : outbox_->heads(limit)) messages.push_back(row.message);
    return messages;
  }

  crypto::DeterministicRandom random_{5};
  Vault vault_{random_.next_secret<32>()};
  bool damaged_ = false;
  std::string folder_;
  std::unique_ptr<Database> database_;
  std::optional<OutboxStore> outbox_;
  ConversationId first_{.bytes = {0x80}};
  ConversationId second_{.bytes = {0x01}};
  ConversationId third_{.bytes = {0xff}};
};

TEST_F(OutboxStoreTest, NothingWaitsAtFirst) {
  EXPECT_TRUE(heads().empty());
  EXPECT_FALSE(outbox_->next_due());
}

TEST_F(OutboxStoreTest, OldestOfEachQueueIsOfferedInTheirOrder) {
  const MessageId in_first = add(first_);
  const MessageId in_second = add(second_);
  const MessageId in_third = add(third_);
  for (int count = 0; count < 50; ++count) {
    add(third_);
    add(first_);
  }
  EXPECT_EQ(heads(), (std::vector{in_first, in_second, in_third}));
  EXPECT_EQ(heads(2), (std::vector{in_first, in_second}));
  outbox_->remove(outbox_->heads(1).front().position);
  EXPECT_EQ(heads(2), (std::vector{in_second, in_third}));
}

TEST_F(OutboxStoreTest, WhatIsScheduledStandsInNobodysWayUntilItIsDue) {
  const MessageId scheduled = add(first_, due_time);
  const MessageId alone = add(second_, due_time + Milliseconds{1});
  const MessageId ready = add(first_);
  EXPECT_EQ(heads(), std::vector{ready});
  EXPECT_EQ(outbox_->next_due(), due_time);
  outbox_->release_due(due_time);
  EXPECT_EQ(heads(), std::vector{ready});
  outbox_->remove(outbox_->heads(1).front().position);
  EXPECT_EQ(heads(), std::vector{scheduled});
  outbox_->release_due(due_time + Milliseconds{1});
  EXPECT_EQ(heads(), (std::vector{scheduled, alone}));
}

}  // namespace
}  // namespace sotto::client
