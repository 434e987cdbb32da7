#pragma once

#include <expected>
#include <optional>

#include "session/ratchet.h"

namespace sotto::session {

// The symmetric chains and the keys of messages that have not arrived (Double Ratchet, sections 2.2 and 2.6).

/// KDF_CK: replaces the chain key and yields the message key that was next.
[[nodiscard]] MessageKey step_chain(Secret<32>& chain_key);

/// Takes the skipped key of the message with this header out of `ratchet`.
[[nodiscard]] std::optional<MessageKey> take_skipped(Ratchet& ratchet, const wire::SessionHeader& header);

/// Moves the receiving chain on so that `number` is next, keeping what it passes over; does nothing if the chain is
/// there already, or there is none. Refuses more than `max_skipped_per_chain` steps.
[[nodiscard]] std::expected<void, OpenError> skip_to(Ratchet& ratchet, std::uint32_t number, UnixMillis now);

/// Drops skipped keys that are past their lifetime or over the caps, the oldest first.
void forget_skipped(Ratchet& ratchet, UnixMillis now);

}  // namespace sotto::session
