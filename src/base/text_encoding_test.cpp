// Property: each text encoding gives back what it was given, accepts one text per value, and refuses everything else.
#include "base/text_encoding.h"

#include <gtest/gtest.h>

namespace sotto {
namespace {

Bytes counting(std::size_t length) {
  Bytes bytes(length);
  for (std::size_t index = 0; index < length; ++index) bytes[index] = static_cast<std::uint8_t>(index * 37 + 11);
  return bytes;
}

TEST(TextEncoding, GivesBackEveryLength) {
  for (std::size_t length = 0; length < 70; ++length) {
    const Bytes bytes = counting(length);
    EXPECT_EQ(from_hex(to_hex(bytes)), bytes);
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
    EXPECT_EQ(from_base64url(to_base64url(bytes)), bytes);
  }
}

// RFC 4648 section 10.
TEST(TextEncoding, MatchesPublishedVectors) {
  EXPECT_EQ(to_base64(as_bytes("foobar")), "Zm9vYmFy");
  EXPECT_EQ(to_base64(as_bytes("fooba")), "Zm9vYmE=");
  EXPECT_EQ(to_base64(as_bytes("foob")), "Zm9vYg==");
  EXPECT_EQ(to_base64url(as_bytes("foob")), "Zm9vYg");
  EXPECT_EQ(to_hex(as_bytes("foobar")), "666f6f626172");
}

TEST(TextEncoding, RefusesASecondSpelling) {
  EXPECT_FALSE(from_base64("Zm9vYh=="));  // Left-over bits are set.
  EXPECT_FALSE(from_base64("Zm9vYg"));    // Padding is missing.
  EXPECT_FALSE(from_base64("Zm9v\nYmFy"));
  EXPECT_FALSE(from_base64("===="));
  EXPECT_FALSE(from_base64("Z==="));
  EXPECT_FALSE(from_base64url("Zm9vYg=="));
  EXPECT_FALSE(from_base64url("Zm9v+mFy"));
  EXPECT_FALSE(from_hex("abc"));
  EXPECT_FALSE(from_hex("0g"));
}

TEST(TextEncoding, KnowsUtf8) {
  EXPECT_TRUE(is_utf8("plain, gr\xc3\xbc\xc3\x9f, \xe2\x82\xac, \xf0\x9f\x98\x80"));
  EXPECT_TRUE(is_utf8(""));
  for (const char* broken : {"\x80", "\xc0\xaf", "\xc3", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                             "\xf8\x88\x80\x80\x80", "\xe2\x82"}) {
    EXPECT_FALSE(is_utf8(broken));
  }
}

}  // namespace
}  // namespace sotto
