// A body is dropped by its sender or an administrator, or when its time has come; the entry, its number and its receipt
// stay.
#include "service/redaction.h"

#include "service/jobs.h"
#include "service/testing/group_rules_test.h"
#include "wire/equality.h"

namespace sotto::service {
namespace {

using testing::refusal_code;
using wire::ErrorCode;
using wire::Role;

class RedactionTest : public testing::GroupRulesTest {
 protected:
  RedactionTest() {
    found(founding(ada_, {as(bob_, Role::member), as(eve_, Role::member)}));
    EXPECT_TRUE(write(ada_caller_, 1, 1));
    EXPECT_TRUE(write(bob_caller_, 1, 1));
    EXPECT_TRUE(write(bob_caller_, 2, 1));
    server_.notices.clear();
  }
  Outcome<wire::Done> redact(const Caller& caller, std::vector<std::uint64_t> seqs) {
    return server_.ask(caller, wire::Redact{group_.id, std::move(seqs)});
  }
  std::vector<std::uint64_t> redacted() {
    std::vector<std::uint64_t> seqs;
    const auto page = read_log(ada_caller_);
    for (const wire::LogEntry& entry : page->answer.entries) {
      EXPECT_EQ(entry.redacted, entry.body.empty());
      if (entry.redacted) seqs.push_back(entry.seq);
    }
    return seqs;
  }
};

TEST_F(RedactionTest, TheSenderDropsItsOwnAndEverybodyIsTold) {
  ASSERT_TRUE(redact(bob_caller_, {3, 4, 3}));
  EXPECT_EQ(redacted(), (std::vector<std::uint64_t>{3, 4}));
  const auto told = testing::pushes<wire::Redacted>(server_.notices);
  ASSERT_EQ(told.size(), 3u);
  for (const auto& [notice, push] : told) {
    EXPECT_EQ(push.seqs, (std::vector<std::uint64_t>{3, 4}));
    EXPECT_EQ(notice.except_device.has_value(), notice.account == bob_.account);
  }
  server_.notices.clear();
  ASSERT_TRUE(redact(bob_caller_, {4}));
  EXPECT_TRUE(server_.notices.empty()) << "dropped before";
}

// Threat 32.
TEST_F(RedactionTest, OthersDropNothingOfTheSenders) {
  EXPECT_EQ(refusal_code(redact(eve_caller_, {3})), ErrorCode::forbidden);
  EXPECT_EQ(refusal_code(redact(bob_caller_, {3, 2})), ErrorCode::forbidden) << "all or none";
  EXPECT_TRUE(redacted().empty());
  ASSERT_TRUE(redact(ada_caller_, {3})) << "an administrator may";
  EXPECT_EQ(redacted(), std::vector<std::uint64_t>{3});
}

TEST_F(RedactionTest, InADirectConversationEverybodyOwnsItsMessages) {
  const wire::Conversation direct = open();
  ASSERT_TRUE(send(ada_caller_, direct, 9));
  EXPECT_EQ(refusal_code(server_.ask(bob_caller_, wire::Redact{direct.conversation, {1}})), ErrorCode::forbidden);
  EXPECT_EQ(refusal_code(server_.ask(eve_caller_, wire::Redact{direct.conversation, {1}})), ErrorCode::not_found);
  EXPECT_TRUE(server_.ask(ada_caller_, wire::Redact{direct.conversation, {1}}));
}

TEST_F(RedactionTest, EventsOfTheGroupStay) {
  EXPECT_EQ(refusal_code(redact(ada_caller_, {1})), ErrorCode::invalid_value);
  EXPECT_EQ(refusal_code(redact(ada_caller_, {})), ErrorCode::invalid_value);
  EXPECT_TRUE(redacted().empty());
}

TEST_F(RedactionTest, EntriesThatTheCallerCannotReadAreNotThere) {
  EXPECT_EQ(refusal_code(redact(ada_caller_, {5})), ErrorCode::not_found);
  EXPECT_EQ(refusal_code(redact(ada_caller_, {0})), ErrorCode::not_found);
  EXPECT_EQ(refusal_code(redact(ada_caller_, {~std::uint64_t{0}})), ErrorCode::not_found);
  testing::TestAccount fay("fay", server_.random);
  const Caller fay_caller = server_.join(fay);
  ASSERT_TRUE(add(fay, Role::admin));
  EXPECT_EQ(refusal_code(redact(fay_caller, {3})), ErrorCode::not_found) << "from before it was added";
}

TEST_F(RedactionTest, ARepeatOfADroppedMessageGetsItsFirstAnswer) {
  const auto first = write(bob_caller_, 1, 1);
  ASSERT_TRUE(redact(bob_caller_, {3}));
  EXPECT_TRUE(wire::equal(write(bob_caller_, 1, 1)->answer, first->answer));
  EXPECT_EQ(redacted(), std::vector<std::uint64_t>{3});
}

TEST_F(RedactionTest, ABodyIsDroppedAtItsTime) {
  const UnixMillis due = server_.now + minutes(1);
  for (std::uint8_t number = 100; number < 250; ++number) {
    ASSERT_TRUE(server_.ask(ada_caller_, wire::Send{group_.id, 1, message_id(number), {1}, due}));
  }
  const auto drop = [&] {
    return server_.write([&](UnitOfWork& unit) { return drop_expired_bodies(unit, server_.now); });
  };
  server_.now = {due.value - 1};
  EXPECT_EQ(drop(), 0u);
  EXPECT_EQ(read_log(ada_caller_)->answer.entries.back().expires_at, due);
  server_.now = due;
  server_.notices.clear();
  EXPECT_EQ(drop(), 150u);
  EXPECT_EQ(drop(), 0u);
  EXPECT_EQ(redacted().size(), 150u);
  EXPECT_TRUE(server_.notices.empty()) << "everybody knows the time";
}

TEST_F(RedactionTest, ATimeThatJsonCannotHoldIsRefused) {
  EXPECT_EQ(refusal_code(server_.ask(ada_caller_, wire::Send{group_.id, 1, message_id(50), {1}, {1ULL << 53U}})),
            ErrorCode::invalid_value);
}

}  // namespace
}  // namespace sotto::service
