// Property: the digests are those of FIPS 180-4, however the message is cut into pieces.
#include "crypto/hash.h"

#include <gtest/gtest.h>

#include "crypto/testing/from_text.h"

namespace sotto::crypto {
namespace {

// FIPS 180-4 examples.
TEST(Hash, MatchesPublishedDigests) {
  EXPECT_EQ(to_hex(sha256({}).bytes), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256(as_bytes("abc")).bytes), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(
      to_hex(sha512(as_bytes("abc")).bytes),
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643c"
      "e80e2a9ac94fa54ca49f");
}

TEST(Hash, PiecesGiveTheDigestOfTheWhole) {
  Bytes message(300);
  for (std::size_t index = 0; index < message.size(); ++index) message[index] = static_cast<std::uint8_t>(index * 7);
  for (std::size_t cut = 0; cut <= message.size(); ++cut) {
    const ByteView whole(message);
    EXPECT_EQ(Sha256().update(whole.first(cut)).update(whole.subspan(cut)).finish(), sha256(message));
  }
}

TEST(Hash, BeginsAnewAfterEachDigest) {
  Sha256 hash;
  EXPECT_EQ(hash.update(as_bytes("first")).finish(), sha256(as_bytes("first")));
  EXPECT_EQ(hash.update(as_bytes("second")).finish(), sha256(as_bytes("second")));
  EXPECT_EQ(hash.finish(), sha256({}));
}

TEST(Hash, ResumesFromACommonPrefix) {
  Sha256 prefix;
  prefix.update(as_bytes("common "));
  for (const auto* rest : {"one", "two"}) {
    Sha256 hash;
    hash.resume_from(prefix);
    EXPECT_EQ(hash.update(as_bytes(rest)).finish(), sha256(as_bytes(std::string("common ") + rest)));
  }
}

}  // namespace
}  // namespace sotto::crypto
