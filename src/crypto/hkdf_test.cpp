// Property: HMAC and HKDF are those of RFC 2104 and RFC 5869, and another label gives an unrelated key.
#include "crypto/hkdf.h"

#include <gtest/gtest.h>

#include "crypto/testing/from_text.h"

namespace sotto::crypto {
namespace {

// RFC 4231 test cases 2 and 6 (a key that is longer than a block).
TEST(Hmac, MatchesPublishedTags) {
  EXPECT_TRUE(hmac_sha256(as_bytes("Jefe"), as_bytes("what do ya want for nothing?")) ==
              secret_from<32>("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
  EXPECT_TRUE(hmac_sha256(Bytes(131, 0xaa), as_bytes("Test Using Larger Than Block-Size Key - Hash Key First")) ==
              secret_from<32>("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
}

// RFC 5869 appendices A.1 and A.3 (no salt, no info).
TEST(Hkdf, MatchesPublishedKeys) {
  const Bytes key_material(22, 0x0b);
  const Bytes salt = octets_from("000102030405060708090a0b0c");
  const Bytes info = octets_from("f0f1f2f3f4f5f6f7f8f9");
  Bytes output(42);
  ASSERT_TRUE(hkdf_sha256_fill({.input_key_material = key_material, .salt = salt, .info = info}, output));
  EXPECT_EQ(to_hex(output), "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  ASSERT_TRUE(hkdf_sha256_fill({.input_key_material = key_material, .salt = {}, .info = {}}, output));
  EXPECT_EQ(to_hex(output), "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

TEST(Hkdf, ALongerKeyBeginsWithTheShorterOne) {
  const Bytes key_material(32, 7);
  const auto longer = hkdf_sha256<96>(key_material, {}, "label");
  const auto shorter = hkdf_sha256<64>(key_material, {}, "label");
  EXPECT_TRUE(std::ranges::equal(longer.reveal().first<64>(), shorter.reveal()));
}

TEST(Hkdf, EveryInputMatters) {
  const Bytes key_material(32, 7);
  const Bytes salt(32, 8);
  const auto derived = hkdf_sha256<32>(key_material, salt, "label");
  EXPECT_TRUE(derived == hkdf_sha256<32>(key_material, salt, "label"));
  EXPECT_FALSE(derived == hkdf_sha256<32>(key_material, salt, "Label"));
  EXPECT_FALSE(derived == hkdf_sha256<32>(key_material, {}, "label"));
  EXPECT_FALSE(derived == hkdf_sha256<32>(salt, salt, "label"));
}

TEST(Hkdf, RefusesMoreThanItCanGive) {
  Bytes output(hkdf_longest_output);
  EXPECT_TRUE(hkdf_sha256_fill({}, output));
  Bytes too_long(hkdf_longest_output + 1, 9);
  const auto refused = hkdf_sha256_fill({}, too_long);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error(), HkdfError::output_too_long);
  EXPECT_EQ(too_long, Bytes(hkdf_longest_output + 1, 9));
}

}  // namespace
}  // namespace sotto::crypto
