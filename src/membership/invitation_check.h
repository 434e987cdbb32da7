#pragma once

#include "membership/group.h"

namespace sotto::membership {

/// Whether an invitation may be used at `now` by who made `proof`: for a server that is asked to let somebody read the
/// chain, ask to join or join, and for an administrator who looks at a request. Says nothing about approval: that is
/// `needs_approval` of the invitation. Errors: closed, invitation_void, bad_proof.
[[nodiscard]] std::expected<const Invitation*, GroupError> check_invitation(const Group& group,
                                                                            const wire::JoinStatement& statement,
                                                                            const Ed25519Signature& proof,
                                                                            UnixMillis now);

/// Whether an invitation's time is over.
[[nodiscard]] bool has_expired(const Invitation& invitation, UnixMillis now);

/// Whether an invitation is there and not expired at `now`, without a proof.
[[nodiscard]] bool is_open(const Group& group, InvitationId invitation, UnixMillis now);

}  // namespace sotto::membership
