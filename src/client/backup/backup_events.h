#pragma once

#include <string>
#include <vector>

#include "base/time.h"
#include "client/backup/backup_commands.h"
#include "wire/backup_content.h"

namespace sotto::client {

// Events about backup and recovery; part of `Event` (`client/events.h`).

/// How long a passphrase would hold somebody off who has a copy of the backup; an estimate from its form.
enum class Strength : std::uint8_t { not_estimated, too_short, weak, fair, strong };

constexpr auto describe(std::type_identity<Strength>) {
  using enum Strength;
  using Value = wire::EnumValue<Strength>;
  return wire::enumeration("Strength", "How well a passphrase protects; an estimate from its form.",
                           Value{not_estimated, "not_estimated", "There is no passphrase."},
                           Value{too_short, "too_short", "Fewer than 12 characters; not accepted."},
                           Value{weak, "weak", "Somebody determined finds it."},
                           Value{fair, "fair", "Holds against most."}, Value{strong, "strong", "Holds."});
}

/// Answers `create_backup`. The recovery key is in here once and never again.
struct BackupCreated {
  std::vector<std::string> words;
  std::string code;
  std::uint32_t first_asked = 0;
  std::uint32_t second_asked = 0;
  Strength strength = Strength::not_estimated;

  static constexpr auto describe() {
    using Self = BackupCreated;
    return wire::message(
        "BackupCreated", "A backup was begun.",
        wire::field(1, "words", &Self::words, wire::at_most(24, 16), "The recovery key; empty with a passphrase."),
        wire::field(2, "code", &Self::code, wire::at_most(max_recovery_text_size), "The same as a QR code's content."),
        wire::field(3, "first_asked", &Self::first_asked, "Which word `confirm_backup` asks for, counted from 1."),
        wire::field(4, "second_asked", &Self::second_asked, "And which other one."),
        wire::field(5, "strength", &Self::strength, "Of the passphrase."));
  }
};

/// Answers `get_backup_status`.
struct BackupShown {
  bool on = false;
  wire::BackupLock lock = wire::BackupLock::recovery_key;
  std::uint32_t packs = 0;
  std::uint64_t size = 0;
  std::uint64_t waiting = 0;
  bool reading = false;
  std::optional<UnixMillis> packed_at;

  static constexpr auto describe() {
    using Self = BackupShown;
    return wire::message("BackupShown", "How the backup of the account's keys stands.",
                         wire::field(1, "on", &Self::on, "Whether this device keeps one."),
                         wire::field(2, "lock", &Self::lock, "What opens it."),
                         wire::field(3, "packs", &Self::packs, "Packs that this device knows of."),
                         wire::field(4, "size", &Self::size, "Their octets."),
                         wire::field(5, "waiting", &Self::waiting, "Keys that are not in it yet."),
                         wire::field(6, "reading", &Self::reading, "Whether it is still being read."),
                         wire::field(7, "packed_at", &Self::packed_at, "When this device last added to it."));
  }
};

/// Answers `restore_backup`: this device is one of the account's again.
struct Restored {
  AccountId account;
  DeviceId device;
  std::string name;
  std::uint32_t packs = 0;
  std::uint32_t devices = 0;

  static constexpr auto describe() {
    using Self = Restored;
    return wire::message("Restored", "This device is one of the account's again.",
                         wire::field(1, "account", &Self::account, "Which account."),
                         wire::field(2, "device", &Self::device, "This device, which is new."),
                         wire::field(3, "name", &Self::name, wire::at_most(wire::max_name_size), "The account's name."),
                         wire::field(4, "packs", &Self::packs, "Packs of keys that are being read now."),
                         wire::field(5, "devices", &Self::devices, "Devices that the account has, with this one."));
  }
};

/// All packs of the backup were read; the messages they open are being fetched.
struct BackupRead {
  std::uint32_t packs = 0;
  std::uint64_t keys = 0;

  static constexpr auto describe() {
    return wire::message("BackupRead", "The backup was read.",
                         wire::field(1, "packs", &BackupRead::packs, "How many packs."),
                         wire::field(2, "keys", &BackupRead::keys, "How many keys of messages were in them."));
  }
};

/// Answers `export_backup`.
struct BackupExported {
  Bytes file;
  std::vector<std::string> frames;
  std::vector<std::string> words;
  std::string code;
  Strength strength = Strength::not_estimated;
  std::uint64_t keys = 0;

  static constexpr auto describe() {
    using Self = BackupExported;
    return wire::message(
        "BackupExported", "An offline backup.",
        wire::field(1, "file", &Self::file, wire::at_most(max_backup_octets), "To be written to a file."),
        wire::field(2, "frames", &Self::frames, wire::at_most(512, 512), "The same as QR codes; none if too large."),
        wire::field(3, "words", &Self::words, wire::at_most(24, 16), "Its recovery key; empty with a passphrase."),
        wire::field(4, "code", &Self::code, wire::at_most(max_recovery_text_size), "The same as a QR code's content."),
        wire::field(5, "strength", &Self::strength, "Of the passphrase."),
        wire::field(6, "keys", &Self::keys, "Keys of messages in it."));
  }
};

}  // namespace sotto::client
