// Property: a fixed value is taken only from exactly its length, and equal values hash alike.
#include "base/fixed_bytes.h"

#include <gtest/gtest.h>
#include <unordered_set>

#include "base/ids.h"

namespace sotto {
namespace {

TEST(FixedBytes, RefusesEveryOtherLength) {
  for (std::size_t length = 0; length < 40; ++length) {
    EXPECT_EQ(AccountId::from(Bytes(length, 7)).has_value(), length == 16) << length;
  }
}

TEST(FixedBytes, IsAMapKey) {
  std::unordered_set<AccountId> seen;
  AccountId first{{1, 2, 3}};
  AccountId second{{1, 2, 4}};
  EXPECT_TRUE(seen.insert(first).second);
  EXPECT_TRUE(seen.insert(second).second);
  EXPECT_FALSE(seen.insert(first).second);
  EXPECT_LT(first, second);
}

TEST(FixedBytes, KnowsWhetherItWasSet) {
  EXPECT_TRUE(DeviceId{}.is_zero());
  const DeviceId set{{0, 0, 1}};
  EXPECT_FALSE(set.is_zero());
}

}  // namespace
}  // namespace sotto
