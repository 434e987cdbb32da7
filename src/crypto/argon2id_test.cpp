// Property: a password opens only its own hash, and a hash says when its cost is no longer the wanted one.
#include "crypto/argon2id.h"

#include <gtest/gtest.h>

#include "crypto/testing/deterministic_random.h"
#include "crypto/testing/from_text.h"

namespace sotto::crypto {
namespace {

constexpr Argon2idCost cheap{.memory_kib = 64, .passes = 2};

std::string hashed(std::string_view password) {
  DeterministicRandom random(1);
  return hash_password(as_bytes(password), cheap, random).value();
}

// Computed with another implementation, npm hash-wasm 4.12.0.
TEST(Argon2id, AgreesWithAnotherImplementation) {
  constexpr auto hash =
      "$argon2id$v=19$m=256,t=3,p=1$AAECAwQFBgcICQoLDA0ODw$GbyCn9ippamElHvM8vDnTLmbVG3f1FUSPWgHdyqvTB0";
  constexpr std::string_view password = "correct horse battery staple";
  ByteArray<16> salt;
  for (std::size_t index = 0; index < salt.size(); ++index) salt[index] = static_cast<std::uint8_t>(index);
  EXPECT_TRUE(argon2id(as_bytes(password), salt, {.memory_kib = 256, .passes = 3}).value() ==
              secret_from<32>("19bc829fd8a9a5a984947bccf2f0e74cb99b546ddfd455123d6807772aaf4c1d"));
  EXPECT_TRUE(verify_password(hash, as_bytes(password)));
  EXPECT_FALSE(needs_rehash(hash, {.memory_kib = 256, .passes = 3}));
}

// The example of the PHP manual for sodium_crypto_pwhash_str: what libsodium writes, we read.
TEST(Argon2id, ReadsHashesOfLibsodium) {
  constexpr auto hash =
      "$argon2id$v=19$m=65536,t=2,p=1$oWIfdaXwWwhVmovOBc2NAQ$EbsZ+JnZyyavkafS0hoc4HdaOB0ILWZESAZ7kVGa+Iw";
  EXPECT_TRUE(verify_password(hash, as_bytes("password")));
  EXPECT_FALSE(verify_password(hash, as_bytes("Password")));
  EXPECT_FALSE(needs_rehash(hash, {.memory_kib = 65536, .passes = 2}));
}

TEST(Argon2id, DerivesTheSameKeyAgain) {
  const auto key = argon2id(as_bytes("passphrase"), ByteArray<16>{1}, cheap);
  ASSERT_TRUE(key);
  EXPECT_TRUE(*key == argon2id(as_bytes("passphrase"), ByteArray<16>{1}, cheap).value());
  EXPECT_FALSE(*key == argon2id(as_bytes("passphrasf"), ByteArray<16>{1}, cheap).value());
  EXPECT_FALSE(*key == argon2id(as_bytes("passphrase"), ByteArray<16>{2}, cheap).value());
  EXPECT_FALSE(*key == argon2id(as_bytes("passphrase"), ByteArray<16>{1}, {.memory_kib = 72, .passes = 2}).value());
}

TEST(Argon2id, RefusesCostsThatCannotBePaid) {
  for (const Argon2idCost cost :
       {Argon2idCost{}, Argon2idCost{.memory_kib = 7, .passes = 1}, Argon2idCost{.memory_kib = 64, .passes = 0},
        Argon2idCost{.memory_kib = 4'194'304, .passes = 1}, Argon2idCost{.memory_kib = 64, .passes = 1, .lanes = 2}}) {
    const auto refused = argon2id(as_bytes("passphrase"), ByteArray<16>{}, cost);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), Argon2idError::cost_refused);
    DeterministicRandom random(2);
    EXPECT_FALSE(hash_password(as_bytes("passphrase"), cost, random));
    EXPECT_TRUE(needs_rehash(hashed("passphrase"), cost));
  }
}

TEST(PasswordHash, OpensWithItsPasswordOnly) {
  const std::string hash = hashed("correct horse");
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=64,t=2,p=1$"));
  EXPECT_TRUE(verify_password(hash, as_bytes("correct horse")));
  EXPECT_FALSE(verify_password(hash, as_bytes("correct horsf")));
  EXPECT_FALSE(verify_password(hash, as_bytes("correct horse ")));
  EXPECT_FALSE(verify_password(hash, {}));
  EXPECT_TRUE(verify_password(hashed(""), {}));
}

TEST(PasswordHash, HasAFreshSaltEachTime) {
  DeterministicRandom random(3);
  EXPECT_NE(hash_password(as_bytes("same"), cheap, random).value(),
            hash_password(as_bytes("same"), cheap, random).value());
}

TEST(PasswordHash, RefusesEverythingElse) {
  const std::string hash = hashed("password");
  for (std::size_t length = 0; length < hash.size(); ++length) {
    EXPECT_FALSE(verify_password(std::string_view(hash).substr(0, length), as_bytes("password"))) << length;
  }
  for (const std::string& other : {hash + "A", hash + std::string(1, '\0'), std::string(4000, '$'),
                                   "$argon2i" + hash.substr(9), std::string("password"), "x" + hash}) {
    EXPECT_FALSE(verify_password(other, as_bytes("password")));
    EXPECT_TRUE(needs_rehash(other, cheap));
  }
}

TEST(PasswordHash, SaysWhenItsCostIsNotTheWantedOne) {
  const std::string hash = hashed("password");
  EXPECT_FALSE(needs_rehash(hash, cheap));
  EXPECT_TRUE(needs_rehash(hash, {.memory_kib = 128, .passes = 2}));
  EXPECT_TRUE(needs_rehash(hash, {.memory_kib = 64, .passes = 3}));
}

}  // namespace
}  // namespace sotto::crypto
