#pragma once

#include <expected>

#include "base/keys.h"
#include "base/random.h"
#include "base/secret.h"

namespace sotto::crypto {

/// The private key in the seed form of FIPS 203 section 3.3: d || z, 32 octets each. The 2,400-octet decapsulation
/// key is expanded on use. A seed is 37 times smaller to store, and any 64 octets are a valid one, so there is no
/// inconsistent private key to guard against; a key of this protocol is used once or few times, so the expansion, a
/// few microseconds, is not worth keeping.
struct MlKem768PrivateKey {
  Secret<64> seed;

  [[nodiscard]] MlKem768PrivateKey copy() const { return {seed.copy()}; }
};

struct MlKem768KeyPair {
  MlKem768PrivateKey private_key;
  MlKem768PublicKey public_key;

  [[nodiscard]] MlKem768KeyPair copy() const { return {private_key.copy(), public_key}; }
};

struct Encapsulation {
  MlKem768Ciphertext ciphertext;
  Secret<32> shared_secret;
};

enum class MlKem768Error : std::uint8_t {
  /// The public key is not the canonical encoding of its coefficients (FIPS 203 section 7.2, modulus check).
  malformed_public_key,
};

/// A fresh key pair (ML-KEM.KeyGen, FIPS 203 algorithm 19) from 64 octets of `random`.
[[nodiscard]] MlKem768KeyPair generate_mlkem768(Random& random);

/// The pair that a seed belongs to (ML-KEM.KeyGen_internal, algorithm 16, with d || z as the seed).
[[nodiscard]] MlKem768KeyPair mlkem768_from_seed(Secret<64> seed);

/// The modulus check of FIPS 203 section 7.2; the length check is in the type.
[[nodiscard]] bool is_acceptable(const MlKem768PublicKey& public_key);

/// A fresh shared secret and the ciphertext that carries it (ML-KEM.Encaps, algorithm 20) from 32 octets of `random`.
[[nodiscard]] std::expected<Encapsulation, MlKem768Error> encapsulate(const MlKem768PublicKey& public_key,
                                                                      Random& random);

/// ML-KEM.Encaps_internal (algorithm 17) with a given message m, for published vectors and comparison with other
/// implementations. Elsewhere m must come from a `Random`, once.
[[nodiscard]] std::expected<Encapsulation, MlKem768Error> encapsulate_deterministic(const MlKem768PublicKey& public_key,
                                                                                    const Secret<32>& message);

/// The shared secret of `ciphertext` (ML-KEM.Decaps, algorithm 21). Never fails: for a ciphertext that was not made for
/// this key the result is a pseudo-random secret (implicit rejection), in the same time, so an attacker learns nothing.
[[nodiscard]] Secret<32> decapsulate(const MlKem768PrivateKey& private_key, const MlKem768Ciphertext& ciphertext);

}  // namespace sotto::crypto
