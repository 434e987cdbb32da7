// What is sealed in the database opens in its own place under its own key only.

#include "client/vault.h"

#include <gtest/gtest.h>

#include "crypto/testing/deterministic_random.h"

namespace sotto::client {
namespace {

class VaultTest : public ::testing::Test {
 protected:
  crypto::DeterministicRandom random_{1};
  Vault vault_{random_.next_secret<32>()};
  const Bytes row_{1, 2, 3};
};

TEST_F(VaultTest, OpensWhatItSealed) {
  const Bytes sealed = vault_.seal(SealedColumn::contact, row_, as_bytes("content"), random_);
  const auto opened = vault_.open(SealedColumn::contact, row_, sealed);
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ(as_text(opened->reveal()), "content");
  EXPECT_EQ(as_text(sealed).find("content"), std::string_view::npos);
}

TEST_F(VaultTest, SealsTheSameDifferentlyEachTime) {
  EXPECT_NE(vault_.seal(SealedColumn::contact, row_, as_bytes("content"), random_),
            vault_.seal(SealedColumn::contact, row_, as_bytes("content"), random_));
}

TEST_F(VaultTest, RefusesAnotherRowColumnOrKey) {
  const Bytes sealed = vault_.seal(SealedColumn::contact, row_, as_bytes("content"), random_);
  const Bytes other_row{1, 2, 4};
  EXPECT_FALSE(vault_.open(SealedColumn::contact, other_row, sealed));
  EXPECT_FALSE(vault_.open(SealedColumn::sessions, row_, sealed));
  const Vault other(random_.next_secret<32>());
  EXPECT_FALSE(other.open(SealedColumn::contact, row_, sealed));
}

TEST_F(VaultTest, RefusesEveryAlteredOctetAndEveryShorterText) {
  const Bytes sealed = vault_.seal(SealedColumn::contact, row_, as_bytes("content"), random_);
  for (std::size_t index = 0; index < sealed.size(); ++index) {
    Bytes altered = sealed;
    altered[index] ^= 1;
    EXPECT_FALSE(vault_.open(SealedColumn::contact, row_, altered)) << index;
    EXPECT_FALSE(vault_.open(SealedColumn::contact, row_, ByteView(sealed).first(index))) << index;
  }
}

}  // namespace
}  // namespace sotto::client
