#pragma once

#include "crypto/aead.h"

namespace sotto::crypto {

// What aead.cpp asks of the library behind it: aead_openssl.cpp natively, aead_native.cpp in a wasm module.

/// Writes ciphertext || tag. `sealed` is as long as `plaintext` plus the tag.
void aead_library_seal(const AeadKey& key, const AeadNonce& nonce, ByteView associated_data, ByteView plaintext,
                       std::span<std::uint8_t> sealed);

/// False if `sealed`, which has at least a tag, is not authentic; then what is in `plaintext` is worth nothing.
/// `plaintext` is as long as `sealed` without the tag.
[[nodiscard]] bool aead_library_open(const AeadKey& key, const AeadNonce& nonce, ByteView associated_data,
                                     ByteView sealed, std::span<std::uint8_t> plaintext);

}  // namespace sotto::crypto
