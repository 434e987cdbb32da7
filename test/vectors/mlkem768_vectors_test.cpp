// Property: ML-KEM-768 gives the public key, ciphertext and shared secret of every published vector, refuses every
// public key with a coefficient that is not reduced, and its types have no place for a value of a wrong length.
#include <gtest/gtest.h>

#include "crypto/ml_kem/compression.h"
#include "crypto/ml_kem/k_pke.h"
#include "crypto/mlkem768.h"
#include "vectors/vector_file.h"

namespace sotto::crypto {
namespace {

Bytes revealed(const Secret<32>& secret) { return {secret.reveal().begin(), secret.reveal().end()}; }

Secret<64> seed_of(const Bytes& seed) { return Secret<64>(std::span<const std::uint8_t, 64>(seed)); }

void check_encapsulation(const nlohmann::json&, const nlohmann::json& test) {
  SCOPED_TRACE(label(test));
  const auto public_key = MlKem768PublicKey::from(octets(test, "ek"));
  if (!public_key) {
    EXPECT_FALSE(is_valid(test));
    return;
  }
  const Secret<32> message(std::span<const std::uint8_t, 32>(octets(test, "m")));
  const auto encapsulation = encapsulate_deterministic(*public_key, message);
  ASSERT_EQ(encapsulation.has_value(), is_valid(test));
  if (!encapsulation) return;
  EXPECT_EQ(encapsulation->ciphertext, MlKem768Ciphertext::from(octets(test, "c")));
  EXPECT_EQ(revealed(encapsulation->shared_secret), octets(test, "K"));
}

TEST(Vectors, MlKem768Encapsulation) {
  const auto file = VectorFile::open("mlkem_768_encaps_test.json");
  if (!file) GTEST_SKIP() << VectorFile::where_looked_for("mlkem_768_encaps_test.json");
  const std::size_t executed = file->for_each(check_encapsulation);
  EXPECT_GT(executed, 0u);
  EXPECT_EQ(executed, file->announced());
}

/// dk = ByteEncode_12(s) || ek || H(ek) || z (FIPS 203 algorithm 16); the project keeps d || z instead of it.
void check_key_generation(const nlohmann::json&, const nlohmann::json& test) {
  SCOPED_TRACE(label(test));
  const Bytes seed = octets(test, "seed");
  const Bytes expanded = octets(test, "dk");
  const MlKem768KeyPair pair = mlkem768_from_seed(seed_of(seed));
  EXPECT_EQ(pair.public_key, MlKem768PublicKey::from(octets(test, "ek")));
  const auto pke = ml_kem::pke_generate(std::span<const std::uint8_t, 32>(seed.data(), 32));
  for (std::size_t element = 0; element < ml_kem::k; ++element) {
    ByteArray<384> encoded;
    ml_kem::encode(pke.s[element], encoded);
    EXPECT_TRUE(std::ranges::equal(encoded, ByteView(expanded).subspan(element * 384, 384)));
  }
}

TEST(Vectors, MlKem768KeyGeneration) {
  const auto file = VectorFile::open("mlkem_768_keygen_seed_test.json");
  if (!file) GTEST_SKIP() << VectorFile::where_looked_for("mlkem_768_keygen_seed_test.json");
  const std::size_t executed = file->for_each(check_key_generation);
  EXPECT_GT(executed, 0u);
  EXPECT_EQ(executed, file->announced());
}

/// Includes ciphertexts that are random or altered, which give the secret of implicit rejection.
void check_decapsulation(const nlohmann::json&, const nlohmann::json& test) {
  SCOPED_TRACE(label(test));
  const Bytes seed = octets(test, "seed");
  const auto ciphertext = MlKem768Ciphertext::from(octets(test, "c"));
  ASSERT_EQ(seed.size() == 64 && ciphertext.has_value(), is_valid(test));
  if (!is_valid(test)) return;
  const MlKem768KeyPair pair = mlkem768_from_seed(seed_of(seed));
  EXPECT_EQ(pair.public_key, MlKem768PublicKey::from(octets(test, "ek")));
  EXPECT_EQ(revealed(decapsulate(pair.private_key, *ciphertext)), octets(test, "K"));
}

TEST(Vectors, MlKem768Decapsulation) {
  const auto file = VectorFile::open("mlkem_768_test.json");
  if (!file) GTEST_SKIP() << VectorFile::where_looked_for("mlkem_768_test.json");
  const std::size_t executed = file->for_each(check_decapsulation);
  EXPECT_GT(executed, 0u);
  EXPECT_EQ(executed, file->announced());
}

}  // namespace
}  // namespace sotto::crypto
