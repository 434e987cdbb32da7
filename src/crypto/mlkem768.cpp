#include "crypto/mlkem768.h"

#include "crypto/ml_kem/compression.h"

namespace sotto::crypto {

// What is the same over our own implementation (mlkem768_native.cpp) and over OpenSSL's (mlkem768_openssl.cpp), of
// which the build takes one.

MlKem768KeyPair generate_mlkem768(Random& random) { return mlkem768_from_seed(random.next_secret<64>()); }

bool is_acceptable(const MlKem768PublicKey& public_key) {
  const ByteView encoded = public_key.view();
  for (std::size_t index = 0; index < ml_kem::k * ml_kem::encoded_size<12>; index += 3) {
    const int first = encoded[index] | (encoded[index + 1] & 15) << 8;
    const int second = encoded[index + 1] >> 4 | encoded[index + 2] << 4;
    if (first >= ml_kem::q || second >= ml_kem::q) return false;
  }
  return true;
}

std::expected<Encapsulation, MlKem768Error> encapsulate(const MlKem768PublicKey& public_key, Random& random) {
  return encapsulate_deterministic(public_key, random.next_secret<32>());
}

}  // namespace sotto::crypto
