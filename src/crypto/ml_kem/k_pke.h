#pragma once

#include "base/keys.h"
#include "base/secret.h"
#include "crypto/ml_kem/polynomial.h"

namespace sotto::crypto::ml_kem {

// K-PKE, the encryption scheme inside ML-KEM (FIPS 203 section 5). Not for use alone: only ML-KEM's re-encryption makes
// it safe against chosen ciphertexts.

/// ek_PKE taken apart: t = A s + e in the transformed domain, and A itself.
struct EncryptionKey {
  TransformedVector t;
  Matrix a;
};

/// Both halves of a fresh key.
struct PkeKeyPair {
  EncryptionKey encryption_key;
  /// dk_PKE taken apart: s in the transformed domain.
  TransformedVector s;
  /// ByteEncode_12(t) || rho.
  MlKem768PublicKey encoded;
};

/// K-PKE.KeyGen (algorithm 13) from the 32 octets d.
[[nodiscard]] PkeKeyPair pke_generate(std::span<const std::uint8_t, 32> d);

/// Takes apart a key that passed the modulus check.
[[nodiscard]] EncryptionKey pke_expand(const MlKem768PublicKey& encoded);

/// The message and the randomness of one encryption.
struct PkeInput {
  const Secret<32>& message;
  const Secret<32>& randomness;
};

/// K-PKE.Encrypt (algorithm 14).
[[nodiscard]] MlKem768Ciphertext pke_encrypt(const EncryptionKey& key, const PkeInput& input);

/// K-PKE.Decrypt (algorithm 15) with `s` of the key pair.
[[nodiscard]] Secret<32> pke_decrypt(const TransformedVector& s, const MlKem768Ciphertext& ciphertext);

}  // namespace sotto::crypto::ml_kem
