#include "crypto/constant_time.h"
#include "crypto/ml_kem/compression.h"
#include "crypto/ml_kem/k_pke.h"
#include "crypto/ml_kem/keccak.h"
#include "crypto/mlkem768.h"

namespace sotto::crypto {
namespace {

using ml_kem::EncryptionKey;
using ml_kem::PkeKeyPair;

/// H(ek) of FIPS 203 section 4.1.
ByteArray<32> hash_of(const MlKem768PublicKey& public_key) {
  ByteArray<32> digest;
  ml_kem::Sha3_256().absorb(public_key.bytes).squeeze(digest);
  return digest;
}

/// (K, r) of algorithm 17 line 1.
struct Derived {
  Secret<32> shared_secret;
  Secret<32> randomness;
};

/// G(m || H(ek)).
Derived derive(const Secret<32>& message, const MlKem768PublicKey& public_key) {
  Secret<64> both;
  ml_kem::Sha3_512().absorb(message.reveal()).absorb(hash_of(public_key)).squeeze(both.writable());
  return {Secret<32>(both.reveal().first<32>()), Secret<32>(both.reveal().last<32>())};
}

}  // namespace

MlKem768KeyPair mlkem768_from_seed(Secret<64> seed) {
  const PkeKeyPair pke = ml_kem::pke_generate(seed.reveal().first<32>());
  return {.private_key = {std::move(seed)}, .public_key = pke.encoded};
}

std::expected<Encapsulation, MlKem768Error> encapsulate_deterministic(const MlKem768PublicKey& public_key,
                                                                      const Secret<32>& message) {
  if (!is_acceptable(public_key)) return std::unexpected(MlKem768Error::malformed_public_key);
  Derived derived = derive(message, public_key);
  const EncryptionKey key = ml_kem::pke_expand(public_key);
  return Encapsulation{.ciphertext = ml_kem::pke_encrypt(key, {.message = message, .randomness = derived.randomness}),
                       .shared_secret = std::move(derived.shared_secret)};
}

Secret<32> decapsulate(const MlKem768PrivateKey& private_key, const MlKem768Ciphertext& ciphertext) {
  const PkeKeyPair pair = ml_kem::pke_generate(private_key.seed.reveal().first<32>());
  const Secret<32> message = ml_kem::pke_decrypt(pair.s, ciphertext);
  const Derived derived = derive(message, pair.encoded);

  // J(z || c): what a ciphertext that was not made for this key yields.
  Secret<32> result;
  ml_kem::Shake256().absorb(private_key.seed.reveal().last<32>()).absorb(ciphertext.bytes).squeeze(result.writable());
  MlKem768Ciphertext repeated =
      ml_kem::pke_encrypt(pair.encryption_key, {.message = message, .randomness = derived.randomness});
  move_if(mask_if_equal(ciphertext.bytes, repeated.bytes), derived.shared_secret, result);
  wipe(repeated.bytes);
  return result;
}

}  // namespace sotto::crypto
