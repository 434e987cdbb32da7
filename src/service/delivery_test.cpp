// A message is appended once, numbered without gaps, for the epoch it was encrypted for, and shown to the members'
// devices and nobody else; marks only rise.
#include "service/delivery.h"

#include "service/testing/rules_test.h"
#include "wire/equality.h"

namespace sotto::service {
namespace {

using testing::refusal_code;
using wire::ErrorCode;

class DeliveryTest : public testing::RulesTest {
 protected:
  DeliveryTest() { server_.notices.clear(); }

  Outcome<wire::Done> mark(const Caller& caller, std::uint64_t delivered, std::uint64_t read) {
    return server_.ask(caller, wire::Mark{conversation_.conversation, delivered, read});
  }
  wire::Member member(AccountId account) {
    const std::vector<wire::Member> members = open().members;
    return *std::ranges::find(members, account, &wire::Member::account);
  }
  Outcome<wire::LogPage> read_log(const Caller& caller, std::uint64_t after = 0, std::uint32_t limit = 0) {
    return server_.ask(caller, wire::ReadLog{conversation_.conversation, after, limit});
  }

  wire::Conversation conversation_ = open();
};

TEST_F(DeliveryTest, NumbersEntriesWithoutGaps) {
  for (std::uint8_t number = 1; number <= 3; ++number) {
    server_.now = server_.now + seconds(1);
    const Caller& caller = number % 2 == 0 ? ada_caller_ : bob_caller_;
    const auto sent = send(caller, conversation_, number, {number});
    ASSERT_TRUE(sent.has_value());
    EXPECT_EQ(sent->answer.seq, number);
    EXPECT_EQ(sent->answer.sent_at, server_.now);
  }
  const wire::LogPage page = read_log(ada_caller_)->answer;
  EXPECT_EQ(page.head, 3u);
  ASSERT_EQ(page.entries.size(), 3u);
  EXPECT_EQ(page.entries[1].seq, 2u);
  EXPECT_EQ(page.entries[1].sender, ada_.account);
  EXPECT_EQ(page.entries[1].sender_device, ada_caller_.device);
  EXPECT_EQ(page.entries[1].message, message_id(2));
  EXPECT_EQ(page.entries[1].body, Bytes{2});
}

TEST_F(DeliveryTest, ShowsAnEntryToTheMembersButTheSendingDevice) {
  ASSERT_TRUE(send(ada_caller_, conversation_, 1));
  const auto shown = testing::pushes<wire::LogEntry>(server_.notices);
  ASSERT_EQ(shown.size(), 2u);
  for (const auto& [notice, entry] : shown) {
    EXPECT_TRUE(wire::equal(entry, read_log(bob_caller_)->answer.entries.front()));
    EXPECT_FALSE(notice.device.has_value());
    EXPECT_EQ(notice.frame, shown.front().first.frame) << "encoded once";
    EXPECT_EQ(notice.frame->id, 0u);
    if (notice.account == ada_.account) {
      EXPECT_EQ(notice.except_device, ada_caller_.device);
    } else {
      EXPECT_EQ(notice.account, bob_.account);
      EXPECT_FALSE(notice.except_device.has_value());
    }
  }
}

TEST_F(DeliveryTest, ARepeatGetsTheFirstAnswer) {
  const auto first = send(ada_caller_, conversation_, 1);
  server_.now = server_.now + minutes(5);
  server_.notices.clear();
  const auto repeat = send(ada_caller_, conversation_, 1, {9, 9});
  ASSERT_TRUE(first && repeat);
  EXPECT_TRUE(wire::equal(repeat->answer, first->answer));
  EXPECT_TRUE(server_.notices.empty());
  EXPECT_EQ(read_log(ada_caller_)->answer.entries.size(), 1u);
  EXPECT_EQ(send(bob_caller_, conversation_, 1)->answer.seq, 2u) << "the id is the device's own";
}

TEST_F(DeliveryTest, ARepeatGetsTheFirstAnswerAlsoAfterTheEpochRose) {
  const auto first = send(bob_caller_, conversation_, 1);
  link_device(ada_, ada_caller_, ada_.first_list());
  const auto repeat = send(bob_caller_, conversation_, 1);
  ASSERT_TRUE(repeat.has_value());
  EXPECT_EQ(repeat->answer.seq, first->answer.seq);
  EXPECT_EQ(refusal_code(send(bob_caller_, conversation_, 2)), ErrorCode::stale_epoch);
}

TEST_F(DeliveryTest, AStaleEpochIsRefusedWithWhatChanged) {
  link_device(ada_, ada_caller_, ada_.first_list());
  const auto refused = send(bob_caller_, conversation_, 1);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().error.code, ErrorCode::stale_epoch);
  ASSERT_TRUE(refused.error().error.stale_epoch.has_value());
  const wire::StaleEpoch& current = *refused.error().error.stale_epoch;
  EXPECT_EQ(current.epoch, 2u);
  ASSERT_EQ(current.members.size(), 2u);
  for (const wire::AccountRecord& record : current.members) {
    EXPECT_TRUE(wire::equal(record, server_.ask(eve_caller_, wire::GetAccount{record.account})->answer));
  }
  EXPECT_EQ(open().head, 0u);
  conversation_.epoch = current.epoch;
  EXPECT_TRUE(send(bob_caller_, conversation_, 1));
}

TEST_F(DeliveryTest, AnEpochThatIsNotYetIsStaleToo) {
  conversation_.epoch += 1;
  EXPECT_EQ(refusal_code(send(bob_caller_, conversation_, 1)), ErrorCode::stale_epoch);
  conversation_.epoch = 0;
  EXPECT_EQ(refusal_code(send(bob_caller_, conversation_, 1)), ErrorCode::stale_epoch);
}

TEST_F(DeliveryTest, BodiesAreNeitherEmptyNorTooLarge) {
  EXPECT_EQ(refusal_code(send(ada_caller_, conversation_, 1, {})), ErrorCode::invalid_value);
  EXPECT_EQ(refusal_code(send(ada_caller_, conversation_, 1, Bytes(wire::max_body_size + 1))), ErrorCode::too_large);
  EXPECT_TRUE(send(ada_caller_, conversation_, 1, Bytes(wire::max_body_size)));
}

TEST_F(DeliveryTest, StrangersCannotTellThatThereIsAConversation) {
  ASSERT_TRUE(send(ada_caller_, conversation_, 1));
  ConversationId unknown;
  unknown.bytes.fill(9);
  for (const ConversationId id : {conversation_.conversation, unknown}) {
    for (const std::uint64_t epoch : {conversation_.epoch, conversation_.epoch + 1}) {
      EXPECT_EQ(refusal_code(server_.ask(eve_caller_, wire::Send{id, epoch, message_id(1), {1}})),
                ErrorCode::not_found);
    }
    EXPECT_EQ(refusal_code(server_.ask(eve_caller_, wire::ReadLog{id, 0, 0})), ErrorCode::not_found);
    EXPECT_EQ(refusal_code(server_.ask(eve_caller_, wire::Mark{id, 1, 1})), ErrorCode::not_found);
    EXPECT_EQ(refusal_code(server_.ask(eve_caller_, wire::SetTyping{id, true})), ErrorCode::not_found);
  }
}

TEST_F(DeliveryTest, ReadsPages) {
  for (std::uint8_t number = 1; number <= 5; ++number) ASSERT_TRUE(send(ada_caller_, conversation_, number));
  const wire::LogPage page = read_log(bob_caller_, 1, 2)->answer;
  ASSERT_EQ(page.entries.size(), 2u);
  EXPECT_EQ(page.entries[0].seq, 2u);
  EXPECT_EQ(page.entries[1].seq, 3u);
  EXPECT_EQ(page.head, 5u);
  EXPECT_TRUE(read_log(bob_caller_, 5)->answer.entries.empty());
  EXPECT_TRUE(read_log(bob_caller_, ~std::uint64_t{0})->answer.entries.empty());
  EXPECT_EQ(read_log(bob_caller_, 0, 200)->answer.entries.size(), 5u);
  EXPECT_EQ(refusal_code(read_log(bob_caller_, 0, 201)), ErrorCode::invalid_value);
}

TEST_F(DeliveryTest, MarksOnlyRise) {
  for (std::uint8_t number = 1; number <= 5; ++number) ASSERT_TRUE(send(ada_caller_, conversation_, number));
  ASSERT_TRUE(mark(bob_caller_, 3, 0));
  EXPECT_EQ(member(bob_.account).delivered, 3u);
  EXPECT_EQ(member(bob_.account).read, 0u);
  ASSERT_TRUE(mark(bob_caller_, 2, 0));
  EXPECT_EQ(member(bob_.account).delivered, 3u);
  ASSERT_TRUE(mark(bob_caller_, 0, 4));
  EXPECT_EQ(member(bob_.account).delivered, 4u) << "what is read was delivered";
  EXPECT_EQ(member(bob_.account).read, 4u);
  ASSERT_TRUE(mark(bob_caller_, 5, 1));
  EXPECT_EQ(member(bob_.account).delivered, 5u);
  EXPECT_EQ(member(bob_.account).read, 4u);
  EXPECT_EQ(member(ada_.account).delivered, 0u) << "only the caller's own";
}

TEST_F(DeliveryTest, MarksStopAtTheHead) {
  ASSERT_TRUE(send(ada_caller_, conversation_, 1));
  EXPECT_EQ(refusal_code(mark(bob_caller_, 2, 0)), ErrorCode::invalid_value);
  EXPECT_EQ(refusal_code(mark(bob_caller_, 1, 2)), ErrorCode::invalid_value);
  EXPECT_EQ(member(bob_.account).delivered, 0u);
}

TEST_F(DeliveryTest, TellsOfMarksThatRoseOnly) {
  ASSERT_TRUE(send(ada_caller_, conversation_, 1));
  server_.notices.clear();
  ASSERT_TRUE(mark(bob_caller_, 1, 1));
  const auto told = testing::pushes<wire::Marked>(server_.notices);
  ASSERT_EQ(told.size(), 2u);
  for (const auto& [notice, marked] : told) {
    EXPECT_EQ(marked.member.account, bob_.account);
    EXPECT_EQ(marked.member.read, 1u);
    EXPECT_EQ(marked.conversation, conversation_.conversation);
    EXPECT_EQ(notice.except_device.has_value(), notice.account == bob_.account);
  }
  ASSERT_TRUE(mark(bob_caller_, 1, 1));
  ASSERT_TRUE(mark(bob_caller_, 0, 0));
  EXPECT_EQ(server_.notices.size(), 2u);
}

TEST_F(DeliveryTest, TypingIsToldToTheOthersAndNotStored) {
  const auto before = open();
  ASSERT_TRUE(server_.ask(ada_caller_, wire::SetTyping{conversation_.conversation, true}));
  const auto told = testing::pushes<wire::Typing>(server_.notices);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told.front().first.account, bob_.account);
  EXPECT_EQ(told.front().second.account, ada_.account);
  EXPECT_TRUE(told.front().second.typing);
  EXPECT_TRUE(wire::equal(open(), before));
}

}  // namespace
}  // namespace sotto::service
