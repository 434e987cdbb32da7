#pragma once

#include "client/turn.h"

namespace sotto::client {

// Ways back for who lost every device: with a backup, or with a new identity. Both begin on an empty home and need the
// account's password; what the server shows is believed only as far as the recovery key or passphrase confirms it
// (threat 6).

void run_restore_backup(Turn& turn, WaitingCommand& waiting, const RestoreBackup& command);
void run_reset_identity(Turn& turn, WaitingCommand& waiting, const ResetIdentity& command);

/// Forgets a recovery whose command has ended.
void drop_ended_recovery(Turn& turn);

/// The questions of `BackupQuestion` that concern a home without an account. False if `answer` is none of this
/// question's.
[[nodiscard]] bool receive_recovery(Turn& turn, const AskBackup& question, const wire::Answer& answer);
void receive_recovery_refused(Turn& turn, const AskBackup& question, const wire::Error& error);

}  // namespace sotto::client
