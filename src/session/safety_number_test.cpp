// Two people see one safety number exactly when they hold the same two accounts and keys, and it never changes form.

#include "session/safety_number.h"

#include <gmock/gmock.h>

namespace sotto::session {
namespace {

AccountFingerprint fingerprint(std::uint8_t account, std::uint8_t key) {
  AccountFingerprint result;
  result.account.bytes.fill(account);
  result.account_key.bytes.fill(key);
  return result;
}

const AccountFingerprint anna = fingerprint(0xa1, 0x11);
const AccountFingerprint ben = fingerprint(0xb2, 0x22);

TEST(SafetyNumber, IsTheSameOnBothSides) {
  EXPECT_EQ(safety_number({.own = anna, .peer = ben}), safety_number({.own = ben, .peer = anna}));
}

// Computed by an independent implementation (Python's hashlib).
TEST(SafetyNumber, MatchesItsVectors) {
  EXPECT_EQ(in_groups(safety_number({.own = anna, .peer = ben})),
            "03027 18749 59993 84528 39570 13765 20001 57607 97762 43007 85370 22986");
  EXPECT_EQ(in_groups(safety_number({.own = anna, .peer = anna})),
            "20001 57607 97762 43007 85370 22986 20001 57607 97762 43007 85370 22986");
}

TEST(SafetyNumber, ChangesWithEachKeyAndEachAccount) {
  const std::string number = safety_number({.own = anna, .peer = ben});
  EXPECT_EQ(number.size(), 60u);
  EXPECT_THAT(number, ::testing::Each(::testing::AllOf(::testing::Ge('0'), ::testing::Le('9'))));
  EXPECT_NE(number, safety_number({.own = anna, .peer = fingerprint(0xb2, 0x23)}));
  EXPECT_NE(number, safety_number({.own = anna, .peer = fingerprint(0xb3, 0x22)}));
  EXPECT_NE(number, safety_number({.own = fingerprint(0xa1, 0x12), .peer = ben}));
}

TEST(SafetyCode, TheOtherSidesCodeMatches) {
  const Bytes code = safety_code({.own = ben, .peer = anna});
  EXPECT_EQ(code.size(), 97u);
  EXPECT_EQ(code[0], 1);
  EXPECT_TRUE(compare_safety_code({.own = anna, .peer = ben}, code).has_value());
}

TEST(SafetyCode, OnesOwnCodeOrAnotherContactsIsNotThePeers) {
  const AccountPair pair{.own = anna, .peer = ben};
  EXPECT_EQ(compare_safety_code(pair, safety_code(pair)).error(), SafetyCodeError::other_accounts);
  const Bytes others = safety_code({.own = fingerprint(0xcc, 0x33), .peer = anna});
  EXPECT_EQ(compare_safety_code(pair, others).error(), SafetyCodeError::other_accounts);
}

TEST(SafetyCode, AnotherKeyOnEitherSideIsNamed) {
  const AccountPair pair{.own = anna, .peer = ben};
  const Bytes their_key = safety_code({.own = fingerprint(0xb2, 0x99), .peer = anna});
  const Bytes our_key = safety_code({.own = ben, .peer = fingerprint(0xa1, 0x99)});
  EXPECT_EQ(compare_safety_code(pair, their_key).error(), SafetyCodeError::keys_differ);
  EXPECT_EQ(compare_safety_code(pair, our_key).error(), SafetyCodeError::keys_differ);
}

TEST(SafetyCode, RefusesOtherSizesAndVersions) {
  const AccountPair pair{.own = anna, .peer = ben};
  Bytes code = safety_code({.own = ben, .peer = anna});
  for (std::size_t size = 0; size < code.size(); ++size) {
    EXPECT_EQ(compare_safety_code(pair, ByteView(code).first(size)).error(), SafetyCodeError::malformed);
  }
  code[0] = 2;
  EXPECT_EQ(compare_safety_code(pair, code).error(), SafetyCodeError::unsupported_version);
  code[0] = 0;
  EXPECT_EQ(compare_safety_code(pair, code).error(), SafetyCodeError::malformed);
}

}  // namespace
}  // namespace sotto::session
