// Property: AES-256-GCM, HMAC-SHA-256 and HKDF-SHA-256 agree with every published vector of the sizes that the project
// uses, and refuse every one that is marked invalid.
#include <gtest/gtest.h>

#include "crypto/aead.h"
#include "crypto/hkdf.h"
#include "vectors/vector_file.h"

namespace sotto::crypto {
namespace {

Bytes joined(Bytes first, const Bytes& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

/// 256-bit key, 96-bit nonce, 128-bit tag: the only sizes that the types of aead.h can express.
bool has_our_sizes(const nlohmann::json& group) {
  return group.at("keySize") == 256 && group.at("ivSize") == 96 && group.at("tagSize") == 128;
}

void check_aead(const nlohmann::json& test) {
  SCOPED_TRACE(label(test));
  const AeadKey key(std::span<const std::uint8_t, 32>(octets(test, "key")));
  AeadNonce nonce;
  std::ranges::copy(octets(test, "iv"), nonce.begin());
  const Bytes message = octets(test, "msg");
  const Bytes sealed = joined(octets(test, "ct"), octets(test, "tag"));
  const auto opened = open(key, nonce, octets(test, "aad"), sealed);
  if (is_valid(test)) {
    EXPECT_EQ(seal(key, nonce, octets(test, "aad"), message), sealed);
    ASSERT_TRUE(opened);
    EXPECT_TRUE(*opened == SecretBuffer(message));
  } else {
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error(), AeadError::not_authentic);
  }
}

TEST(Vectors, AesGcm) {
  const auto file = VectorFile::open("aes_gcm_test.json");
  if (!file) GTEST_SKIP() << VectorFile::where_looked_for("aes_gcm_test.json");
  std::size_t executed = 0;
  std::size_t of_other_sizes = 0;
  file->for_each([&](const nlohmann::json& group, const nlohmann::json& test) {
    if (!has_our_sizes(group)) {
      ++of_other_sizes;
      return;
    }
    check_aead(test);
    ++executed;
  });
  EXPECT_GT(executed, 60u);
  EXPECT_EQ(executed + of_other_sizes, file->announced());
  RecordProperty("executed", std::to_string(executed));
}

void check_hmac(const nlohmann::json& group, const nlohmann::json& test) {
  SCOPED_TRACE(label(test));
  const Secret<32> computed = hmac_sha256(octets(test, "key"), octets(test, "msg"));
  // Half of the groups hold truncated tags, which the project never makes; their octets are the first of the whole tag.
  const std::size_t length = group.at("tagSize").get<std::size_t>() / 8;
  const Bytes tag(computed.reveal().begin(), computed.reveal().begin() + static_cast<std::ptrdiff_t>(length));
  EXPECT_EQ(tag == octets(test, "tag"), is_valid(test));
}

TEST(Vectors, HmacSha256) {
  const auto file = VectorFile::open("hmac_sha256_test.json");
  if (!file) GTEST_SKIP() << VectorFile::where_looked_for("hmac_sha256_test.json");
  const std::size_t executed = file->for_each(check_hmac);
  EXPECT_GT(executed, 0u);
  EXPECT_EQ(executed, file->announced());
}

void check_hkdf(const nlohmann::json&, const nlohmann::json& test) {
  SCOPED_TRACE(label(test));
  const Bytes key_material = octets(test, "ikm");
  const Bytes salt = octets(test, "salt");
  const Bytes info = octets(test, "info");
  Bytes output(test.at("size").get<std::size_t>());
  const auto derived = hkdf_sha256_fill({.input_key_material = key_material, .salt = salt, .info = info}, output);
  EXPECT_EQ(derived.has_value(), is_valid(test));
  if (is_valid(test)) {
    EXPECT_EQ(output, octets(test, "okm"));
  } else {
    EXPECT_EQ(output, Bytes(output.size()));  // Unchanged on an error.
  }
}

TEST(Vectors, HkdfSha256) {
  const auto file = VectorFile::open("hkdf_sha256_test.json");
  if (!file) GTEST_SKIP() << VectorFile::where_looked_for("hkdf_sha256_test.json");
  const std::size_t executed = file->for_each(check_hkdf);
  EXPECT_GT(executed, 0u);
  EXPECT_EQ(executed, file->announced());
}

}  // namespace
}  // namespace sotto::crypto
