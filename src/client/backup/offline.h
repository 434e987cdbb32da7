#pragma once

#include "client/turn.h"
#include "session/backup_file.h"

namespace sotto::client {

// Offline backups: the account's identity and the keys of messages in one file, or the identity alone in a few QR
// codes.

void run_export_backup(Turn& turn, std::uint64_t command, const ExportBackup& wanted);

/// Keeps the keys of an offline backup for the messages that are still to be read. `key` is what its header held.
void keep_file_keys(Turn& turn, const session::BackupFile& file, const Secret<32>& key);

}  // namespace sotto::client
