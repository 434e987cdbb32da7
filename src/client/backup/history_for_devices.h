#pragma once

#include "client/turn.h"

namespace sotto::client {

// A device that is linked reads the history with the backup's key. For an account without a backup one is begun at its
// first linking that only the account's devices open: whoever loses all of them does not come back with it.

/// Whether all that opens the history is at the server, or it is settled that the device in admission gets none. Until
/// then what is missing is asked for, so call it again in later turns.
[[nodiscard]] bool is_history_ready(Turn& turn, const Admission& admission);

/// The server's answers while this home knows of no backup: there is none, so one is begun; or there is one that this
/// home has not heard of, or none can be begun. Without an admission they change nothing.
void begin_backup_for_devices(Turn& turn);
void do_without_history(Turn& turn);

}  // namespace sotto::client
