// Property: both sides get the same secret, an altered ciphertext silently gives an unrelated one, and a public key
// that is not canonical is refused.
#include "crypto/mlkem768.h"

#include <gtest/gtest.h>

#include "crypto/hash.h"
#include "crypto/testing/deterministic_random.h"
#include "crypto/testing/from_text.h"

namespace sotto::crypto {
namespace {

// Wycheproof mlkem_768_test, from the seed of the first official test vector.
TEST(MlKem768, MatchesPublishedVector) {
  const auto pair = mlkem768_from_seed(
      secret_from<64>("7c9935a0b07694aa0c6d10e4db6b1add2fd81a25ccb148032dcd739936737f2d8626ed79d451140800e03b59b956f821"
                      "0e556067407d13dc90fa9e8b872bfb8f"));
  EXPECT_EQ(to_hex(sha256(pair.public_key.bytes).bytes),
            "86adbca81f4fee893e2fb58fb98aa2fe188f501fed268d7f4056f8c05c4e53c4");
  const auto encapsulation = encapsulate_deterministic(
      pair.public_key, secret_from<32>("147c03f7a5bebba406c8fae1874d7f13c80efe79a3a9a874cc09fe76f6997615"));
  ASSERT_TRUE(encapsulation);
  EXPECT_EQ(to_hex(sha256(encapsulation->ciphertext.bytes).bytes),
            "36829a2f35cbf4deb62c0a12a15c22dae9f8d2c252566fc24f88abe805cb575e");
  const auto expected = secret_from<32>("e7184a0975ee3470878d2d159ec83129c8aec253d4ee17b4810311d198cd0368");
  EXPECT_TRUE(encapsulation->shared_secret == expected);
  EXPECT_TRUE(decapsulate(pair.private_key, encapsulation->ciphertext) == expected);
}

TEST(MlKem768, BothSidesAgree) {
  DeterministicRandom random(1);
  for (int round = 0; round < 200; ++round) {
    const MlKem768KeyPair pair = generate_mlkem768(random);
    const auto encapsulation = encapsulate(pair.public_key, random);
    ASSERT_TRUE(encapsulation);
    EXPECT_TRUE(decapsulate(pair.copy().private_key, encapsulation->ciphertext) == encapsulation->shared_secret);
  }
}

TEST(MlKem768, EachEncapsulationIsFresh) {
  DeterministicRandom random(2);
  const MlKem768KeyPair pair = generate_mlkem768(random);
  const auto first = encapsulate(pair.public_key, random).value();
  const auto second = encapsulate(pair.public_key, random).value();
  EXPECT_NE(first.ciphertext, second.ciphertext);
  EXPECT_FALSE(first.shared_secret == second.shared_secret);
}

TEST(MlKem768, RejectsImplicitly) {
  DeterministicRandom random(3);
  const MlKem768KeyPair pair = generate_mlkem768(random);
  const auto encapsulation = encapsulate(pair.public_key, random).value();
  for (std::size_t octet = 0; octet < MlKem768Ciphertext::size; octet += 31) {
    MlKem768Ciphertext altered = encapsulation.ciphertext;
    altered.bytes[octet] ^= 0x10;
    const Secret<32> rejected = decapsulate(pair.private_key, altered);
    EXPECT_FALSE(rejected == encapsulation.shared_secret) << octet;
    EXPECT_TRUE(rejected == decapsulate(pair.private_key, altered)) << octet;
  }
}

TEST(MlKem768, RejectionDependsOnTheSecondHalfOfTheSeed) {
  DeterministicRandom random(4);
  Secret<64> seed = random.next_secret<64>();
  const MlKem768KeyPair pair = mlkem768_from_seed(seed.copy());
  seed.writable()[40] ^= 1;
  const MlKem768KeyPair sibling = mlkem768_from_seed(std::move(seed));
  EXPECT_EQ(pair.public_key, sibling.public_key);
  const auto encapsulation = encapsulate(pair.public_key, random).value();
  EXPECT_TRUE(decapsulate(sibling.private_key, encapsulation.ciphertext) == encapsulation.shared_secret);
  MlKem768Ciphertext altered = encapsulation.ciphertext;
  altered.bytes[7] ^= 1;
  EXPECT_FALSE(decapsulate(pair.private_key, altered) == decapsulate(sibling.private_key, altered));
}

/// The key with coefficient `number` set to `value`.
MlKem768PublicKey with_coefficient(MlKem768PublicKey key, std::size_t number, unsigned value) {
  const std::size_t at = number / 2 * 3;
  if (number % 2 == 0) {
    key.bytes[at] = static_cast<std::uint8_t>(value);
    key.bytes[at + 1] = static_cast<std::uint8_t>((key.bytes[at + 1] & 0xf0) | value >> 8);
  } else {
    key.bytes[at + 1] = static_cast<std::uint8_t>((key.bytes[at + 1] & 0x0f) | (value & 15) << 4);
    key.bytes[at + 2] = static_cast<std::uint8_t>(value >> 4);
  }
  return key;
}

TEST(MlKem768, RefusesAPublicKeyOnceACoefficientIsNotReduced) {
  DeterministicRandom random(5);
  const MlKem768PublicKey key = generate_mlkem768(random).public_key;
  ASSERT_TRUE(is_acceptable(key));
  for (std::size_t number = 0; number < 768; ++number) {
    EXPECT_TRUE(is_acceptable(with_coefficient(key, number, 3328))) << number;
    EXPECT_FALSE(is_acceptable(with_coefficient(key, number, 3329))) << number;
  }
  const auto refused = encapsulate(with_coefficient(key, 767, 4095), random);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error(), MlKem768Error::malformed_public_key);
}

}  // namespace
}  // namespace sotto::crypto
