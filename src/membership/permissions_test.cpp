// Who may do what is exactly the table of permissions.h, for every pair of roles.

#include "membership/permissions.h"

#include <gtest/gtest.h>

namespace sotto::membership {
namespace {

using wire::Role;
constexpr Role all_roles[] = {Role::owner, Role::admin, Role::member, Role::read_only};

Group with(wire::GroupPolicies policies, wire::ConversationKind kind = wire::ConversationKind::group) {
  Group group;
  group.kind = kind;
  group.policies = policies;
  return group;
}

TEST(Permissions, RanksAreInOrder) {
  EXPECT_GT(rank(Role::owner), rank(Role::admin));
  EXPECT_GT(rank(Role::admin), rank(Role::member));
  EXPECT_GT(rank(Role::member), rank(Role::read_only));
}

TEST(Permissions, NobodyTouchesTheSameOrAHigherRank) {
  for (const Role actor : all_roles) {
    for (const Role other : all_roles) {
      const bool is_below = is_administrator(actor) && rank(other) < rank(actor);
      EXPECT_EQ(may_remove(actor, other), is_below);
      EXPECT_EQ(may_add(with({}), actor, other), is_below);
      for (const Role next : all_roles) {
        const bool gives_below = actor == Role::owner || rank(next) < rank(actor);
        EXPECT_EQ(may_change_role(actor, {.from = other, .to = next}), is_below && gives_below && other != next);
      }
    }
  }
}

TEST(Permissions, PoliciesOpenAddingAndTheProfileToMembersAlone) {
  const Group open = with({.members_add = true, .members_edit_profile = true});
  EXPECT_TRUE(may_add(open, Role::member, Role::member));
  EXPECT_TRUE(may_add(open, Role::member, Role::read_only));
  EXPECT_FALSE(may_add(open, Role::member, Role::admin));
  EXPECT_FALSE(may_add(open, Role::read_only, Role::read_only));
  EXPECT_TRUE(may_edit_profile(open, Role::member));
  EXPECT_FALSE(may_edit_profile(open, Role::read_only));
  EXPECT_FALSE(may_edit_profile(with({}), Role::member));
  EXPECT_TRUE(may_edit_profile(with({}), Role::admin));
}

TEST(Permissions, ChannelsAreWrittenByAdministrators) {
  for (const Role role : all_roles) {
    EXPECT_EQ(may_write(with({}), role), role != Role::read_only);
    EXPECT_EQ(may_write(with({}, wire::ConversationKind::channel), role), is_administrator(role));
    EXPECT_EQ(may_govern(role), role == Role::owner);
    EXPECT_EQ(may_invite(role), is_administrator(role));
    Group closed = with({});
    closed.closed = true;
    EXPECT_FALSE(may_write(closed, role));
  }
}

}  // namespace
}  // namespace sotto::membership
