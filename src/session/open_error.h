#pragma once

#include <cstdint>
#include <string_view>

namespace sotto::session {

/// Why a message was not opened. Whatever the reason, no state changes.
enum class OpenError : std::uint8_t {
  /// Not the canonical encoding of the message that it should be, or an unacceptable key in it.
  malformed,
  /// Sealed with a suite that this version does not have.
  unsupported_suite,
  /// A direct message without a slot for this device.
  no_slot,
  /// Belongs to a session that is not held here, and does not begin one.
  unknown_session,
  /// Belongs to a chain of a known session that this state cannot follow: one of the two states is a restored copy.
  unknown_chain,
  /// A group message in a chain that its sender has not shared with this device, or from before it did.
  no_sender_key,
  /// Begins a session with a prekey that is not held: used up, past its grace, or never ours.
  unknown_prekey,
  /// Begins a session with a last-resort prekey by an initiation that was accepted before.
  replayed_initiation,
  /// Its key was used already, or was skipped and has been dropped since (30 days, or the cap).
  duplicate,
  /// More than 1,000 messages of its chain, or of the chain before, are missing.
  too_far_ahead,
  /// Key, header, context or ciphertext is not what the sender sealed, or the sender or recipient is another one.
  bad_authentication,
  /// A direct message whose slot speaks of another ciphertext, or whose key is not the one committed to. Only a
  /// misbehaving sender can make one.
  bad_commitment,
  /// Authentic, but its plaintext is not well-formed. Only a misbehaving sender can make one.
  bad_content,
};

/// The reason in English, for developers and logs.
[[nodiscard]] std::string_view explain(OpenError error);

/// Whether the two devices have lost one another: the receiver should then start a new session with the sender and
/// send a repair over it (at most one a minute for a device, so that a hostile server cannot make it work for nothing).
/// Holds for a message seen for the first time; a message id that was met before is a repeat and calls for nothing.
[[nodiscard]] bool calls_for_repair(OpenError error);

}  // namespace sotto::session
