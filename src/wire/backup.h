#pragma once

#include "wire/account.h"

namespace sotto::wire {

// The encrypted backup of an account's keys: a header that a recovery key or passphrase opens, and packs that are only
// added to. What is in them is in `backup_content.h`.

/// Begins a new generation and deletes the one before with all of its packs.
struct PutBackup {
  BackupId backup;
  Bytes header;

  static constexpr auto describe() {
    return message(
        "PutBackup", "Begins a backup; one that was there is deleted. Repeating it changes nothing.",
        field(1, "backup", &PutBackup::backup, "Random; names the generation."),
        field(2, "header", &PutBackup::header, at_most(max_backup_header_size), "Opaque to the server; not empty."));
  }
};

struct GetBackup {
  static constexpr auto describe() { return message("GetBackup", "Asks for the account's backup. Strictly limited."); }
};

struct Backup {
  BackupId backup;
  Bytes header;
  std::uint32_t packs = 0;
  std::uint64_t size = 0;
  UnixMillis changed_at;

  static constexpr auto describe() {
    return message("Backup", "The account's backup.", field(1, "backup", &Backup::backup, "Its generation."),
                   field(2, "header", &Backup::header, at_most(max_backup_header_size), "As it was put."),
                   field(3, "packs", &Backup::packs, "How many there are."),
                   field(4, "size", &Backup::size, "Octets of all packs."),
                   field(5, "changed_at", &Backup::changed_at, "When the last pack was added."));
  }
};

/// Adds the next pack. `conflict` if another device added that number first: read on, and add the next.
struct AppendBackup {
  BackupId backup;
  std::uint32_t number = 0;
  Bytes pack;

  static constexpr auto describe() {
    return message("AppendBackup", "Adds a pack to the backup. Repeating it changes nothing.",
                   field(1, "backup", &AppendBackup::backup, "The present generation."),
                   field(2, "number", &AppendBackup::number, "1, 2, 3 and so on."),
                   field(3, "pack", &AppendBackup::pack, at_most(max_backup_pack_size), "Opaque; not empty."));
  }
};

struct ReadBackup {
  BackupId backup;
  std::uint32_t after = 0;

  static constexpr auto describe() {
    return message("ReadBackup", "Reads the packs of the backup forward.",
                   field(1, "backup", &ReadBackup::backup, "The present generation."),
                   field(2, "after", &ReadBackup::after, "The last pack already held."));
  }
};

struct BackupPack {
  std::uint32_t number = 0;
  Bytes pack;

  static constexpr auto describe() {
    return message("BackupPack", "One pack of a backup.", field(1, "number", &BackupPack::number, "Its number."),
                   field(2, "pack", &BackupPack::pack, at_most(max_backup_pack_size), "As it was added."));
  }
};

struct BackupPage {
  std::vector<BackupPack> packs;
  bool more = false;

  static constexpr auto describe() {
    return message("BackupPage", "Consecutive packs of a backup.",
                   field(1, "packs", &BackupPage::packs, at_most(max_page_entries), "Ascending, without a gap."),
                   field(2, "more", &BackupPage::more, "Whether more follow."));
  }
};

struct DeleteBackup {
  static constexpr auto describe() { return message("DeleteBackup", "Deletes the account's backup, if there is one."); }
};

/// Signs in with a device that is not on the account's list, to restore: the login may read the backup and the own
/// account, publish a device list and sign out, nothing else. Once the list names the device, `refresh` gives full
/// tokens.
struct Recover {
  std::string name;
  std::string password;
  DeviceId device;

  static constexpr auto describe() {
    return message("Recover", "Opens a login for restoring a backup on a new device.",
                   field(1, "name", &Recover::name, at_most(max_name_size), "The account's name."),
                   field(2, "password", &Recover::password, at_most(max_password_size), "Its password."),
                   field(3, "device", &Recover::device, "Random; not on the account's list."));
  }
};

/// The way out when everything is lost: a new account key with one device. Logins, prekeys, mailboxes and the backup of
/// the old one are deleted; contacts are shown the change.
struct ResetAccount {
  std::string name;
  std::string password;
  Ed25519PublicKey account_key;
  SignedDeviceList device_list;
  DeviceId device;
  PublishPrekeys prekeys;

  static constexpr auto describe() {
    using Self = ResetAccount;
    return message("ResetAccount", "Gives an account a new identity with one device.",
                   field(1, "name", &Self::name, at_most(max_name_size), "The account's name."),
                   field(2, "password", &Self::password, at_most(max_password_size), "Its password."),
                   field(3, "account_key", &Self::account_key, "The new one."),
                   field(4, "device_list", &Self::device_list, "Version 1 by the new key, holding exactly `device`."),
                   field(5, "device", &Self::device, "Random, new."),
                   field(6, "prekeys", &Self::prekeys, "At least the signed and the last-resort prekey."));
  }
};

}  // namespace sotto::wire
