#pragma once

#include "membership/group.h"

namespace sotto::membership {

// What can be said of an event without a group: who signed it, and that nobody else could have.

struct CheckedEvent {
  wire::GroupEvent event;
  /// SHA-256 of the event's encoding.
  Sha256Digest digest;
  std::uint64_t device_list_version = 0;
  /// SHA-256 of the device list's encoding.
  Sha256Digest device_list;
};

/// Checks that `account_key` vouches for the acting device by the list that travels along, and that the device signed
/// `event`, which is what `read_event` read from `signed_event`.
/// Errors: malformed, not_canonical, bad_signature, device_not_vouched_for.
[[nodiscard]] std::expected<CheckedEvent, GroupError> check_event(const wire::SignedGroupEvent& signed_event,
                                                                  wire::GroupEvent event,
                                                                  const Ed25519PublicKey& account_key);

}  // namespace sotto::membership
