#pragma once

#include <optional>
#include <string>

#include "client/turn.h"

namespace sotto::client {

/// What became of what the directory showed of an account.
enum class Trust : std::uint8_t {
  /// The newest verified list is pinned.
  pinned,
  /// It does not verify, or contradicts what is pinned; the user was told and nothing was changed.
  refused,
  /// A verified contact shows another identity: kept aside until the user decides.
  held,
};

/// Checks an account record against what is pinned (design section 5, threats 2 to 4) and pins what may be pinned:
/// trust on first use, then only lists that follow, signed by the same account key.
Trust take_record(Turn& turn, const wire::AccountRecord& record);

/// The user has decided about the identity that is shown now, here or on another device: it is taken.
void decide_identity(Turn& turn, Contact& contact, Verification verification);

/// The form in which names are compared, or nothing if no account can have this name.
[[nodiscard]] std::optional<std::string> account_name(std::string_view name);

/// Pins the own account: the list that this device itself signed, or was given with the account's key.
void pin_own_account(Turn& turn, const wire::AccountRecord& record);

/// The device that the account's pinned list vouches for.
[[nodiscard]] std::optional<session::RemoteDevice> listed_device(Turn& turn, const session::DeviceAddress& address);

}  // namespace sotto::client
