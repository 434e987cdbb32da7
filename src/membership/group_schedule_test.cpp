// Over random schedules of several people who change a group at once, legally and not: of the events with one number
// exactly one applies, whichever comes first; everybody who replays the chain from its first event, from a stored state
// in its middle, or step by step, holds equal groups; there is always one owner and members are in order; and a refused
// event changes nothing.
//
// SOTTO_SCHEDULE_SEED=<n> replays one seed, SOTTO_SCHEDULE_COUNT=<n> runs more of them.

#include <cstdlib>
#include <gmock/gmock.h>
#include <random>

#include "crypto/testing/deterministic_random.h"
#include "membership/group.h"
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

constexpr std::size_t people_count = 6;

/// Made once: the keys cost more than a schedule.
const std::vector<Person>& everybody() {
  static const std::vector<Person> people = [] {
    crypto::DeterministicRandom random(3);
    std::vector<Person> made;
    for (std::size_t count = 0; count < people_count; ++count) made.emplace_back(random);
    return made;
  }();
  return people;
}

class Schedule {
 public:
  explicit Schedule(std::uint64_t seed) : choice_(seed), random_(seed) {
    std::vector<wire::GroupMember> others;
    for (std::size_t index = 1; index < 1 + below(people_count - 1); ++index) {
      others.push_back(everybody()[index].as(index == 1 ? Role::admin : Role::member));
    }
    chain_.push_back(founding(everybody()[0], others, random_));
    group_ = create(chain_.front()).value();
  }

  void run() {
    for (int round = 0; round < 25 && !::testing::Test::HasFatalFailure(); ++round) compete();
    replay();
  }

  int applied = 0;
  int refused = 0;
  int lost_the_race = 0;

 private:
  std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(choice_); }

  const Person& anybody() { return everybody()[below(people_count)]; }

  Role any_role() { return static_cast<Role>(below(4)); }

  wire::GroupChange any_change() {
    switch (below(9)) {
      case 0:
      case 1:
        return wire::MembersAdded{.members = {anybody().as(any_role())}};
      case 2:
        return wire::MembersRemoved{.accounts = {anybody().account()}};
      case 3:
        return wire::MembersRemoved{.accounts = in_order({anybody().account(), anybody().account()})};
      case 4:
        return wire::RoleChanged{.account = anybody().account(), .role = any_role()};
      case 5:
        return wire::ProfileChanged{.profile = profile_named(std::to_string(below(100)))};
      case 6:
        return wire::PoliciesChanged{.policies = {.shares_history = below(2) == 0, .members_add = below(2) == 0}};
      case 7:
        return wire::InvitationCreated{.invitation = random_.next<InvitationId>(),
                                       .key = key_.public_key,
                                       .expires_at = {},
                                       .max_uses = static_cast<std::uint32_t>(below(3)),
                                       .needs_approval = below(3) == 0};
      default:
        return with_invitation();
    }
  }

  wire::GroupChange with_invitation() {
    if (group_.invitations.empty()) return wire::InvitationRevoked{.invitation = random_.next<InvitationId>()};
    const InvitationId invitation = group_.invitations[below(group_.invitations.size())].invitation;
    if (below(3) == 0) return wire::InvitationRevoked{.invitation = invitation};
    const wire::JoinStatement statement{.conversation = group_.id,
                                        .invitation = invitation,
                                        .account = joiner_.account(),
                                        .account_key = joiner_.account_key().public_key};
    return wire::MemberJoined{
        .invitation = invitation, .account_key = statement.account_key, .proof = prove_invitation(statement, key_)};
  }

  /// Up to three people make the next event at once, and the server takes them in some order.
  void compete() {
    const Group before = group_;
    bool is_taken = false;
    for (std::size_t count = 1 + below(3); count > 0; --count) {
      const wire::GroupChange change = any_change();
      const bool joins = std::holds_alternative<wire::MemberJoined>(change);
      const wire::SignedGroupEvent event = (joins ? joiner_ : anybody()).change(before, change);
      const auto next = apply(group_, event);
      if (is_taken) {
        ASSERT_FALSE(next.has_value());
        ASSERT_EQ(next.error(), GroupError::wrong_number);
        ++lost_the_race;
      } else if (next) {
        is_taken = true, ++applied;
        chain_.push_back(event);
        check(*next);
        group_ = *next;
      } else {
        ASSERT_EQ(group_, before);
        ++refused;
      }
    }
  }

  static void check(const Group& group) {
    ASSERT_EQ(std::ranges::count(group.members, Role::owner, &Member::role), 1);
    const auto not_before = [](const Member& left, const Member& right) { return left.account >= right.account; };
    ASSERT_EQ(std::ranges::adjacent_find(group.members, not_before), group.members.end());
    ASSERT_LE(group.invitations.size(), wire::max_invitations);
  }

  void replay() {
    Group replayed = create(chain_.front()).value();
    for (std::size_t index = 1; index < chain_.size(); ++index) {
      if (below(5) == 0) replayed = wire::decode_canonical<Group>(wire::encode(replayed)).value();
      replayed = apply(replayed, chain_[index]).value();
    }
    ASSERT_EQ(replayed, group_);
    ASSERT_EQ(replayed.number, chain_.size());
  }

  std::mt19937_64 choice_;
  crypto::DeterministicRandom random_;
  crypto::Ed25519KeyPair key_ = crypto::generate_ed25519(random_);
  Person joiner_{random_};
  std::vector<wire::SignedGroupEvent> chain_;
  Group group_;
};

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

TEST(GroupSchedule, EverybodyHoldsTheSameGroup) {
  const std::uint64_t first = number_from("SOTTO_SCHEDULE_SEED", 1);
  const std::uint64_t count =
      std::getenv("SOTTO_SCHEDULE_SEED") != nullptr ? 1 : number_from("SOTTO_SCHEDULE_COUNT", 60);
  int applied = 0, refused = 0, lost = 0;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    SCOPED_TRACE(seed);
    Schedule schedule(seed);
    schedule.run();
    applied += schedule.applied, refused += schedule.refused, lost += schedule.lost_the_race;
    ASSERT_FALSE(HasFatalFailure());
  }
  if (count < 10) return;
  // The schedules meet what they are meant to meet.
  EXPECT_GT(applied, static_cast<int>(count) * 3);
  EXPECT_GT(refused, static_cast<int>(count) * 3);
  EXPECT_GT(lost, static_cast<int>(count));
}

}  // namespace
}  // namespace sotto::membership
