#pragma once

#include <string>

#include "base/bytes.h"
#include "wire/description.h"
#include "wire/limits.h"

namespace sotto::client {

// Commands about backup and recovery; part of `Command` (`client/commands.h`). Secrets that a user types or reads are
// in commands and events only, never stored.

inline constexpr std::size_t max_passphrase_size = 1'024;
/// A recovery key as words or as a QR code's text.
inline constexpr std::size_t max_recovery_text_size = 1'024;
/// An offline backup in a command or event.
inline constexpr std::size_t max_backup_octets = 96 * 1024 * 1024;

/// Begins a backup; one that the account had is replaced and its recovery key no longer opens anything. With a
/// passphrase it is switched on at once; without, a recovery key is made and `confirm_backup` switches it on.
struct CreateBackup {
  using Answer = struct BackupCreated;
  std::string passphrase;

  static constexpr auto describe() {
    return wire::message("CreateBackup", "Begins a backup of the account's keys.",
                         wire::field(1, "passphrase", &CreateBackup::passphrase, wire::at_most(max_passphrase_size),
                                     "At least 12 characters; empty for a recovery key."));
  }
};

/// The user typed the two words that `backup_created` asked for, so the recovery key was really kept. Answer: `done`;
/// with wrong words it fails, and may be tried again.
struct ConfirmBackup {
  using Answer = struct Done;
  std::string first_word;
  std::string second_word;

  static constexpr auto describe() {
    using Self = ConfirmBackup;
    return wire::message("ConfirmBackup", "Shows that the recovery key was kept, and switches the backup on.",
                         wire::field(1, "first_word", &Self::first_word, wire::at_most(64), "The first one asked for."),
                         wire::field(2, "second_word", &Self::second_word, wire::at_most(64), "The second one."));
  }
};

/// Asks no server.
struct GetBackupStatus {
  using Answer = struct BackupShown;

  static constexpr auto describe() {
    return wire::message("GetBackupStatus", "Asks how the backup of the account's keys stands.");
  }
};

/// Deletes the backup on the server.
struct EraseBackup {
  using Answer = struct Done;

  static constexpr auto describe() { return wire::message("EraseBackup", "Deletes the backup on the server."); }
};

/// Makes this home, which must be empty, a device of the account again, from the backup on the server or from an
/// offline one. Exactly one of `recovery_key` and `passphrase` is given. Answer: `restored`; the messages follow by
/// themselves.
struct RestoreBackup {
  using Answer = struct Restored;
  std::string name;
  std::string password;
  std::string recovery_key;
  std::string passphrase;
  Bytes file;
  bool remove_others = false;

  static constexpr auto describe() {
    using Self = RestoreBackup;
    return wire::message(
        "RestoreBackup", "Takes an account up again on an empty home.",
        wire::field(1, "name", &Self::name, wire::at_most(wire::max_name_size), "The account's name."),
        wire::field(2, "password", &Self::password, wire::at_most(wire::max_password_size), "Its password."),
        wire::field(3, "recovery_key", &Self::recovery_key, wire::at_most(max_recovery_text_size),
                    "24 words, or the text of their QR code."),
        wire::field(4, "passphrase", &Self::passphrase, wire::at_most(max_passphrase_size), "Or the passphrase."),
        wire::field(5, "file", &Self::file, wire::at_most(max_backup_octets), "An offline backup; empty for none."),
        wire::field(6, "remove_others", &Self::remove_others,
                    "Whether all other devices are removed, as after a theft; else they stay."));
  }
};

/// The way out when every device and the recovery key are lost: a new identity with this device, on an empty home. What
/// it costs: no earlier message can be read again, a backup is deleted, all devices are signed out, and contacts are
/// shown the change.
struct ResetIdentity {
  using Answer = struct SignedIn;
  std::string name;
  std::string password;

  static constexpr auto describe() {
    return wire::message(
        "ResetIdentity", "Gives the account a new identity; earlier messages are lost.",
        wire::field(1, "name", &ResetIdentity::name, wire::at_most(wire::max_name_size), "The account's name."),
        wire::field(2, "password", &ResetIdentity::password, wire::at_most(wire::max_password_size), "Its password."));
  }
};

/// Writes an offline backup: the account's identity and, unless `identity_only`, the keys of all messages that are
/// known here. Asks no server.
struct ExportBackup {
  using Answer = struct BackupExported;
  std::string passphrase;
  bool identity_only = false;

  static constexpr auto describe() {
    using Self = ExportBackup;
    return wire::message("ExportBackup", "Writes an offline backup.",
                         wire::field(1, "passphrase", &Self::passphrase, wire::at_most(max_passphrase_size),
                                     "At least 12 characters; empty for a recovery key of its own."),
                         wire::field(2, "identity_only", &Self::identity_only,
                                     "Without the keys of messages: small enough for a few QR codes."));
  }
};

}  // namespace sotto::client
