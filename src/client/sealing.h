#pragma once

#include <variant>

#include "client/turn.h"

namespace sotto::client {

/// Something was asked for first; it is tried again when that is there.
struct SealLater {};

struct SealRefused {
  ClientErrorCode why = ClientErrorCode::none;
  /// It will never be possible; else it is tried again later.
  bool for_good = false;
};

/// The body to send, with the sessions that sealed it saved; or why there is none.
using SealOutcome = std::variant<SealLater, Bytes, SealRefused>;

/// Seals what an own row of the timeline says, as the kind of its conversation wants it, and keeps the message's key.
/// In a direct conversation: for every device that both accounts vouch for, except this one. Devices for which there
/// are no prekeys are left out, as long as one of the peer's is left.
[[nodiscard]] SealOutcome seal_message(Turn& turn, const ConversationRow& row, const TimelineRow& message);

}  // namespace sotto::client
