// Property: a signature is accepted only for its own key, context and message, in its one encoding.
#include "crypto/ed25519.h"

#include <gtest/gtest.h>

#include "crypto/testing/deterministic_random.h"
#include "crypto/testing/from_text.h"

namespace sotto::crypto {
namespace {

constexpr std::string_view context = "sotto test v1";

// RFC 8032 section 7.1, tests 1 and 2.
TEST(Ed25519, MatchesPublishedSignatures) {
  const auto first =
      ed25519_from_seed(secret_from<32>("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
  EXPECT_EQ(to_hex(first.public_key.bytes), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  EXPECT_EQ(to_hex(sign_raw(first, {}).bytes),
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0"
            "595bbe24655141438e7a100b");
  const auto second =
      ed25519_from_seed(secret_from<32>("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
  EXPECT_EQ(to_hex(sign_raw(second, octets_from("72")).bytes),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eae"
            "b4302aeeb00d291612bb0c00");
}

TEST(Ed25519, AcceptsItsOwnSignatures) {
  DeterministicRandom random(1);
  const Ed25519KeyPair pair = generate_ed25519(random);
  for (std::size_t length = 0; length < 200; length += 7) {
    const Bytes message(length, 0x5a);
    EXPECT_TRUE(verify(pair.public_key, context, message, sign(pair.copy(), context, message)));
    EXPECT_TRUE(verify_raw(pair.public_key, message, sign_raw(pair, message)));
  }
}

TEST(Ed25519, ASignatureServesOnePurpose) {
  DeterministicRandom random(2);
  const Ed25519KeyPair pair = generate_ed25519(random);
  const auto message = as_bytes("message");
  const Ed25519Signature signature = sign(pair, context, message);
  EXPECT_FALSE(verify(pair.public_key, "sotto other v1", message, signature));
  EXPECT_FALSE(verify_raw(pair.public_key, message, signature));
  EXPECT_FALSE(verify(pair.public_key, context, message, sign_raw(pair, message)));
  // The octets of the context cannot be moved into the message.
  EXPECT_FALSE(verify(pair.public_key, "sotto test", as_bytes(" v1message"), signature));
  // The layout is part of the protocol: context || 0x00 || message.
  EXPECT_TRUE(verify_raw(pair.public_key, as_bytes(std::string_view("sotto test v1\0message", 21)), signature));
}

TEST(Ed25519, RefusesWhatWasChanged) {
  DeterministicRandom random(3);
  const Ed25519KeyPair pair = generate_ed25519(random);
  const auto message = as_bytes("message");
  const Ed25519Signature signature = sign(pair, context, message);
  EXPECT_FALSE(verify(pair.public_key, context, as_bytes("Message"), signature));
  EXPECT_FALSE(verify(generate_ed25519(random).public_key, context, message, signature));
  for (std::size_t octet = 0; octet < 64; ++octet) {
    Ed25519Signature altered = signature;
    altered.bytes[octet] ^= 1;
    EXPECT_FALSE(verify(pair.public_key, context, message, altered)) << octet;
  }
}

TEST(Ed25519, RefusesASecondSpellingOfS) {
  DeterministicRandom random(4);
  const Ed25519KeyPair pair = generate_ed25519(random);
  Ed25519Signature signature = sign(pair, context, {});
  // S + L is the same number modulo the group's order L.
  const Bytes order = octets_from("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  unsigned carry = 0;
  for (std::size_t octet = 0; octet < 32; ++octet) {
    carry += static_cast<unsigned>(signature.bytes[32 + octet]) + order[octet];
    signature.bytes[32 + octet] = static_cast<std::uint8_t>(carry);
    carry >>= 8;
  }
  EXPECT_FALSE(verify(pair.public_key, context, {}, signature));
}

TEST(Ed25519, RefusesPublicKeysOfSmallOrderOrSecondSpelling) {
  // With the neutral point as key, and as R, S = 0 would fit every message.
  Ed25519Signature universal{};
  universal.bytes[0] = 1;
  const auto neutral = fixed_from<Ed25519PublicKey>("0100000000000000000000000000000000000000000000000000000000000000");
  EXPECT_FALSE(verify_raw(neutral, as_bytes("any message"), universal));
  const auto of_order_eight =
      fixed_from<Ed25519PublicKey>("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a");
  EXPECT_FALSE(verify_raw(of_order_eight, as_bytes("any message"), universal));
  const auto not_canonical =
      fixed_from<Ed25519PublicKey>("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
  EXPECT_FALSE(verify_raw(not_canonical, as_bytes("any message"), universal));
}

TEST(Ed25519DeathTest, ContextsAreOurOwnAndMustBePrintable) {
  DeterministicRandom random(5);
  const Ed25519KeyPair pair = generate_ed25519(random);
  EXPECT_DEATH_IF_SUPPORTED(static_cast<void>(sign(pair, "", {})), "invariant broken");
  EXPECT_DEATH_IF_SUPPORTED(static_cast<void>(sign(pair, std::string_view("a\0b", 3), {})), "invariant broken");
}

}  // namespace
}  // namespace sotto::crypto
