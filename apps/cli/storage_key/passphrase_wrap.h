#pragma once

#include <expected>

#include "base/random.h"
#include "cli/storage_key/keyring.h"
#include "crypto/aead.h"
#include "crypto/argon2id.h"

namespace sotto::cli {

/// A storage key sealed by AES-256-GCM under Argon2id of a passphrase. The key itself is random, so that the
/// passphrase can change without touching the database.
struct WrappedKey {
  crypto::Argon2idCost cost;
  ByteArray<16> salt{};
  crypto::AeadNonce nonce{};
  ByteArray<StorageKey::size + crypto::aead_tag_size> sealed{};
};

enum class UnwrapError : std::uint8_t {
  /// Another passphrase, or the record was changed.
  wrong_passphrase,
  /// The recorded cost is outside of what is sensible; a forged record could otherwise ask for all memory.
  cost_refused,
  out_of_memory,
};

/// Fails with `out_of_memory` only.
[[nodiscard]] std::expected<WrappedKey, UnwrapError> wrap_key(const StorageKey& key, ByteView passphrase,
                                                              Random& random);

[[nodiscard]] std::expected<StorageKey, UnwrapError> unwrap_key(const WrappedKey& wrapped, ByteView passphrase);

}  // namespace sotto::cli
