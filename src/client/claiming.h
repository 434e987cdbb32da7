#pragma once

#include "client/turn.h"

namespace sotto::client {

// Sessions with devices that have none begin with prekeys, which the server hands out account by account.

/// Those of the devices with which there is no session.
[[nodiscard]] std::vector<session::DeviceAddress> without_session(Turn& turn,
                                                                  std::vector<session::DeviceAddress> devices);

/// Asks for prekeys of devices with which there is no session. True if an answer is awaited; false once every one of
/// them has a session, or had nothing to give a moment ago.
[[nodiscard]] bool claim_prekeys(Turn& turn, const std::vector<session::DeviceAddress>& devices);

/// The same for those who are to get this device's chain in a group, which may be thousands: it is remembered who they
/// are, so that each answer costs no more than the answer.
[[nodiscard]] bool claim_for_group(Turn& turn, ConversationId conversation,
                                   const std::vector<session::DeviceAddress>& devices);
/// Goes on with that. False when nobody is left, or it was not begun.
[[nodiscard]] bool is_claiming_for_group(Turn& turn, ConversationId conversation);

/// Starts sessions from the bundles that were asked for.
void receive_bundles(Turn& turn, const AskClaim& asked, const wire::PrekeyBundles& bundles);
void receive_claim_refused(Turn& turn, const AskClaim& asked, const wire::Error& error);

}  // namespace sotto::client
