#pragma once

#include "client/turn.h"
#include "wire/mailbox_content.h"

namespace sotto::client {

// The account's devices keep one backup. Who is linked or restored gets its key on that way; devices that were there
// before the backup get it from the one that began it, each over its own session.

/// The backup has just begun here: the account's other devices are to be given its key.
void share_backup_key(Turn& turn);

/// A device could not open something. If it is one of the own devices and there is a backup, that may have been the
/// key.
void share_backup_key_again(Turn& turn, const session::DeviceAddress& device);

/// Gives the key to those who are still to be given it.
void pump_backup_key(Turn& turn);

/// A backup that another own device began. Where this home keeps one already, the server is asked first which of the
/// two there is: of two devices that begin one at the same time, the later one's counts.
void receive_backup_key(Turn& turn, const session::DeviceAddress& sender, const wire::BackupKeyShare& share);

/// The server's answer to whether the offered backup is the present one. False if there is no such offer.
[[nodiscard]] bool take_offered_backup(Turn& turn, BackupId backup);
void drop_offered_backup(Turn& turn);

}  // namespace sotto::client
