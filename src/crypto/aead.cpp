#include "crypto/aead.h"

#include <limits>

#include "base/invariant.h"
#include "crypto/aead_library.h"

namespace sotto::crypto {
namespace {

constexpr std::size_t longest_input = std::numeric_limits<int>::max();

}  // namespace

Bytes seal(const AeadKey& key, const AeadNonce& nonce, ByteView associated_data, ByteView plaintext) {
  invariant(plaintext.size() <= longest_input - aead_tag_size && associated_data.size() <= longest_input);
  Bytes sealed(plaintext.size() + aead_tag_size);
  aead_library_seal(key, nonce, associated_data, plaintext, sealed);
  return sealed;
}

std::expected<SecretBuffer, AeadError> open(const AeadKey& key, const AeadNonce& nonce, ByteView associated_data,
                                            ByteView ciphertext) {
  if (ciphertext.size() < aead_tag_size) return std::unexpected(AeadError::truncated);
  if (ciphertext.size() > longest_input || associated_data.size() > longest_input) {
    return std::unexpected(AeadError::too_long);
  }
  SecretBuffer plaintext(ciphertext.size() - aead_tag_size);
  if (!aead_library_open(key, nonce, associated_data, ciphertext, plaintext.writable())) {
    return std::unexpected(AeadError::not_authentic);
  }
  return plaintext;
}

}  // namespace sotto::crypto
