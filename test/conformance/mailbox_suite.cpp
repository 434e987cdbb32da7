// Properties: a mailbox gives its items in order and within limits, each once, under numbers that are never used again.
#include "storage_suite.h"

namespace sotto::conformance {
namespace {

using service::MailboxStore;
using service::UnitOfWork;

const MailboxStore::Address recipient = {.account = numbered<AccountId>(1), .device = numbered<DeviceId>(1)};
const MailboxStore::Address other_device = {.account = numbered<AccountId>(1), .device = numbered<DeviceId>(2)};

wire::MailboxItem item_of(std::uint64_t number, std::size_t size = 10) {
  return {.item = 0,
          .sender = numbered<AccountId>(2),
          .sender_device = numbered<DeviceId>(2),
          .message = numbered<MessageId>(number),
          .sent_at = {1'000 + number},
          .body = Bytes(size, static_cast<std::uint8_t>(number))};
}

class MailboxSuite : public StorageSuite {
 protected:
  std::optional<std::uint64_t> post(const MailboxStore::Address& to, const wire::MailboxItem& item) {
    std::optional<std::uint64_t> number;
    keep(storage(), [&](UnitOfWork& unit) { number = unit.mailboxes().insert(to, item); });
    return number;
  }
  std::vector<std::uint64_t> numbers(const MailboxStore::Range& range) {
    std::vector<std::uint64_t> result;
    look(storage(), [&](UnitOfWork& unit) {
      for (const auto& item : unit.mailboxes().read(recipient, range)) result.push_back(item.item);
    });
    return result;
  }
};

TEST_P(MailboxSuite, ItemsComeBackInOrderAsTheyWerePosted) {
  EXPECT_EQ(post(recipient, item_of(7)), 1U);
  EXPECT_EQ(post(recipient, item_of(5)), 2U);
  EXPECT_EQ(post(other_device, item_of(7)), 1U);
  look(storage(), [](UnitOfWork& unit) {
    EXPECT_EQ(unit.mailboxes().count(recipient), 2U);
    EXPECT_EQ(unit.mailboxes().count(other_device), 1U);
    const auto items = unit.mailboxes().read(recipient, {});
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0].item, 1U);
    EXPECT_EQ(items[0].sender, item_of(7).sender);
    EXPECT_EQ(items[0].sender_device, item_of(7).sender_device);
    EXPECT_EQ(items[0].message, item_of(7).message);
    EXPECT_EQ(items[0].sent_at, item_of(7).sent_at);
    EXPECT_EQ(items[0].body, item_of(7).body);
    EXPECT_EQ(items[1].item, 2U);
    EXPECT_EQ(items[1].message, item_of(5).message);
  });
}

TEST_P(MailboxSuite, ARepeatAddsNothing) {
  EXPECT_TRUE(post(recipient, item_of(1)).has_value());
  EXPECT_FALSE(post(recipient, item_of(1)).has_value());
  wire::MailboxItem other_sender = item_of(1);
  other_sender.sender_device = numbered<DeviceId>(3);
  EXPECT_TRUE(post(recipient, other_sender).has_value());
  EXPECT_EQ(numbers({}).size(), 2U);
}

TEST_P(MailboxSuite, NumbersAreNeverUsedAgain) {
  post(recipient, item_of(1));
  post(recipient, item_of(2));
  keep(storage(), [](UnitOfWork& unit) { unit.mailboxes().remove_up_to(recipient, 2); });
  EXPECT_EQ(post(recipient, item_of(3)), 3U);
  keep(storage(), [](UnitOfWork& unit) { unit.mailboxes().remove_device(recipient); });
  EXPECT_EQ(post(recipient, item_of(4)), 4U);
  keep(storage(), [](UnitOfWork& unit) { EXPECT_EQ(unit.mailboxes().remove_expired({UINT64_MAX}, 10), 1U); });
  EXPECT_EQ(post(recipient, item_of(5)), 5U);
}

TEST_P(MailboxSuite, AcknowledgingDeletesUpToTheItemInThatMailboxAlone) {
  for (std::uint64_t number = 1; number <= 4; ++number) {
    post(recipient, item_of(number));
    post(other_device, item_of(number));
  }
  keep(storage(), [](UnitOfWork& unit) { unit.mailboxes().remove_up_to(recipient, 2); });
  EXPECT_EQ(numbers({}), (std::vector<std::uint64_t>{3, 4}));
  look(storage(), [](UnitOfWork& unit) { EXPECT_EQ(unit.mailboxes().count(other_device), 4U); });
  keep(storage(), [](UnitOfWork& unit) { unit.mailboxes().remove_up_to(recipient, UINT64_MAX); });
  EXPECT_TRUE(numbers({}).empty());
}

TEST_P(MailboxSuite, APageEndsAtItsLimits) {
  for (std::uint64_t number = 1; number <= 5; ++number) post(recipient, item_of(number, 100));
  EXPECT_EQ(numbers({.after = 1, .max_items = 2}), (std::vector<std::uint64_t>{2, 3}));
  EXPECT_EQ(numbers({.max_size = 300}), (std::vector<std::uint64_t>{1, 2, 3}));
  EXPECT_EQ(numbers({.max_size = 299}), (std::vector<std::uint64_t>{1, 2}));
  EXPECT_EQ(numbers({.max_size = 1}), (std::vector<std::uint64_t>{1}));
  EXPECT_TRUE(numbers({.after = 5}).empty());
  EXPECT_TRUE(numbers({.after = UINT64_MAX}).empty());
}

TEST_P(MailboxSuite, WhatExpiredIsRemovedFromEveryMailbox) {
  post(recipient, item_of(1));
  post(recipient, item_of(2));
  post(other_device, item_of(1));
  keep(storage(), [](UnitOfWork& unit) { EXPECT_EQ(unit.mailboxes().remove_expired({1'002}, 10), 2U); });
  EXPECT_EQ(numbers({}), (std::vector<std::uint64_t>{2}));
}

TEST_P(MailboxSuite, WhatExpiredIsRemovedInBatchesOldestFirst) {
  for (std::uint64_t number = 1; number <= 5; ++number) post(recipient, item_of(number));
  keep(storage(), [](UnitOfWork& unit) { EXPECT_EQ(unit.mailboxes().remove_expired({1'005}, 3), 3U); });
  EXPECT_EQ(numbers({}), (std::vector<std::uint64_t>{4, 5}));
  keep(storage(), [](UnitOfWork& unit) { EXPECT_EQ(unit.mailboxes().remove_expired({1'005}, 3), 1U); });
  EXPECT_EQ(numbers({}), (std::vector<std::uint64_t>{5}));
}

INSTANTIATE_TEST_SUITE_P(Storage, MailboxSuite, testing::Values(memory_backend(), sqlite_backend()), backend_name);

}  // namespace
}  // namespace sotto::conformance
