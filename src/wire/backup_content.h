#pragma once

#include "wire/session_message.h"

namespace sotto::wire {

// What is inside a backup. The server sees only sealed octets (docs/protocol/encryption.md).

/// How the key that opens a backup's header comes from what the user keeps.
enum class BackupLock : std::uint8_t { recovery_key, passphrase, devices };

constexpr auto describe(std::type_identity<BackupLock>) {
  using Value = EnumValue<BackupLock>;
  return enumeration(
      "BackupLock", "What opens a backup.",
      Value{BackupLock::recovery_key, "recovery_key", "32 random octets, kept as words or a QR code."},
      Value{BackupLock::passphrase, "passphrase", "A passphrase, through Argon2id."},
      Value{BackupLock::devices, "devices", "Nothing that the user keeps: only the account's devices have its key."});
}

/// The readable part of a backup's header, and the sealed BackupSecrets.
struct BackupHeader {
  std::uint32_t suite = 0;
  BackupLock lock = BackupLock::recovery_key;
  MessageId salt;
  std::uint32_t memory_kib = 0;
  std::uint32_t passes = 0;
  Bytes sealed;

  static constexpr auto describe() {
    using Self = BackupHeader;
    return message("BackupHeader", "The header of a backup.", field(1, "suite", &Self::suite, "1."),
                   field(2, "lock", &Self::lock, "What opens it."),
                   field(3, "salt", &Self::salt, "Random; of Argon2id, or of HKDF."),
                   field(4, "memory_kib", &Self::memory_kib, "Of Argon2id; 0 without a passphrase."),
                   field(5, "passes", &Self::passes, "Of Argon2id; 0 without a passphrase."),
                   field(6, "sealed", &Self::sealed, at_most(1'024),
                         "AES-256-GCM ciphertext and tag of BackupSecrets; empty for devices alone."));
  }
};

/// What makes a device one of the account's.
struct BackupSecrets {
  AccountId account;
  Secret<32> account_seed;
  Secret<32> backup_key;

  static constexpr auto describe() {
    using Self = BackupSecrets;
    return message("BackupSecrets", "What a recovery key or passphrase opens.",
                   field(1, "account", &Self::account, "Whose."),
                   field(2, "account_seed", &Self::account_seed, "The account key's Ed25519 seed."),
                   field(3, "backup_key", &Self::backup_key, "Seals the packs."));
  }
};

struct ConversationKeys {
  ConversationId conversation;
  std::vector<MessageKey> keys;

  static constexpr auto describe() {
    return message("ConversationKeys", "Keys of messages in one conversation.",
                   field(1, "conversation", &ConversationKeys::conversation, "Which."),
                   field(2, "keys", &ConversationKeys::keys, at_most(500), "Of which messages."));
  }
};

/// A group's profile, which a member who was added later may have from a mailbox only.
struct KnownProfile {
  ConversationId conversation;
  Bytes profile;

  static constexpr auto describe() {
    return message("KnownProfile", "A group's profile.",
                   field(1, "conversation", &KnownProfile::conversation, "Which group."),
                   field(2, "profile", &KnownProfile::profile, at_most(16 * 1024), "Canonical GroupProfile."));
  }
};

/// One pack, before it is padded and sealed. Disappearing messages are never in one.
struct BackupContent {
  std::vector<ConversationKeys> conversations;
  std::vector<KnownProfile> profiles;

  static constexpr auto describe() {
    using Self = BackupContent;
    return message("BackupContent", "One pack of a backup.",
                   field(1, "conversations", &Self::conversations, at_most(500), "Keys, by conversation."),
                   field(2, "profiles", &Self::profiles, at_most(100), "Profiles of groups."));
  }
};

}  // namespace sotto::wire
