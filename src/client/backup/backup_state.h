#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "session/backup.h"
#include "session/device_linking.h"
#include "session/prekeys.h"
#include "wire/account.h"
#include "wire/backup.h"

namespace sotto::client {

// What backup and recovery keep in memory only: whoever stops before the end begins anew.

/// A backup that was made here and is not on the server yet.
struct NewBackup {
  /// Carried by `create_backup` or, once the words were typed, by `confirm_backup`.
  std::uint64_t command = 0;
  BackupId backup;
  Secret<32> key;
  wire::BackupLock lock = wire::BackupLock::recovery_key;
  Bytes header;
  /// Of the passphrase, if there is one.
  session::PassphraseStrength strength = session::PassphraseStrength::too_short;
  /// The words that are asked for; empty with a passphrase.
  std::array<std::string, 2> asked = {};
  bool is_confirmed = false;
};

/// A backup of another own device, of which the server is asked whether it is the present one.
struct OfferedBackup {
  BackupId backup;
  Secret<32> key;
  wire::BackupLock lock = wire::BackupLock::recovery_key;
};

/// A pack on its way to the server.
struct Packing {
  std::uint32_t number = 0;
  /// Rows of the timeline whose keys are in it.
  std::vector<std::uint64_t> positions;
  /// Profiles of groups that are in it, by their hashes.
  std::vector<std::pair<ConversationId, Sha256Digest>> profiles;
  Bytes pack;
};

/// A new identity for an account that lost everything.
struct NewIdentity {
  session::AccountIdentity identity;
  session::LocalDevice device;
  session::PrivatePrekeys prekeys;
  std::vector<wire::PublishPrekeys> uploads;
  /// Without name and password.
  wire::ResetAccount request;
};

/// An account that is taken up again on an empty home, as far as it has come.
struct Recovery {
  /// Carried by `restore_backup` or `reset_identity`.
  std::uint64_t command = 0;
  session::UnlinkedDevice device;
  /// A login that may do nothing but this.
  std::optional<wire::SignedIn> login = std::nullopt;
  bool is_authenticated = false;
  std::optional<wire::AccountRecord> account = std::nullopt;
  std::optional<wire::Backup> backup = std::nullopt;
  std::optional<wire::BackupSecrets> secrets = std::nullopt;
  /// The account's next list, with this device on it.
  std::optional<wire::SignedDeviceList> list = std::nullopt;
  bool is_listed = false;
  std::optional<NewIdentity> anew = std::nullopt;
};

}  // namespace sotto::client
