// A mailbox belongs to one device: others can post to it, only the device reads and empties it, and nothing waits for
// ever.
#include "service/mailboxes.h"

#include "service/jobs.h"
#include "service/testing/rules_test.h"

namespace sotto::service {
namespace {

using testing::refusal_code;
using wire::ErrorCode;

class MailboxesTest : public testing::RulesTest {
 protected:
  MailboxesTest() { server_.notices.clear(); }

  Outcome<wire::Done> post(std::uint8_t number, Bytes body = {1}) {
    return server_.ask(ada_caller_,
                       wire::PostMailbox{bob_.account, bob_caller_.device, message_id(number), std::move(body)});
  }
  wire::MailboxPage read(const Caller& caller, std::uint64_t after = 0, std::uint32_t limit = 0) {
    return server_.ask(caller, wire::ReadMailbox{after, limit})->answer;
  }
};

TEST_F(MailboxesTest, DeliversToOneDevice) {
  const Caller second = link_device(bob_, bob_caller_, bob_.first_list());
  ASSERT_TRUE(post(1, {7, 8}));
  const auto told = testing::pushes<wire::MailboxItem>(server_.notices);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told.front().first.account, bob_.account);
  EXPECT_EQ(told.front().first.device, bob_caller_.device);
  const wire::MailboxPage page = read(bob_caller_);
  ASSERT_EQ(page.items.size(), 1u);
  EXPECT_EQ(page.items.front().item, told.front().second.item);
  EXPECT_EQ(page.items.front().sender, ada_.account);
  EXPECT_EQ(page.items.front().sender_device, ada_caller_.device);
  EXPECT_EQ(page.items.front().message, message_id(1));
  EXPECT_EQ(page.items.front().sent_at, server_.now);
  EXPECT_EQ(page.items.front().body, (Bytes{7, 8}));
  EXPECT_FALSE(page.more);
  EXPECT_TRUE(read(second).items.empty());
  EXPECT_TRUE(read(ada_caller_).items.empty());
}

TEST_F(MailboxesTest, ARepeatChangesNothing) {
  ASSERT_TRUE(post(1));
  ASSERT_TRUE(post(1, {2}));
  EXPECT_EQ(read(bob_caller_).items.size(), 1u);
  EXPECT_EQ(server_.notices.size(), 1u);
}

TEST_F(MailboxesTest, TakesWhatIsAddressedToListedDevicesOnly) {
  const auto refused = [&](AccountId account, DeviceId device) {
    return refusal_code(server_.ask(ada_caller_, wire::PostMailbox{account, device, message_id(1), {1}}));
  };
  EXPECT_EQ(refused(server_.random.next<AccountId>(), bob_caller_.device), ErrorCode::not_found);
  EXPECT_EQ(refused(bob_.account, eve_caller_.device), ErrorCode::device_not_listed);
  EXPECT_EQ(refusal_code(post(1, {})), ErrorCode::invalid_value);
  EXPECT_EQ(refusal_code(post(1, Bytes(wire::max_body_size + 1))), ErrorCode::too_large);
}

TEST_F(MailboxesTest, WhoIsBlockedPostsNothingAnyMore) {
  ASSERT_TRUE(post(1));
  wire::SetBlocked request{.account = ada_.account, .blocked = true};
  ASSERT_TRUE(server_.ask(bob_caller_, request));
  EXPECT_EQ(refusal_code(post(2)), ErrorCode::forbidden);
  const wire::PostMailboxes both{.items = {{bob_.account, bob_caller_.device, message_id(3), {1}},
                                           {eve_.account, eve_caller_.device, message_id(3), {1}}}};
  ASSERT_TRUE(server_.ask(ada_caller_, both)) << "the others get theirs";
  EXPECT_EQ(read(bob_caller_).items.size(), 1u);
  EXPECT_EQ(read(eve_caller_).items.size(), 1u);
  EXPECT_TRUE(server_.ask(bob_caller_, wire::PostMailbox{ada_.account, ada_caller_.device, message_id(4), {1}}));
  request.blocked = false;
  ASSERT_TRUE(server_.ask(bob_caller_, request));
  ASSERT_TRUE(post(5));
  EXPECT_EQ(read(bob_caller_).items.size(), 2u);
}

TEST_F(MailboxesTest, ReadsPages) {
  for (std::uint8_t number = 1; number <= 5; ++number) ASSERT_TRUE(post(number, {number}));
  const wire::MailboxPage first = read(bob_caller_, 0, 2);
  ASSERT_EQ(first.items.size(), 2u);
  EXPECT_TRUE(first.more);
  const wire::MailboxPage rest = read(bob_caller_, first.items.back().item, 3);
  ASSERT_EQ(rest.items.size(), 3u);
  EXPECT_EQ(rest.items.back().body, Bytes{5});
  EXPECT_FALSE(rest.more);
  EXPECT_TRUE(read(bob_caller_, ~std::uint64_t{0}).items.empty());
  EXPECT_EQ(refusal_code(server_.ask(bob_caller_, wire::ReadMailbox{0, 201})), ErrorCode::invalid_value);
}

TEST_F(MailboxesTest, OnlyTheDeviceItselfEmptiesIt) {
  ASSERT_TRUE(post(1));
  ASSERT_TRUE(post(2));
  const std::uint64_t first = read(bob_caller_).items.front().item;
  for (const Caller& other : {ada_caller_, eve_caller_}) {
    EXPECT_TRUE(server_.ask(other, wire::AcknowledgeMailbox{~std::uint64_t{0}}));
  }
  EXPECT_EQ(read(bob_caller_).items.size(), 2u);
  EXPECT_TRUE(server_.ask(bob_caller_, wire::AcknowledgeMailbox{first}));
  ASSERT_EQ(read(bob_caller_).items.size(), 1u);
  EXPECT_EQ(read(bob_caller_).items.front().message, message_id(2));
  EXPECT_TRUE(server_.ask(bob_caller_, wire::AcknowledgeMailbox{~std::uint64_t{0}}));
  EXPECT_TRUE(read(bob_caller_).items.empty());
  ASSERT_TRUE(post(3));
  EXPECT_EQ(read(bob_caller_).items.size(), 1u);
}

TEST_F(MailboxesTest, AFullMailboxRefusesAndStaysAsItIs) {
  server_.write([&](UnitOfWork& unit) {
    for (std::size_t count = 0; count < max_mailbox_items; ++count) {
      const wire::MailboxItem item{.sender = eve_.account,
                                   .sender_device = eve_caller_.device,
                                   .message = server_.random.next<MessageId>(),
                                   .sent_at = server_.now,
                                   .body = {1}};
      EXPECT_TRUE(unit.mailboxes().insert({bob_.account, bob_caller_.device}, item));
    }
    return 0;
  });
  EXPECT_EQ(refusal_code(post(1)), ErrorCode::limit_reached);
  EXPECT_TRUE(server_.notices.empty());
  const auto count = [&] {
    return server_.read([&](UnitOfWork& unit) { return unit.mailboxes().count({bob_.account, bob_caller_.device}); });
  };
  EXPECT_EQ(count(), max_mailbox_items);
}

TEST_F(MailboxesTest, ItemsExpireAfterThirtyDays) {
  ASSERT_TRUE(post(1));
  server_.now = server_.now + days(1);
  ASSERT_TRUE(post(2));
  const auto expire = [&] {
    return server_.write([&](UnitOfWork& unit) { return remove_expired_mailbox_items(unit, server_.now); });
  };
  server_.now = server_.now + days(29);
  EXPECT_EQ(expire(), 0u) << "exactly 30 days";
  server_.now = server_.now + Milliseconds{1};
  EXPECT_EQ(expire(), 1u);
  ASSERT_EQ(read(bob_caller_).items.size(), 1u);
  EXPECT_EQ(read(bob_caller_).items.front().message, message_id(2));
}

TEST_F(MailboxesTest, IdleLoginsExpireAfterThirtyDays) {
  server_.now = server_.now + days(30);
  const Caller fresh = server_.sign_in(ada_);
  const auto expire = [&](UnixMillis now) {
    return server_.write([&](UnitOfWork& unit) { return remove_idle_logins(unit, now); });
  };
  EXPECT_EQ(expire(server_.now), 0u);
  EXPECT_EQ(expire({}), 0u) << "a clock before 1970 and 30 days";
  EXPECT_EQ(expire(server_.now + Milliseconds{1}), 3u);
  EXPECT_FALSE(server_.ask(ada_caller_, wire::Authenticate{}));
  EXPECT_TRUE(server_.ask(fresh, wire::Authenticate{}));
}

}  // namespace
}  // namespace sotto::service
