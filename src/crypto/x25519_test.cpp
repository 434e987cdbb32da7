// Property: both sides of an exchange get the same secret, and no secret comes from a public key that is not the one
// canonical encoding of a point of high order.
#include "crypto/x25519.h"

#include <gtest/gtest.h>

#include "crypto/testing/deterministic_random.h"
#include "crypto/testing/from_text.h"

namespace sotto::crypto {
namespace {

// RFC 7748 section 6.1.
TEST(X25519, MatchesPublishedExchange) {
  const auto alice =
      x25519_from_private(secret_from<32>("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"));
  const auto bob =
      x25519_from_private(secret_from<32>("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"));
  EXPECT_EQ(to_hex(alice.public_key.bytes), "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
  EXPECT_EQ(to_hex(bob.public_key.bytes), "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
  const auto expected = secret_from<32>("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
  EXPECT_TRUE(x25519(alice.private_key, bob.public_key).value() == expected);
  EXPECT_TRUE(x25519(bob.private_key, alice.public_key).value() == expected);
}

TEST(X25519, BothSidesAgree) {
  DeterministicRandom random(1);
  for (int round = 0; round < 50; ++round) {
    const X25519KeyPair alice = generate_x25519(random);
    const X25519KeyPair bob = generate_x25519(random);
    const auto shared = x25519(alice.private_key, bob.public_key);
    ASSERT_TRUE(shared);
    EXPECT_TRUE(*shared == x25519(bob.private_key, alice.public_key).value());
    EXPECT_FALSE(*shared == x25519(alice.copy().private_key, alice.public_key).value());
  }
}

// The public key comes through Ed25519's curve; the ladder over the base point is the definition.
TEST(X25519, PublicKeyIsTheProductWithTheBasePoint) {
  DeterministicRandom random(4);
  X25519PublicKey base_point;
  base_point.bytes[0] = 9;
  for (int round = 0; round < 300; ++round) {
    const X25519KeyPair pair = generate_x25519(random);
    const auto product = x25519(pair.private_key, base_point);
    ASSERT_TRUE(product);
    EXPECT_EQ(to_hex(product->reveal()), to_hex(pair.public_key.bytes));
  }
}

void expect_refused(const X25519PublicKey& peer) {
  DeterministicRandom random(2);
  EXPECT_FALSE(is_acceptable(peer)) << to_hex(peer.bytes);
  const auto shared = x25519(random.next_secret<32>(), peer);
  ASSERT_FALSE(shared) << to_hex(peer.bytes);
  EXPECT_EQ(shared.error(), X25519Error::unacceptable_public_key);
}

TEST(X25519, RefusesPointsOfLowOrder) {
  for (const auto* point : {"0000000000000000000000000000000000000000000000000000000000000000",
                            "0100000000000000000000000000000000000000000000000000000000000000",
                            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"}) {
    expect_refused(fixed_from<X25519PublicKey>(point));
  }
}

TEST(X25519, RefusesASecondSpellingOfAnyPoint) {
  DeterministicRandom random(3);
  for (int round = 0; round < 20; ++round) {
    X25519PublicKey key = generate_x25519(random).public_key;
    ASSERT_TRUE(is_acceptable(key));
    key.bytes[31] |= 0x80;
    expect_refused(key);
  }
  // Everything from p = 2^255 - 19 up to 2^255 - 1; the number just below, p - 2, is fine.
  X25519PublicKey number =
      fixed_from<X25519PublicKey>("ebffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
  EXPECT_TRUE(is_acceptable(number));
  for (int lowest = 0xed; lowest <= 0xff; ++lowest) {
    number.bytes[0] = static_cast<std::uint8_t>(lowest);
    expect_refused(number);
  }
}

}  // namespace
}  // namespace sotto::crypto
