// Property: our AES-256-GCM, which is for where no library has one, gives what a library's gives, for every length and
// in both directions, and opens nothing that is not authentic.
#include "crypto/aes_gcm/gcm.h"

#include <gtest/gtest.h>

#include "crypto/aes_gcm/aes256.h"
#include "crypto/testing/deterministic_random.h"
#include "crypto/testing/from_text.h"

namespace sotto::crypto::aes_gcm {
namespace {

constexpr std::size_t most_octets = 200;

Bytes random_octets(DeterministicRandom& random, std::size_t size) {
  Bytes octets(size);
  random.fill(octets);
  return octets;
}

// FIPS 197 appendix C.3.
TEST(Aes256, MatchesPublishedVector) {
  Blocks blocks{};
  const Bytes plaintext = octets_from("00112233445566778899aabbccddeeff");
  for (std::size_t place = 0; place < blocks_at_once; ++place) {
    std::ranges::copy(plaintext, std::span(blocks).subspan(place * block_size).begin());
  }
  Aes256(secret_from<32>("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")).encrypt(blocks);
  for (std::size_t place = 0; place < blocks_at_once; ++place) {
    EXPECT_EQ(to_hex(std::span(blocks).subspan(place * block_size, block_size)), "8ea2b7ca516745bfeafc49904b496089");
  }
}

TEST(Gcm, GivesWhatTheLibraryGives) {
  DeterministicRandom random(7);
  for (std::size_t length = 0; length < most_octets; ++length) {
    const AeadKey key = random.next_secret<32>();
    AeadNonce nonce;
    random.fill(nonce);
    const Bytes associated_data = random_octets(random, (length * 7) % most_octets);
    const Bytes plaintext = random_octets(random, length);
    Bytes sealed(length + aead_tag_size);
    seal(key, nonce, associated_data, plaintext, sealed);
    ASSERT_EQ(sealed, crypto::seal(key, nonce, associated_data, plaintext)) << length;
    Bytes opened(length);
    ASSERT_TRUE(open(key, nonce, associated_data, sealed, opened));
    ASSERT_EQ(opened, plaintext);
  }
}

TEST(Gcm, GivesWhatTheLibraryGivesForMuch) {
  DeterministicRandom random(8);
  const AeadKey key = random.next_secret<32>();
  const Bytes plaintext = random_octets(random, 70'000);
  Bytes sealed(plaintext.size() + aead_tag_size);
  seal(key, {}, plaintext, plaintext, sealed);
  EXPECT_EQ(sealed, crypto::seal(key, {}, plaintext, plaintext));
}

TEST(Gcm, WritesNothingOfWhatIsNotAuthentic) {
  DeterministicRandom random(9);
  const AeadKey key = random.next_secret<32>();
  const Bytes plaintext = random_octets(random, 40);
  Bytes sealed(plaintext.size() + aead_tag_size);
  seal(key, {}, {}, plaintext, sealed);
  for (std::size_t octet = 0; octet < sealed.size(); ++octet) {
    Bytes altered = sealed;
    altered[octet] ^= 1;
    Bytes opened(plaintext.size());
    ASSERT_FALSE(open(key, {}, {}, altered, opened));
    ASSERT_EQ(opened, Bytes(plaintext.size()));
  }
}

}  // namespace
}  // namespace sotto::crypto::aes_gcm
