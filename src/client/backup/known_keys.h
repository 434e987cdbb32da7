#pragma once

#include "client/opening.h"

namespace sotto::client {

/// Whether a backup held the key of this entry. Then the backup vouches for who sent it, even from a device that has
/// been removed since.
[[nodiscard]] bool has_known_key(Turn& turn, const wire::LogEntry& entry);

/// Opens an entry with the key that a backup held; the key is then kept with its line. Nothing if there is none, or if
/// it does not open these octets.
[[nodiscard]] std::optional<OpenedEntry> open_with_known_key(Turn& turn, const ConversationRow& row,
                                                             const wire::LogEntry& entry);

}  // namespace sotto::client
