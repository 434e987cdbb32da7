#include "client/backup/key_sharing.h"

#include "client/claiming.h"
#include "client/directory.h"
#include "client/mailbox_contents.h"

namespace sotto::client {
namespace {

void begin_shared(Turn& turn, const OfferedBackup& offered) {
  turn.memory.packing.reset();
  turn.backup.begin({.backup = offered.backup, .lock = offered.lock, .packed_at = {}, .is_reading = true}, offered.key);
  turn.backup.enqueue_all();
}

/// Whether this device is about to be linked and gets the key in that way.
bool is_given_secrets(const Turn& turn, DeviceId device) {
  const std::optional<Admission>& admission = turn.memory.admission;
  return admission && admission->compared && admission->compared->device.device == device && !admission->secrets;
}

}  // namespace

void share_backup_key(Turn& turn) {
  const Home home = turn.home.load();
  const std::optional<Contact> own = turn.contacts.find(home.account);
  if (!own) return;
  for (const wire::DeviceRecord& record : own->devices().list.devices) {
    if (record.device != home.device && !is_given_secrets(turn, record.device)) {
      turn.backup.add_key_recipient(record.device);
    }
  }
}

void share_backup_key_again(Turn& turn, const session::DeviceAddress& device) {
  const auto row = turn.backup.load();
  if (device.account != turn.home.load().account || !row || row->backup.is_zero()) return;
  turn.backup.add_key_recipient(device.device);
}

void pump_backup_key(Turn& turn) {
  const auto row = turn.backup.load();
  if (!row || row->backup.is_zero()) return;
  const AccountId self = turn.home.load().account;
  for (const DeviceId recipient : turn.backup.key_recipients()) {
    const session::DeviceAddress address{self, recipient};
    const auto device = listed_device(turn, address);
    auto key = turn.backup.key();
    if (turn.context.damaged) return;
    if (!device || !key) {
      turn.backup.remove_key_recipient(recipient);
    } else if (!turn.sessions.load(address).can_seal()) {
      (void)claim_prekeys(turn, {address});
    } else if (post_to_device(
                   turn, *device,
                   wire::BackupKeyShare{.backup = row->backup, .backup_key = std::move(*key), .lock = row->lock})) {
      turn.backup.remove_key_recipient(recipient);
    }
  }
}

void receive_backup_key(Turn& turn, const session::DeviceAddress& sender, const wire::BackupKeyShare& share) {
  if (sender.account != turn.home.load().account || share.backup.is_zero()) return;
  const auto row = turn.backup.load();
  if (row && row->backup == share.backup) return;
  OfferedBackup offered{.backup = share.backup, .key = share.backup_key.copy(), .lock = share.lock};
  if (!row) return begin_shared(turn, offered);
  turn.memory.offered_backup = std::move(offered);
}

bool take_offered_backup(Turn& turn, BackupId backup) {
  if (!turn.memory.offered_backup || turn.memory.offered_backup->backup != backup) return false;
  begin_shared(turn, *turn.memory.offered_backup);
  turn.memory.offered_backup.reset();
  return true;
}

void drop_offered_backup(Turn& turn) { turn.memory.offered_backup.reset(); }

}  // namespace sotto::client
