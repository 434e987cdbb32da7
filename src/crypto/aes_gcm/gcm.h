#pragma once

#include "crypto/aead.h"

namespace sotto::crypto::aes_gcm {

/// Writes ciphertext || tag. `sealed` is as long as `plaintext` plus the tag.
void seal(const AeadKey& key, const AeadNonce& nonce, ByteView associated_data, ByteView plaintext,
          std::span<std::uint8_t> sealed);

/// False, and nothing written, if `sealed`, which has at least a tag, is not authentic. `plaintext` is as long as
/// `sealed` without the tag.
[[nodiscard]] bool open(const AeadKey& key, const AeadNonce& nonce, ByteView associated_data, ByteView sealed,
                        std::span<std::uint8_t> plaintext);

}  // namespace sotto::crypto::aes_gcm
