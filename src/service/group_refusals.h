#pragma once

#include "membership/group.h"
#include "service/context.h"

namespace sotto::service {

/// What a client is told when the rules of membership refuse. `wrong_number` and `forked` are for who knows the
/// conversation to answer with `stale_epoch`; here they are invalid values.
[[nodiscard]] std::unexpected<Refusal> refusal_for(membership::GroupError error);

/// The group after its newest event, as `GroupUpdate::state` holds it. Nothing if there is no such group.
[[nodiscard]] std::optional<membership::Group> find_group(UnitOfWork& unit, ConversationId conversation);

}  // namespace sotto::service
