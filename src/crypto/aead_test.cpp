// Property: what was sealed opens only under the same key, nonce and associated data, whole and unchanged.
#include "crypto/aead.h"

#include <gtest/gtest.h>
#include <thread>

#include "crypto/testing/deterministic_random.h"
#include "crypto/testing/from_text.h"

namespace sotto::crypto {
namespace {

// "The Galois/Counter Mode of Operation", test case 16.
TEST(Aead, MatchesPublishedVector) {
  const auto key = secret_from<32>("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
  AeadNonce nonce;
  std::ranges::copy(octets_from("cafebabefacedbaddecaf888"), nonce.begin());
  const Bytes sealed = seal(key, nonce, octets_from("feedfacedeadbeeffeedfacedeadbeefabaddad2"),
                            octets_from("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809"
                                        "532fcf0e2449a6b525b16aedf5aa0de657ba637b39"));
  EXPECT_EQ(
      to_hex(sealed),
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba"
      "7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b");
}

class SealedMessage : public testing::Test {
 protected:
  DeterministicRandom random_{1};
  AeadKey key_ = random_.next_secret<32>();
  AeadNonce nonce_{1, 2, 3};
  Bytes associated_data_ = {4, 5, 6};
  Bytes sealed_ = seal(key_, nonce_, associated_data_, as_bytes("a plaintext"));

  void expect_not_authentic(const std::expected<SecretBuffer, AeadError>& opened) {
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error(), AeadError::not_authentic);
  }
};

TEST_F(SealedMessage, Opens) {
  EXPECT_TRUE(open(key_, nonce_, associated_data_, sealed_).value() == SecretBuffer(as_bytes("a plaintext")));
}

TEST_F(SealedMessage, EveryLengthOpens) {
  for (std::size_t length = 0; length < 300; ++length) {
    const SecretBuffer plaintext{Bytes(length, 0xa5)};
    const Bytes sealed = seal(key_, nonce_, {}, plaintext.reveal());
    ASSERT_EQ(sealed.size(), length + aead_tag_size);
    EXPECT_TRUE(open(key_, nonce_, {}, sealed).value() == plaintext);
  }
}

TEST_F(SealedMessage, RefusesEveryAlteredOctet) {
  for (std::size_t octet = 0; octet < sealed_.size(); ++octet) {
    Bytes altered = sealed_;
    altered[octet] ^= 0x40;
    expect_not_authentic(open(key_, nonce_, associated_data_, altered));
  }
}

TEST_F(SealedMessage, RefusesAnotherKeyNonceOrAssociatedData) {
  expect_not_authentic(open(random_.next_secret<32>(), nonce_, associated_data_, sealed_));
  expect_not_authentic(open(key_, AeadNonce{1, 2, 4}, associated_data_, sealed_));
  expect_not_authentic(open(key_, nonce_, Bytes{4, 5}, sealed_));
  expect_not_authentic(open(key_, nonce_, {}, sealed_));
}

TEST_F(SealedMessage, RefusesEveryShorterForm) {
  for (std::size_t length = 0; length < sealed_.size(); ++length) {
    const auto opened = open(key_, nonce_, associated_data_, ByteView(sealed_).first(length));
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error(), length < aead_tag_size ? AeadError::truncated : AeadError::not_authentic);
  }
}

// The library's context is reused within a thread; a refusal in between must leave no trace.
TEST_F(SealedMessage, ARefusalDoesNotDisturbTheNext) {
  for (int round = 0; round < 3; ++round) {
    expect_not_authentic(open(key_, AeadNonce{}, associated_data_, sealed_));
    EXPECT_TRUE(open(key_, nonce_, associated_data_, sealed_));
    EXPECT_EQ(seal(key_, nonce_, associated_data_, as_bytes("a plaintext")), sealed_);
  }
}

#ifndef __wasm__  // There is one thread.
TEST_F(SealedMessage, ThreadsDoNotDisturbOneAnother) {
  std::array<int, 4> right{};
  std::vector<std::jthread> threads;
  for (int& count : right) {
    threads.emplace_back([this, &count] {
      for (int round = 0; round < 200; ++round) {
        count += open(key_, nonce_, associated_data_, sealed_).has_value() ? 1 : 0;
        count += seal(key_, nonce_, associated_data_, as_bytes("a plaintext")) == sealed_ ? 1 : 0;
      }
    });
  }
  threads.clear();
  for (const int count : right) EXPECT_EQ(count, 400);
}
#endif

}  // namespace
}  // namespace sotto::crypto
