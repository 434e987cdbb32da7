#pragma once

#include "client/turn.h"

namespace sotto::client {

// The account's backup on the server, kept by every device that has its key: what was opened or sent here goes into
// packs, what other devices added is read.

/// Keys in one pack at most.
inline constexpr std::size_t keys_per_pack = 300;
/// Profiles of groups in one pack at most.
inline constexpr std::size_t profiles_per_pack = 100;
/// Before a pack that is not full is added after the last one.
inline constexpr Milliseconds pack_interval = minutes(5);

void run_create_backup(Turn& turn, WaitingCommand& waiting, const CreateBackup& command);
void run_confirm_backup(Turn& turn, WaitingCommand& waiting, const ConfirmBackup& command);
void run_backup_status(Turn& turn, std::uint64_t command);
void run_erase_backup(Turn& turn, WaitingCommand& waiting);

/// Puts a new backup, adds packs, and reads packs, as far as there is something to do.
void pump_backup(Turn& turn);

/// Whether nothing waits for its pack; else packing begins at once. For before a log-out, and before
/// a new device is given the backup's key.
[[nodiscard]] bool is_all_packed(Turn& turn);
/// Whether packs are still to be read, so that logs wait for their keys.
[[nodiscard]] bool is_reading_backup(Turn& turn);

/// The questions of `BackupQuestion` that concern a home with an account. False if `answer` is none of this question's.
[[nodiscard]] bool receive_backup(Turn& turn, const Asked& asked, const AskBackup& question,
                                  const wire::Answer& answer);
void receive_backup_refused(Turn& turn, const Asked& asked, const AskBackup& question, const wire::Error& error);

/// Groups keys by conversation, as they go into a pack.
[[nodiscard]] wire::BackupContent content_of(std::vector<UnpackedKey> keys);
/// Profiles of groups, as many as fit a pack.
[[nodiscard]] wire::BackupContent content_of(std::vector<UnpackedProfile> profiles);
/// Keeps the keys of a pack for the messages that are still to be read, and profiles. Returns how many keys there were.
std::size_t keep_content(Turn& turn, const wire::BackupContent& content, KeyOrigin origin);

[[nodiscard]] Strength shown(session::PassphraseStrength strength);

}  // namespace sotto::client
