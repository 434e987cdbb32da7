#pragma once

#include <expected>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>

#include "base/random.h"
#include "cli/storage_key/keyring.h"

namespace sotto::cli {

// The key that seals a home's database, and where it is kept. The home's file `storage-key.json` names the source, so
// that every later run fetches from the same one:
//
//   {"source":"keyring","entry":"<hex>"}       the operating system's keyring holds the key
//   {"source":"passphrase","memory_kib":65536,"passes":3,"salt":"<hex>","nonce":"<hex>","wrapped_key":"<hex>"}
//                                              the key, sealed by AES-256-GCM under Argon2id of a passphrase
//   {"source":"key_file"}                      the file `storage.key` (mode 0600) holds the 32 octets

enum class KeySource : std::uint8_t { keyring, passphrase, key_file };

enum class StorageKeyError : std::uint8_t {
  /// The home has no key yet.
  not_created,
  /// The home has a key already; a second one would lock its database out.
  already_created,
  /// The key is in the keyring, which is locked or does not answer.
  keyring_unavailable,
  /// The keyring answers but no longer holds the key.
  keyring_entry_missing,
  /// Nobody gave a passphrase.
  passphrase_missing,
  /// Fewer than 12 characters; only at creation.
  passphrase_too_short,
  wrong_passphrase,
  /// `storage.key` is gone or has another size than 32 octets.
  key_file_damaged,
  /// A key file can be read by others.
  open_to_others,
  /// `storage-key.json` is not what this program writes.
  record_damaged,
  /// The operating system refused a file.
  file_failed,
  /// Argon2id could not have its memory.
  out_of_memory,
};

/// Asks the person, or the environment, for the home's passphrase. Nothing when there is nobody to ask.
using AskPassphrase = std::function<std::optional<SecretBuffer>()>;

struct CreatedStorageKey {
  StorageKey key;
  KeySource source = KeySource::key_file;
};

enum class KeyPreference : std::uint8_t {
  /// The keyring if it answers, else a key file.
  best_available,
  /// A passphrase, whatever the keyring says.
  passphrase,
};

/// Makes a key for a home that has none and records its source durably. `home` exists and is private.
[[nodiscard]] std::expected<CreatedStorageKey, StorageKeyError> create_storage_key(const std::filesystem::path& home,
                                                                                   KeyPreference preference,
                                                                                   Keyring& keyring,
                                                                                   const AskPassphrase& ask,
                                                                                   Random& random);

/// Fetches the home's key from the source that it was created with.
[[nodiscard]] std::expected<StorageKey, StorageKeyError> open_storage_key(const std::filesystem::path& home,
                                                                          Keyring& keyring, const AskPassphrase& ask);

/// Whether the home has a key.
[[nodiscard]] bool has_storage_key(const std::filesystem::path& home);

/// The place in words, for the notice at creation.
[[nodiscard]] std::string_view describe_source(KeySource source);

/// What went wrong and what to do about it, for the person.
[[nodiscard]] std::string_view describe_error(StorageKeyError error);

}  // namespace sotto::cli
