#pragma once

#include <expected>

#include "base/bytes.h"
#include "base/secret.h"

namespace sotto::crypto {

// AES-256-GCM (NIST SP 800-38D) with a 12-octet nonce and the full 16-octet tag. A nonce must never be used twice under
// one key. The construction does not commit to its key: where that matters, the caller binds the key separately.

using AeadKey = Secret<32>;
using AeadNonce = ByteArray<12>;

inline constexpr std::size_t aead_tag_size = 16;

/// Why nothing was opened. All are the sender's or the network's doing; none reveals anything about the plaintext.
enum class AeadError : std::uint8_t {
  /// Shorter than a tag.
  truncated,
  /// Longer than one call can process (2^31 - 1 octets).
  too_long,
  /// Key, nonce, associated data, ciphertext or tag differ from what was sealed.
  not_authentic,
};

/// ciphertext || tag; as long as `plaintext` plus `aead_tag_size`. Each input is shorter than 2^31 octets.
[[nodiscard]] Bytes seal(const AeadKey& key, const AeadNonce& nonce, ByteView associated_data, ByteView plaintext);

/// The plaintext, only if all of it is authentic. `ciphertext` is what `seal` gave.
[[nodiscard]] std::expected<SecretBuffer, AeadError> open(const AeadKey& key, const AeadNonce& nonce,
                                                          ByteView associated_data, ByteView ciphertext);

}  // namespace sotto::crypto
