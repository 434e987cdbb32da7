#include "membership/permissions.h"

namespace sotto::membership {

int rank(wire::Role role) {
  switch (role) {
    case wire::Role::owner:
      return 3;
    case wire::Role::admin:
      return 2;
    case wire::Role::member:
      return 1;
    case wire::Role::read_only:
      return 0;
  }
  return 0;
}

bool is_administrator(wire::Role role) { return rank(role) >= rank(wire::Role::admin); }

bool may_write(const Group& group, wire::Role role) {
  if (group.closed) return false;
  return group.kind == wire::ConversationKind::channel ? is_administrator(role) : role != wire::Role::read_only;
}

bool may_add(const Group& group, wire::Role actor, wire::Role added) {
  if (is_administrator(actor)) return rank(added) < rank(actor);
  return actor == wire::Role::member && group.policies.members_add && rank(added) <= rank(actor);
}

bool may_remove(wire::Role actor, wire::Role removed) { return is_administrator(actor) && rank(removed) < rank(actor); }

bool may_change_role(wire::Role actor, RoleStep step) {
  if (!is_administrator(actor) || step.from == step.to || rank(step.from) >= rank(actor)) return false;
  return actor == wire::Role::owner || rank(step.to) < rank(actor);
}

bool may_edit_profile(const Group& group, wire::Role actor) {
  return is_administrator(actor) || (actor == wire::Role::member && group.policies.members_edit_profile);
}

bool may_govern(wire::Role actor) { return actor == wire::Role::owner; }

bool may_invite(wire::Role actor) { return is_administrator(actor); }

}  // namespace sotto::membership
