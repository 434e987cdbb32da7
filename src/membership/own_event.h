#pragma once

#include "crypto/ed25519.h"
#include "membership/group.h"

namespace sotto::membership {

// What a member's own device makes: events and proofs.

/// Who acts.
struct Actor {
  AccountId account;
  DeviceId device;
};

/// The first event of a new group; nobody's before it is signed and the server has taken it. `created.members` is in
/// ascending order and names the actor as its owner.
[[nodiscard]] wire::GroupEvent first_event(Actor actor, wire::GroupCreated created, UnixMillis now);

/// The event that would follow the newest one of `group`.
[[nodiscard]] wire::GroupEvent next_event(const Group& group, Actor actor, wire::GroupChange change, UnixMillis now);

/// Encodes and signs. `device_list` is the actor's newest, and names the device that `signing_key` belongs to.
/// Whether the event is allowed is for `create` and `apply` to say: ask them before sending it.
[[nodiscard]] wire::SignedGroupEvent sign_group_event(const wire::GroupEvent& event,
                                                      const wire::SignedDeviceList& device_list,
                                                      const crypto::Ed25519KeyPair& signing_key);

/// The proof that whoever joins holds the invitation's private key (context "sotto group join v1").
[[nodiscard]] Ed25519Signature prove_invitation(const wire::JoinStatement& statement,
                                                const crypto::Ed25519KeyPair& invitation_key);

}  // namespace sotto::membership
