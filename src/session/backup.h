#pragma once

#include <expected>
#include <string_view>

#include "crypto/argon2id.h"
#include "session/recovery_words.h"
#include "wire/backup_content.h"

namespace sotto::session {

// The encrypted backup of an account (docs/protocol/encryption.md, section "Backup"): a header that the recovery key
// or a passphrase opens, and packs of message keys under the key inside it. A server that swaps, cuts or mixes them is
// found: each part is bound to the backup's id and its own place (threat 6).

/// Seals a backup's packs. Held by the account's devices and, sealed, in the header.
using BackupKey = Secret<32>;

enum class BackupError : std::uint8_t {
  /// Not the canonical encoding of a header, or not as long as a pack must be.
  malformed,
  /// Made by a newer version.
  unsupported,
  /// It is locked the other way: with a passphrase instead of a recovery key, or the reverse.
  other_lock,
  /// The header asks for less or far more work than any honest device does.
  unacceptable_cost,
  /// The recovery key or passphrase is another one, or the header was changed, or belongs to another backup.
  does_not_open,
  /// Not enough memory to compute the key.
  out_of_memory,
};

/// Characters that a passphrase has at least.
inline constexpr std::size_t shortest_passphrase = 12;
/// What deriving a key from a passphrase costs here.
inline constexpr crypto::Argon2idCost backup_cost = crypto::argon2id_login_cost;

/// A passphrase, borrowed, with what it costs to try one. Takes part as the octets that were typed.
struct Passphrase {
  std::string_view text;
  crypto::Argon2idCost cost = backup_cost;
};

/// Seals the secrets for the holder of a recovery key; gives the canonical BackupHeader.
[[nodiscard]] Bytes lock_backup(BackupId backup, const wire::BackupSecrets& secrets, const RecoveryKey& key,
                                Random& random);
/// The same for a passphrase. Takes tens to hundreds of milliseconds on purpose.
[[nodiscard]] std::expected<Bytes, BackupError> lock_backup(BackupId backup, const wire::BackupSecrets& secrets,
                                                            const Passphrase& passphrase, Random& random);

/// The header of a backup for the account's devices alone: it holds no secrets, so nobody else comes back with it.
[[nodiscard]] Bytes header_for_devices(Random& random);

/// What opens this header; nothing if it is not one that this version knows.
[[nodiscard]] std::expected<wire::BackupLock, BackupError> lock_of(ByteView header);

[[nodiscard]] std::expected<wire::BackupSecrets, BackupError> open_backup(BackupId backup, ByteView header,
                                                                          const RecoveryKey& key);
/// `passphrase.cost` is not used: the header says the cost.
[[nodiscard]] std::expected<wire::BackupSecrets, BackupError> open_backup(BackupId backup, ByteView header,
                                                                          const Passphrase& passphrase);

/// Which pack of which backup.
struct PackPlace {
  BackupId backup;
  std::uint32_t number = 0;
};

/// 16 random octets || AES-256-GCM ciphertext and tag. The random octets enter the key: two devices may seal different
/// packs for one place before the server lets one of them have it.
[[nodiscard]] Bytes seal_pack(const PackPlace& place, const BackupKey& key, const wire::BackupContent& content,
                              Random& random);
/// `does_not_open` for a pack of another place or backup, or one that was changed.
[[nodiscard]] std::expected<wire::BackupContent, BackupError> open_pack(const PackPlace& place, const BackupKey& key,
                                                                        ByteView pack);

/// How long a passphrase would hold somebody off who has a copy of the backup. A guess from its form, on the safe side:
/// it knows no dictionaries, so words count as words and repetitions hardly at all.
enum class PassphraseStrength : std::uint8_t {
  /// Fewer than 12 characters: not accepted.
  too_short,
  /// Somebody determined finds it.
  weak,
  /// Holds against most.
  fair,
  /// Holds.
  strong,
};
[[nodiscard]] PassphraseStrength strength_of(std::string_view passphrase);

}  // namespace sotto::session
