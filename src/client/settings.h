#pragma once

#include "client/turn.h"

namespace sotto::client {

// What an account keeps for itself, on all of its devices: settings travel in its conversation with itself, and the
// last entry of that log counts, field by field. Here a change counts at once, and again when the server has it.

/// The account's conversation with itself, made here if this home does not know it; the server is asked to open it
/// when there is something to send. Only for a home that is not empty.
[[nodiscard]] ConversationRow own_conversation(Turn& turn);

/// Asks the server to open the account's own conversation while something waits to be sent there.
void pump_own_conversation(Turn& turn);

/// Puts a setting into force and on its way to the own devices.
void queue_setting(Turn& turn, wire::ContentKind setting);

/// Puts a setting of the account's own conversation into force.
void apply_setting(Turn& turn, const TimelineRow& event);

/// Under what a contact's settings are found.
[[nodiscard]] wire::MessageReference contact_target(AccountId account);

/// Whether one of the own devices verified this identity of an account, as the last setting says.
[[nodiscard]] bool was_verified(Turn& turn, AccountId account, const Ed25519PublicKey& account_key);

}  // namespace sotto::client
