#include "crypto/aead_library.h"

namespace sotto::crypto {
namespace {

extern "C" {
/// Imported: writes ciphertext || tag.
__attribute__((import_module("aead"), import_name("aes_256_gcm_seal"))) void host_aead_seal(
    const std::uint8_t* key, const std::uint8_t* nonce, const std::uint8_t* associated_data,
    std::size_t associated_data_size, const std::uint8_t* plaintext, std::size_t plaintext_size, std::uint8_t* sealed);
/// Imported: 1, and the plaintext written, if everything is authentic; else 0 and nothing written.
__attribute__((import_module("aead"), import_name("aes_256_gcm_open"))) int host_aead_open(
    const std::uint8_t* key, const std::uint8_t* nonce, const std::uint8_t* associated_data,
    std::size_t associated_data_size, const std::uint8_t* sealed, std::size_t sealed_size, std::uint8_t* plaintext);
}

}  // namespace

void aead_library_seal(const AeadKey& key, const AeadNonce& nonce, ByteView associated_data, ByteView plaintext,
                       std::span<std::uint8_t> sealed) {
  host_aead_seal(key.reveal().data(), nonce.data(), associated_data.data(), associated_data.size(), plaintext.data(),
                 plaintext.size(), sealed.data());
}

bool aead_library_open(const AeadKey& key, const AeadNonce& nonce, ByteView associated_data, ByteView sealed,
                       std::span<std::uint8_t> plaintext) {
  return host_aead_open(key.reveal().data(), nonce.data(), associated_data.data(), associated_data.size(),
                        sealed.data(), sealed.size(), plaintext.data()) == 1;
}

}  // namespace sotto::crypto
