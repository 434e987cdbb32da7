#pragma once

#include "membership/group.h"

namespace sotto::membership {

// Who may do what. Ranks: owner > admin > member > read_only.
//
//   change                         owner  admin  member            read_only
//   add members                    yes    yes    if members_add    no
//   remove others                  of lower rank than oneself, owners and admins only
//   leave                          no(1)  yes    yes               yes
//   change roles                   yes    (2)    no                no
//   hand over (role owner)         yes    no     no                no
//   profile                        yes    yes    members_edit_..   no
//   policies, close                yes    no     no                no
//   invitations                    yes    yes    no                no
//   write in a group               yes    yes    yes               no
//   write in a channel             yes    yes    no                no
//
// (1) Hands over or closes first.  (2) Of members and read_only, to member or read_only.
// Whoever adds gives at most the role below the own one, a member at most member.

/// 3 for the owner down to 0 for read_only.
[[nodiscard]] int rank(wire::Role role);

/// Owner or admin.
[[nodiscard]] bool is_administrator(wire::Role role);

/// Whether a member of this role may send messages.
[[nodiscard]] bool may_write(const Group& group, wire::Role role);

/// Whether an actor of this role may add somebody as `added`.
[[nodiscard]] bool may_add(const Group& group, wire::Role actor, wire::Role added);

/// Whether an actor of this role may remove somebody else of role `removed`.
[[nodiscard]] bool may_remove(wire::Role actor, wire::Role removed);

/// One change of a role.
struct RoleStep {
  wire::Role from = wire::Role::member;
  wire::Role to = wire::Role::member;
};

/// Whether an actor of this role may change another's; to owner is handing over.
[[nodiscard]] bool may_change_role(wire::Role actor, RoleStep step);

[[nodiscard]] bool may_edit_profile(const Group& group, wire::Role actor);

/// Policies and closing.
[[nodiscard]] bool may_govern(wire::Role actor);

[[nodiscard]] bool may_invite(wire::Role actor);

}  // namespace sotto::membership
