// A group of a thousand: one entry a message, one frame for all who are told, members in pages, and no marks or typing
// of everybody to everybody.
#include "service/testing/group_rules_test.h"

namespace sotto::service {
namespace {

using testing::refusal_code;
using wire::ErrorCode;
using wire::Role;

class LargeGroupsTest : public testing::GroupRulesTest {
 protected:
  /// Accounts that exist, without a password or prekeys of their own.
  std::vector<wire::GroupMember> accounts(std::size_t count) {
    std::vector<wire::GroupMember> members;
    server_.write([&](UnitOfWork& unit) {
      for (std::size_t number = 0; number < count; ++number) {
        const auto account = server_.random.next<AccountId>();
        const auto key = server_.random.next<Ed25519PublicKey>();
        unit.accounts().insert({.account = account,
                                .name = "member" + std::to_string(made_++),
                                .password_hash = "none",
                                .account_key = key,
                                .device_list = {},
                                .device_list_version = 1,
                                .created_at = server_.now});
        members.push_back({account, key, Role::member});
      }
      return 0;
    });
    return in_order(std::move(members));
  }
  /// Ada's group with Bob and so many others.
  void grow_to(std::size_t size) {
    found(founding(ada_, {as(bob_, Role::member)}));
    while (group_.members.size() < size) {
      const std::size_t missing = size - group_.members.size();
      ASSERT_TRUE(
          change(ada_, ada_caller_, wire::MembersAdded{accounts(std::min(missing, wire::max_members_at_once))}));
    }
    server_.notices.clear();
  }

  std::size_t made_ = 0;
};

TEST_F(LargeGroupsTest, AMessageToAThousandIsOneEntryAndOneFrame) {
  grow_to(wire::max_members);
  const wire::Conversation before = *seen_by(ada_caller_);
  EXPECT_EQ(before.member_count, wire::max_members);
  ASSERT_EQ(before.members.size(), 1u) << "the caller alone";
  EXPECT_EQ(before.members.front().account, ada_.account);
  ASSERT_TRUE(write(ada_caller_, 1, before.epoch));
  const auto told = testing::pushes<wire::LogEntry>(server_.notices);
  ASSERT_EQ(told.size(), wire::max_members);
  for (const auto& [notice, entry] : told) EXPECT_EQ(notice.frame, told.front().first.frame);
  EXPECT_EQ(seen_by(ada_caller_)->head, before.head + 1);
  EXPECT_EQ(refusal_code(add(eve_)), ErrorCode::limit_reached);
}

TEST_F(LargeGroupsTest, MembersAreReadInPages) {
  grow_to(600);
  std::vector<AccountId> read;
  wire::MembersPage page{0, {}, true};
  while (page.more) {
    const std::optional<AccountId> after = read.empty() ? std::nullopt : std::optional(read.back());
    page = server_.ask(bob_caller_, wire::ReadMembers{group_.id, after})->answer;
    EXPECT_LE(page.members.size(), wire::max_members_at_once);
    for (const wire::MemberState& member : page.members) read.push_back(member.account);
  }
  std::vector<AccountId> expected;
  for (const membership::Member& member : group_.members) expected.push_back(member.account);
  EXPECT_EQ(read, expected);
}

// Threat 35: what everybody does all the time is not multiplied by everybody.
TEST_F(LargeGroupsTest, MarksAndTypingAreForGroupsThatCanBeWatched) {
  grow_to(wire::max_watched_members);
  EXPECT_EQ(seen_by(bob_caller_)->members.size(), wire::max_watched_members);
  ASSERT_TRUE(server_.ask(bob_caller_, wire::Mark{group_.id, 1, 1}));
  ASSERT_TRUE(server_.ask(bob_caller_, wire::SetTyping{group_.id, true}));
  EXPECT_EQ(testing::pushes<wire::Marked>(server_.notices).size(), wire::max_watched_members);
  EXPECT_EQ(testing::pushes<wire::Typing>(server_.notices).size(), wire::max_watched_members - 1);
  ASSERT_TRUE(add(eve_));
  server_.notices.clear();
  ASSERT_TRUE(server_.ask(bob_caller_, wire::Mark{group_.id, 2, 2}));
  ASSERT_TRUE(server_.ask(bob_caller_, wire::SetTyping{group_.id, true}));
  const auto marked = testing::pushes<wire::Marked>(server_.notices);
  ASSERT_EQ(marked.size(), 1u) << "one's own devices";
  EXPECT_EQ(marked.front().first.account, bob_.account);
  EXPECT_TRUE(testing::pushes<wire::Typing>(server_.notices).empty());
  EXPECT_EQ(seen_by(bob_caller_)->members.front().read, 2u);
}

TEST_F(LargeGroupsTest, ListsShowTheMembersOfTheMostRecentGroupsOnly) {
  const std::vector<wire::GroupMember> others = accounts(wire::max_watched_members - 2);
  constexpr std::size_t groups = 60;
  for (std::size_t count = 0; count < groups; ++count) {
    std::vector<wire::GroupMember> members = others;
    members.push_back(as(bob_, Role::member));
    server_.now = server_.now + seconds(1);
    found(founding(ada_, std::move(members)));
  }
  const auto listed = server_.ask(bob_caller_, wire::ListConversations{})->answer.conversations;
  ASSERT_EQ(listed.size(), groups);
  std::size_t shown = 0;
  for (const wire::Conversation& conversation : listed) {
    EXPECT_EQ(conversation.member_count, wire::max_watched_members);
    if (conversation.members.size() > 1) ++shown;
  }
  EXPECT_EQ(shown, max_listed_members / wire::max_watched_members);
  EXPECT_EQ(listed.front().conversation, group_.id);
  EXPECT_EQ(listed.front().members.size(), wire::max_watched_members);
  EXPECT_EQ(listed.back().members.size(), 1u);
}

}  // namespace
}  // namespace sotto::service
