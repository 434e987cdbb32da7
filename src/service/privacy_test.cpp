// The server shows of an account only what it shares, and nothing to whom it blocks; who shares nothing is shown
// nothing (threat 24).
#include "service/privacy.h"

#include "service/testing/rules_test.h"

namespace sotto::service {
namespace {

using testing::refusal_code;
using wire::Audience;
using wire::ErrorCode;

class PrivacyTest : public testing::RulesTest {
 protected:
  PrivacyTest() { conversation_ = open(); }

  void set(const Caller& caller, const wire::Privacy& privacy) {
    ASSERT_TRUE(server_.ask(caller, wire::SetPrivacy{privacy}));
    server_.notices.clear();
  }
  ErrorCode block(const Caller& caller, AccountId account, wire::SetBlocked request = {}) {
    request.account = account;
    request.blocked = true;
    const ErrorCode code = refusal_code(server_.ask(caller, request));
    server_.notices.clear();
    return code;
  }
  /// Sends from Ada, and marks it read by Bob.
  void read_one(std::uint8_t number) {
    ASSERT_TRUE(send(ada_caller_, conversation_, number));
    server_.notices.clear();
    ASSERT_TRUE(server_.ask(bob_caller_, wire::Mark{conversation_.conversation, number, 0}));
    ASSERT_TRUE(server_.ask(bob_caller_, wire::Mark{conversation_.conversation, number, number}));
  }
  /// What `caller` is shown of Bob's marks.
  wire::Member bobs_marks(const Caller& caller) {
    const auto listed = server_.ask(caller, wire::ListConversations{});
    const auto& members = listed->answer.conversations.front().members;
    const auto found = std::ranges::find(members, bob_.account, &wire::Member::account);
    return found != members.end() ? *found : wire::Member{};
  }
  /// The pushes of Bob's marks to an account.
  std::vector<wire::Member> marks_pushed_to(AccountId account) {
    std::vector<wire::Member> marks;
    for (const auto& [notice, push] : testing::pushes<wire::Marked>(server_.notices)) {
      if (notice.account == account) marks.push_back(push.member);
    }
    return marks;
  }
  std::size_t typing_shown(const Caller& caller) {
    server_.notices.clear();
    EXPECT_TRUE(server_.ask(caller, wire::SetTyping{conversation_.conversation, true}));
    return testing::pushes<wire::Typing>(server_.notices).size();
  }
  std::vector<wire::Presence> watch(const Caller& caller, std::vector<AccountId> accounts) {
    return server_.ask(caller, wire::WatchPresence{std::move(accounts)})->answer.presences;
  }
  void see(AccountId account, UnixMillis at) {
    const LastSeen seen{account, at};
    server_.write([&](UnitOfWork& unit) {
      record_last_seen(unit, std::span(&seen, 1));
      return std::optional(true);
    });
  }

  static constexpr wire::Privacy nothing_{
      .presence = Audience::nobody, .read_receipts = Audience::nobody, .typing = Audience::nobody};
  wire::Conversation conversation_;
};

TEST_F(PrivacyTest, SettingsAreReadAsTheyWereSet) {
  EXPECT_EQ(server_.ask(ada_caller_, wire::GetPrivacy{})->answer, wire::Privacy{});
  set(ada_caller_, nothing_);
  EXPECT_EQ(server_.ask(ada_caller_, wire::GetPrivacy{})->answer, nothing_);
  EXPECT_EQ(server_.ask(bob_caller_, wire::GetPrivacy{})->answer, wire::Privacy{});
}

TEST_F(PrivacyTest, SharedReadMarksAreShown) {
  read_one(1);
  EXPECT_EQ(bobs_marks(ada_caller_).read, 1u);
  ASSERT_EQ(marks_pushed_to(ada_.account).size(), 2u);
  EXPECT_EQ(marks_pushed_to(ada_.account)[1].read, 1u);
}

TEST_F(PrivacyTest, Threat24ReadMarksOfWhoHidesThemGoToTheOwnDevicesAlone) {
  set(bob_caller_, nothing_);
  read_one(1);
  EXPECT_EQ(bobs_marks(ada_caller_).read, 0u);
  EXPECT_EQ(bobs_marks(ada_caller_).delivered, 1u);
  EXPECT_EQ(bobs_marks(bob_caller_).read, 1u);
  const auto to_ada = marks_pushed_to(ada_.account);
  ASSERT_EQ(to_ada.size(), 1u) << "the read mark is not told, not even by a push that shows nothing new";
  EXPECT_EQ(to_ada[0].delivered, 1u);
  EXPECT_EQ(to_ada[0].read, 0u);
  EXPECT_EQ(marks_pushed_to(bob_.account).back().read, 1u);
  const auto resumed = server_.ask(ada_caller_, wire::Resume{});
  for (const wire::Member& member : resumed->answer.conversations.front().members) {
    EXPECT_EQ(member.read, 0u) << "Bob hides his, and Ada has none";
  }
}

TEST_F(PrivacyTest, Threat24WhoHidesReadMarksIsShownNone) {
  set(ada_caller_, nothing_);
  read_one(1);
  EXPECT_EQ(bobs_marks(ada_caller_).read, 0u);
  EXPECT_EQ(marks_pushed_to(ada_.account).size(), 1u);
}

TEST_F(PrivacyTest, Threat24TypingIsPassedOnAmongThoseWhoShareIt) {
  EXPECT_EQ(typing_shown(bob_caller_), 1u);
  set(bob_caller_, nothing_);
  EXPECT_EQ(typing_shown(bob_caller_), 0u);
  EXPECT_EQ(typing_shown(ada_caller_), 0u) << "who shows nothing is shown nothing";
}

TEST_F(PrivacyTest, PresenceIsShownToCompanionsAlone) {
  see(ada_.account, {77});
  const auto to_bob = watch(bob_caller_, {ada_.account, ada_.account, bob_.account, AccountId{}});
  ASSERT_EQ(to_bob.size(), 1u);
  EXPECT_EQ(to_bob[0].account, ada_.account);
  EXPECT_EQ(to_bob[0].last_seen, UnixMillis{77});
  EXPECT_TRUE(watch(eve_caller_, {ada_.account}).empty());
}

TEST_F(PrivacyTest, Threat24HiddenPresenceIsNeitherShownNorKept) {
  see(ada_.account, {77});
  ASSERT_TRUE(server_.ask(ada_caller_, wire::SetPrivacy{nothing_}));
  ASSERT_EQ(server_.notices.size(), 1u);
  EXPECT_EQ(server_.notices[0].kind, NoticeKind::presence_hidden);
  EXPECT_EQ(server_.notices[0].account, ada_.account);
  EXPECT_TRUE(watch(bob_caller_, {ada_.account}).empty());
  EXPECT_TRUE(watch(ada_caller_, {bob_.account}).empty()) << "who shows nothing is shown nothing";
  see(ada_.account, {99});
  set(ada_caller_, {});
  ASSERT_EQ(watch(bob_caller_, {ada_.account}).size(), 1u);
  EXPECT_EQ(watch(bob_caller_, {ada_.account})[0].last_seen, UnixMillis{});
}

TEST_F(PrivacyTest, ABlockedAccountsDirectMessagesAreRefused) {
  ASSERT_EQ(block(ada_caller_, bob_.account), ErrorCode::unspecified);
  EXPECT_EQ(refusal_code(send(bob_caller_, conversation_, 1)), ErrorCode::forbidden);
  EXPECT_EQ(refusal_code(server_.ask(bob_caller_, wire::OpenDirect{ada_.account})), ErrorCode::forbidden);
  EXPECT_TRUE(send(ada_caller_, conversation_, 2));
  ASSERT_EQ(block(ada_caller_, eve_.account), ErrorCode::unspecified);
  EXPECT_EQ(refusal_code(server_.ask(eve_caller_, wire::OpenDirect{ada_.account})), ErrorCode::forbidden);
  ASSERT_TRUE(server_.ask(ada_caller_, wire::SetBlocked{bob_.account, false}));
  EXPECT_TRUE(send(bob_caller_, conversation_, 1));
}

TEST_F(PrivacyTest, ARepeatOfWhatWasTakenBeforeTheBlockGetsItsAnswer) {
  const auto first = send(bob_caller_, conversation_, 1);
  ASSERT_TRUE(first.has_value());
  ASSERT_EQ(block(ada_caller_, bob_.account), ErrorCode::unspecified);
  const auto again = send(bob_caller_, conversation_, 1);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->answer.seq, first->answer.seq);
}

TEST_F(PrivacyTest, Threat24ABlockedAccountIsShownNothing) {
  see(bob_.account, {5});
  ASSERT_TRUE(server_.ask(bob_caller_, wire::SetBlocked{ada_.account, true}));
  ASSERT_EQ(server_.notices.back().kind, NoticeKind::presence_hidden_from_watcher);
  EXPECT_EQ(server_.notices.back().watcher, ada_.account);
  EXPECT_TRUE(watch(ada_caller_, {bob_.account}).empty());
  EXPECT_EQ(watch(bob_caller_, {ada_.account}).size(), 1u);
  EXPECT_EQ(typing_shown(bob_caller_), 0u);
  EXPECT_EQ(typing_shown(ada_caller_), 0u);
  ASSERT_TRUE(send(bob_caller_, conversation_, 1));
  server_.notices.clear();
  ASSERT_TRUE(server_.ask(bob_caller_, wire::Mark{conversation_.conversation, 1, 1}));
  EXPECT_EQ(bobs_marks(ada_caller_).read, 0u);
  for (const wire::Member& mark : marks_pushed_to(ada_.account)) EXPECT_EQ(mark.read, 0u);
}

TEST_F(PrivacyTest, BlocksAreListedAndBounded) {
  EXPECT_EQ(block(ada_caller_, ada_.account), ErrorCode::invalid_value);
  EXPECT_EQ(block(ada_caller_, AccountId{{1}}), ErrorCode::not_found);
  EXPECT_EQ(block(ada_caller_, bob_.account), ErrorCode::unspecified);
  EXPECT_EQ(block(ada_caller_, bob_.account), ErrorCode::unspecified) << "a repeat";
  EXPECT_EQ(server_.ask(ada_caller_, wire::ListBlocked{})->answer.accounts, (std::vector<AccountId>{bob_.account}));
  EXPECT_TRUE(server_.ask(bob_caller_, wire::ListBlocked{})->answer.accounts.empty());
  server_.write([&](UnitOfWork& unit) {
    for (std::size_t count = 1; count < max_blocked; ++count) {
      AccountId account{{9}};
      account.bytes[1] = static_cast<std::uint8_t>(count);
      account.bytes[2] = static_cast<std::uint8_t>(count >> 8);
      unit.privacy().add_block({.by = ada_.account, .whom = account});
    }
    return std::optional(true);
  });
  EXPECT_EQ(block(ada_caller_, eve_.account), ErrorCode::limit_reached);
}

}  // namespace
}  // namespace sotto::service
