#include "crypto/aead_library.h"
#include "crypto/aes_gcm/gcm.h"

namespace sotto::crypto {

void aead_library_seal(const AeadKey& key, const AeadNonce& nonce, ByteView associated_data, ByteView plaintext,
                       std::span<std::uint8_t> sealed) {
  aes_gcm::seal(key, nonce, associated_data, plaintext, sealed);
}

bool aead_library_open(const AeadKey& key, const AeadNonce& nonce, ByteView associated_data, ByteView sealed,
                       std::span<std::uint8_t> plaintext) {
  return aes_gcm::open(key, nonce, associated_data, sealed, plaintext);
}

}  // namespace sotto::crypto
