#pragma once

#include "membership/group.h"

namespace sotto::membership {

/// An event whose signature, number and predecessor were checked, and who acts: null for who joins or creates.
struct Acting {
  const wire::GroupEvent& event;
  const Member* member = nullptr;
};

/// The first members of `group`, which is otherwise set up. Errors: invalid_change.
[[nodiscard]] std::expected<void, GroupError> begin_with(Group& group, const wire::GroupCreated& created,
                                                         AccountId actor);

/// Changes `next`, a copy of the group that `acting.member` points into, as the event says. On an error `next` is of no
/// use. Errors: not_allowed, invalid_change, limit_reached, invitation_void, bad_proof.
[[nodiscard]] std::expected<void, GroupError> change_group(Group& next, const Acting& acting);

}  // namespace sotto::membership
