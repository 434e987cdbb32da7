// Property: equal ids hash alike under one seed, and no choice of ids collides under every seed.
#include "base/seeded_hash.h"

#include <gtest/gtest.h>
#include <set>

#include "base/ids.h"

namespace sotto {
namespace {

TEST(SeededHash, EqualIdsHashAlike) {
  const SeededHash hash;
  const AccountId id{{1, 2, 3}};
  EXPECT_EQ(hash(id), hash(AccountId{{1, 2, 3}}));
  EXPECT_EQ(hash(std::pair(id, DeviceId{})), hash(std::pair(id, DeviceId{})));
}

TEST(SeededHash, IdsThatAgreeInHalfOfTheirOctetsDoNotCollide) {
  const SeededHash hash;
  std::set<std::size_t> seen;
  for (std::uint8_t last = 0; last < 200; ++last) {
    AccountId id;
    id.bytes[15] = last;
    seen.insert(hash(id));
  }
  EXPECT_EQ(seen.size(), 200u);
}

TEST(SeededHash, SeedsDiffer) {
  const AccountId id{{1, 2, 3}};
  EXPECT_NE(SeededHash()(id), SeededHash()(id));
}

}  // namespace
}  // namespace sotto
