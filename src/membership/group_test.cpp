// A chain of events leads everybody who replays it to the same group; an event that is not signed, not next, not on top
// of the newest one, or not allowed changes nothing.

#include "membership/group.h"

#include <gmock/gmock.h>

#include "crypto/hash.h"
#include "crypto/testing/deterministic_random.h"
#include "membership/invitation_check.h"
#include "membership/testing/people.h"
#include "wire/binary.h"

namespace sotto::membership {
namespace {

using testing::founding;
using testing::in_order;
using testing::Person;
using testing::profile_named;
using testing::start_of_time;
using wire::Role;

class GroupTest : public ::testing::Test {
 protected:
  /// Applies an event that must fit.
  void pass(const Person& actor, wire::GroupChange change, UnixMillis now = start_of_time) {
    auto next = apply(group_, actor.change(group_, std::move(change), now));
    ASSERT_TRUE(next.has_value()) << explain(next.error());
    group_ = *std::move(next);
  }

  [[nodiscard]] GroupError refusal(const Person& actor, wire::GroupChange change,
                                   UnixMillis now = start_of_time) const {
    const auto next = apply(group_, actor.change(group_, std::move(change), now));
    EXPECT_FALSE(next.has_value());
    return next.has_value() ? GroupError::malformed : next.error();
  }

  [[nodiscard]] Role role_of(const Person& person) const { return group_.find(person.account())->role; }

  crypto::DeterministicRandom random_{1};
  Person owner_{random_};
  Person admin_{random_};
  Person member_{random_};
  Person reader_{random_};
  Person stranger_{random_};
  wire::SignedGroupEvent first_ =
      founding(owner_, {admin_.as(Role::admin), member_.as(Role::member), reader_.as(Role::read_only)}, random_);
  Group group_ = create(first_).value();
};

TEST_F(GroupTest, BeginsWithItsMembersUnderAnIdThatIsItsFirstEvent) {
  EXPECT_EQ(group_.number, 1u);
  EXPECT_EQ(group_.members.size(), 4u);
  EXPECT_EQ(role_of(owner_), Role::owner);
  EXPECT_EQ(role_of(reader_), Role::read_only);
  EXPECT_EQ(group_.head, crypto::sha256(first_.event));
  const Sha256Digest digest = crypto::Sha256().update(as_bytes("sotto group v1")).update(first_.event).finish();
  EXPECT_TRUE(std::equal(group_.id.bytes.begin(), group_.id.bytes.end(), digest.bytes.begin()));
  EXPECT_FALSE(group_.closed);
}

TEST_F(GroupTest, ABeginningThatIsNoneIsRefused) {
  const auto begin = [&](auto change) {
    wire::GroupEvent event = wire::decode<wire::GroupEvent>(first_.event).value();
    change(event, std::get<wire::GroupCreated>(event.change));
    const auto made = create(owner_.sign(event));
    return made ? std::optional<GroupError>() : std::optional(made.error());
  };
  using Event = wire::GroupEvent;
  using Created = wire::GroupCreated;
  EXPECT_EQ(begin([](Event&, Created&) {}), std::nullopt);
  EXPECT_EQ(begin([](Event& event, Created&) { event.number = 2; }), GroupError::wrong_number);
  EXPECT_EQ(begin([](Event& event, Created&) { event.conversation.emplace(); }), GroupError::wrong_group);
  EXPECT_EQ(begin([](Event& event, Created&) { event.previous.emplace(); }), GroupError::invalid_change);
  EXPECT_EQ(begin([](Event& event, Created&) { event.change = wire::GroupClosed{}; }), GroupError::invalid_change);
  EXPECT_EQ(begin([](Event& event, Created&) { event.change = std::monostate{}; }), GroupError::malformed);
  EXPECT_EQ(begin([](Event&, Created& created) { created.kind = wire::ConversationKind::direct; }),
            GroupError::invalid_change);
  EXPECT_EQ(begin([](Event&, Created& created) { std::ranges::reverse(created.members); }), GroupError::invalid_change);
  EXPECT_EQ(begin([](Event&, Created& created) { created.members[0].account_key = {}; }), GroupError::invalid_change);
  EXPECT_EQ(begin([&](Event&, Created& created) {
              for (auto& member : created.members) member.role = Role::owner;
            }),
            GroupError::invalid_change);
  EXPECT_EQ(begin([&](Event&, Created& created) {
              std::erase_if(created.members, [&](const auto& member) { return member.account == owner_.account(); });
            }),
            GroupError::invalid_change);
}

TEST_F(GroupTest, MembersComeAndGo) {
  pass(admin_, wire::MembersAdded{.members = {stranger_.as(Role::member)}});
  EXPECT_EQ(group_.members.size(), 5u);
  pass(member_, wire::MembersRemoved{.accounts = {member_.account()}});
  EXPECT_EQ(group_.find(member_.account()), nullptr);
  pass(admin_, wire::MembersRemoved{.accounts = in_order({stranger_.account(), reader_.account()})});
  EXPECT_EQ(group_.members.size(), 2u);
  EXPECT_EQ(group_.number, 4u);
}

TEST_F(GroupTest, RanksProtectThoseOfTheSameAndOfHigherRank) {
  EXPECT_EQ(refusal(admin_, wire::MembersRemoved{.accounts = {owner_.account()}}), GroupError::not_allowed);
  EXPECT_EQ(refusal(member_, wire::MembersRemoved{.accounts = {reader_.account()}}), GroupError::not_allowed);
  EXPECT_EQ(refusal(admin_, wire::RoleChanged{.account = owner_.account(), .role = Role::member}),
            GroupError::not_allowed);
  pass(owner_, wire::RoleChanged{.account = member_.account(), .role = Role::admin});
  EXPECT_EQ(refusal(admin_, wire::MembersRemoved{.accounts = {member_.account()}}), GroupError::not_allowed);
  EXPECT_EQ(refusal(admin_, wire::RoleChanged{.account = member_.account(), .role = Role::member}),
            GroupError::not_allowed);
  EXPECT_EQ(refusal(admin_, wire::RoleChanged{.account = reader_.account(), .role = Role::admin}),
            GroupError::not_allowed);
  pass(admin_, wire::RoleChanged{.account = reader_.account(), .role = Role::member});
}

TEST_F(GroupTest, TheOwnerHandsOverBeforeItLeaves) {
  EXPECT_EQ(refusal(owner_, wire::MembersRemoved{.accounts = {owner_.account()}}), GroupError::not_allowed);
  EXPECT_EQ(refusal(admin_, wire::RoleChanged{.account = member_.account(), .role = Role::owner}),
            GroupError::not_allowed);
  EXPECT_EQ(refusal(owner_, wire::RoleChanged{.account = owner_.account(), .role = Role::admin}),
            GroupError::not_allowed);
  pass(owner_, wire::RoleChanged{.account = member_.account(), .role = Role::owner});
  EXPECT_EQ(role_of(owner_), Role::admin);
  EXPECT_EQ(role_of(member_), Role::owner);
  pass(owner_, wire::MembersRemoved{.accounts = {owner_.account()}});
}

TEST_F(GroupTest, PoliciesLetMembersAddAndEdit) {
  const wire::MembersAdded added{.members = {stranger_.as(Role::member)}};
  const wire::ProfileChanged renamed{.profile = profile_named("second")};
  EXPECT_EQ(refusal(member_, added), GroupError::not_allowed);
  EXPECT_EQ(refusal(member_, renamed), GroupError::not_allowed);
  EXPECT_EQ(refusal(admin_, wire::PoliciesChanged{}), GroupError::not_allowed);
  pass(owner_, wire::PoliciesChanged{.policies = {.members_add = true, .members_edit_profile = true}});
  EXPECT_EQ(refusal(reader_, added), GroupError::not_allowed);
  EXPECT_EQ(refusal(reader_, renamed), GroupError::not_allowed);
  EXPECT_EQ(refusal(member_, wire::MembersAdded{.members = {stranger_.as(Role::admin)}}), GroupError::not_allowed);
  pass(member_, added);
  pass(member_, renamed);
  EXPECT_EQ(group_.profile, renamed.profile);
}

TEST_F(GroupTest, NobodyIsAddedAsOwnerOrTwice) {
  EXPECT_EQ(refusal(owner_, wire::MembersAdded{.members = {stranger_.as(Role::owner)}}), GroupError::not_allowed);
  EXPECT_EQ(refusal(admin_, wire::MembersAdded{.members = {stranger_.as(Role::admin)}}), GroupError::not_allowed);
  EXPECT_EQ(refusal(owner_, wire::MembersAdded{.members = {member_.as(Role::member)}}), GroupError::invalid_change);
  EXPECT_EQ(refusal(owner_, wire::MembersAdded{}), GroupError::invalid_change);
  EXPECT_EQ(refusal(owner_, wire::MembersRemoved{}), GroupError::invalid_change);
  EXPECT_EQ(refusal(owner_, wire::MembersRemoved{.accounts = {stranger_.account()}}), GroupError::invalid_change);
  const auto twice = stranger_.as(Role::member);
  EXPECT_EQ(refusal(owner_, wire::MembersAdded{.members = {twice, twice}}), GroupError::invalid_change);
  EXPECT_EQ(refusal(owner_, wire::RoleChanged{.account = member_.account(), .role = Role::member}),
            GroupError::invalid_change);
  EXPECT_EQ(refusal(owner_, wire::GroupCreated{}), GroupError::invalid_change);
}

TEST_F(GroupTest, AClosedGroupChangesNoMore) {
  EXPECT_EQ(refusal(admin_, wire::GroupClosed{}), GroupError::not_allowed);
  pass(owner_, wire::GroupClosed{});
  EXPECT_TRUE(group_.closed);
  EXPECT_EQ(refusal(owner_, wire::ProfileChanged{}), GroupError::closed);
  EXPECT_EQ(refusal(member_, wire::MembersRemoved{.accounts = {member_.account()}}), GroupError::closed);
}

TEST_F(GroupTest, HoldsAThousandMembersAndNoMore) {
  group_ = create(founding(owner_, {}, random_)).value();
  std::vector<wire::GroupMember> many;
  for (std::size_t count = 0; count < wire::max_members; ++count) {
    many.push_back({.account = random_.next<AccountId>(), .account_key = owner_.as(Role::member).account_key});
  }
  many = in_order(std::move(many));
  for (std::size_t from = 0; from < wire::max_members; from += wire::max_members_at_once) {
    const auto begin = many.begin() + static_cast<std::ptrdiff_t>(from);
    wire::MembersAdded added{.members = {begin, begin + wire::max_members_at_once}};
    if (from + wire::max_members_at_once == wire::max_members) {
      EXPECT_EQ(refusal(owner_, added), GroupError::limit_reached);
      added.members.pop_back();
    }
    pass(owner_, added);
  }
  EXPECT_EQ(group_.members.size(), wire::max_members);
  EXPECT_TRUE(std::ranges::is_sorted(group_.members, {}, &Member::account));
}

class InvitationTest : public GroupTest {
 protected:
  [[nodiscard]] wire::InvitationCreated invitation() {
    return {.invitation = random_.next<InvitationId>(), .key = key_.public_key, .expires_at = {}};
  }

  [[nodiscard]] wire::MemberJoined joining(const Person& person, InvitationId id) const {
    const wire::JoinStatement statement{.conversation = group_.id,
                                        .invitation = id,
                                        .account = person.account(),
                                        .account_key = person.account_key().public_key};
    return {.invitation = id, .account_key = statement.account_key, .proof = prove_invitation(statement, key_)};
  }

  crypto::Ed25519KeyPair key_ = crypto::generate_ed25519(random_);
};

TEST_F(InvitationTest, LetsItsHolderInAndIsUsedUp) {
  wire::InvitationCreated once = invitation();
  once.max_uses = 1, once.role = Role::read_only;
  EXPECT_EQ(refusal(member_, once), GroupError::not_allowed);
  pass(admin_, once);
  pass(stranger_, joining(stranger_, once.invitation));
  EXPECT_EQ(role_of(stranger_), Role::read_only);
  EXPECT_EQ(group_.find(stranger_.account())->account_key, stranger_.account_key().public_key);
  const Person late(random_);
  EXPECT_EQ(refusal(late, joining(late, once.invitation)), GroupError::invitation_void);
}

TEST_F(InvitationTest, CountsItsUses) {
  const wire::InvitationCreated open = invitation();
  pass(admin_, open);
  pass(stranger_, joining(stranger_, open.invitation));
  EXPECT_EQ(group_.find(open.invitation)->uses, 1u);
  EXPECT_EQ(refusal(stranger_, joining(stranger_, open.invitation)), GroupError::not_allowed) << "is in already";
}

TEST_F(InvitationTest, IsVoidOnceRevokedExpiredOrNeverMade) {
  wire::InvitationCreated brief = invitation();
  brief.expires_at = start_of_time + hours(1);
  pass(owner_, brief);
  EXPECT_EQ(refusal(stranger_, joining(stranger_, brief.invitation), brief.expires_at), GroupError::invitation_void);
  EXPECT_EQ(refusal(stranger_, joining(stranger_, random_.next<InvitationId>())), GroupError::invitation_void);
  EXPECT_EQ(refusal(member_, wire::InvitationRevoked{brief.invitation}), GroupError::not_allowed);
  pass(admin_, wire::InvitationRevoked{brief.invitation});
  EXPECT_EQ(refusal(stranger_, joining(stranger_, brief.invitation)), GroupError::invitation_void);
  EXPECT_EQ(refusal(admin_, wire::InvitationRevoked{brief.invitation}), GroupError::invitation_void);
}

TEST_F(InvitationTest, NeedsTheLinksKeyForThisAccountAndGroup) {
  const wire::InvitationCreated open = invitation();
  pass(owner_, open);
  wire::MemberJoined stolen = joining(member_, open.invitation);
  stolen.account_key = stranger_.account_key().public_key;
  EXPECT_EQ(refusal(stranger_, stolen), GroupError::bad_proof);
  wire::MemberJoined elsewhere = joining(stranger_, open.invitation);
  Group other = create(founding(owner_, {}, random_)).value();
  std::swap(group_, other);
  pass(owner_, open);
  EXPECT_EQ(refusal(stranger_, elsewhere), GroupError::bad_proof) << "the proof names the other group";
}

TEST_F(InvitationTest, WithApprovalItOnlyLetsAsk) {
  wire::InvitationCreated asking = invitation();
  asking.needs_approval = true;
  pass(owner_, asking);
  const wire::MemberJoined joined = joining(stranger_, asking.invitation);
  EXPECT_EQ(refusal(stranger_, joined), GroupError::invitation_void);
  const wire::JoinStatement statement{.conversation = group_.id,
                                      .invitation = asking.invitation,
                                      .account = stranger_.account(),
                                      .account_key = joined.account_key};
  EXPECT_TRUE(check_invitation(group_, statement, joined.proof, start_of_time).has_value());
  EXPECT_EQ(check_invitation(group_, statement, {}, start_of_time).error(), GroupError::bad_proof);
}

TEST_F(InvitationTest, GivesNoRankAndHasAKeyAndAnIdOfItsOwn) {
  wire::InvitationCreated bad = invitation();
  bad.role = Role::admin;
  EXPECT_EQ(refusal(owner_, bad), GroupError::invalid_change);
  bad = invitation(), bad.key = {};
  EXPECT_EQ(refusal(owner_, bad), GroupError::invalid_change);
  const wire::InvitationCreated good = invitation();
  pass(owner_, good);
  EXPECT_EQ(refusal(owner_, good), GroupError::invalid_change);
}

TEST_F(InvitationTest, ThereAreAsManyOpenOnesAsAllowedAndExpiredOnesMakeRoom) {
  wire::InvitationCreated brief = invitation();
  brief.expires_at = start_of_time + hours(1);
  pass(owner_, brief);
  while (group_.invitations.size() < wire::max_invitations) pass(owner_, invitation());
  EXPECT_EQ(refusal(owner_, invitation()), GroupError::limit_reached);
  pass(owner_, invitation(), brief.expires_at);
  EXPECT_EQ(group_.invitations.size(), wire::max_invitations);
  EXPECT_EQ(group_.find(brief.invitation), nullptr);
}

}  // namespace
}  // namespace sotto::membership
