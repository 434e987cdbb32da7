#include <sodium.h>

#include "base/invariant.h"
#include "crypto/mlkem768.h"

namespace sotto::crypto {
namespace {

/// The expanded decapsulation key of FIPS 203: 2,400 octets.
struct ExpandedPair {
  MlKem768PublicKey public_key;
  Secret<2400> secret_key;
};

ExpandedPair expand(const Secret<64>& seed) {
  ExpandedPair pair;
  invariant(crypto_kem_mlkem768_seed_keypair(pair.public_key.bytes.data(), pair.secret_key.writable().data(),
                                             seed.reveal().data()) == 0);
  return pair;
}

}  // namespace

MlKem768KeyPair mlkem768_from_seed(Secret<64> seed) {
  const MlKem768PublicKey public_key = expand(seed).public_key;
  return {.private_key = {std::move(seed)}, .public_key = public_key};
}

std::expected<Encapsulation, MlKem768Error> encapsulate_deterministic(const MlKem768PublicKey& public_key,
                                                                      const Secret<32>& message) {
  if (!is_acceptable(public_key)) return std::unexpected(MlKem768Error::malformed_public_key);
  Encapsulation result;
  // The library makes the modulus check too and fails for nothing else.
  invariant(crypto_kem_mlkem768_enc_deterministic(result.ciphertext.bytes.data(),
                                                  result.shared_secret.writable().data(), public_key.bytes.data(),
                                                  message.reveal().data()) == 0);
  return result;
}

Secret<32> decapsulate(const MlKem768PrivateKey& private_key, const MlKem768Ciphertext& ciphertext) {
  const ExpandedPair pair = expand(private_key.seed);
  Secret<32> secret;
  invariant(
      crypto_kem_mlkem768_dec(secret.writable().data(), ciphertext.bytes.data(), pair.secret_key.reveal().data()) == 0);
  return secret;
}

}  // namespace sotto::crypto
