#pragma once

#include "session/device_linking.h"

namespace sotto::client {

// Linkings under way, kept in memory only: whoever stops before the end begins anew with a new code.

/// This home, on its way to become a device of an account.
struct Joining {
  /// Carried by `begin_linking`.
  std::uint64_t command = 0;
  wire::LinkClaim claim;
  session::ShownLink shown;
  UnixMillis deadline;
  /// The server knows of the linking.
  bool is_open = false;
  /// Set once an offer was taken, with this side's box.
  std::optional<session::AwaitingReveal> awaiting = std::nullopt;
  Bytes box = {};
  bool is_posted = false;
  /// Set once the digits are known.
  std::optional<session::ConfirmingLink> confirming = std::nullopt;
  /// The account's keys are in the home.
  bool has_joined = false;
  bool is_approved = false;
};

/// Another device that this one takes in.
struct Admission {
  /// Carried by `accept_link`, answered with the digits.
  std::uint64_t accept_command = 0;
  /// Carried by `confirm_link`; 0 before it.
  std::uint64_t confirm_command = 0;
  session::OfferedLink offered;
  Bytes offer;
  UnixMillis deadline;
  bool is_offered = false;
  std::optional<session::ComparingLink> compared = std::nullopt;
  /// Box that reveals what the offer committed to.
  Bytes reveal = {};
  bool is_revealed = false;
  /// It is given no history: the account has no backup that this home knows, and none could be begun.
  bool is_without_history = false;
  /// Box with the secrets, once the new device is on the published list.
  std::optional<Bytes> secrets = std::nullopt;
  bool is_secret_posted = false;
};

/// What the user wants changed on the account's device list, by the command that asked for it.
struct ListChange {
  session::DeviceListChange change;
  std::uint64_t command = 0;
};

}  // namespace sotto::client
