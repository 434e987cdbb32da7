// Property: a recent map holds the keys used last and never much more than twice its capacity, by weight.
#include "storage/sqlite/recent_map.h"

#include <gtest/gtest.h>

#include "base/ids.h"

namespace sotto::storage::sqlite {
namespace {

AccountId id(std::uint8_t number) { return {.bytes = {number, 1}}; }

TEST(RecentMap, HoldsTheKeysUsedLastWithinItsBound) {
  RecentMap<AccountId, int> map(10);
  for (std::uint8_t number = 0; number < 100; ++number) {
    ASSERT_EQ(map.find(id(number)), nullptr);
    map.put(id(number), number);
    EXPECT_LE(map.size(), 20U);
    // Key 0 is used all the time and so never dropped.
    const int* kept = map.find(id(0));
    ASSERT_NE(kept, nullptr);
    EXPECT_EQ(*kept, 0);
  }
  for (std::uint8_t number = 95; number < 100; ++number) EXPECT_NE(map.find(id(number)), nullptr);
  EXPECT_EQ(map.find(id(50)), nullptr);
}

TEST(RecentMap, HeavyValuesTakeThePlaceOfMany) {
  RecentMap<AccountId, int> map(10);
  for (std::uint8_t number = 0; number < 10; ++number) map.put(id(number), number);
  map.put(id(100), 100, 9);
  EXPECT_NE(map.find(id(5)), nullptr) << "of the old generation, which is full too";
  map.put(id(101), 101, 9);
  EXPECT_NE(map.find(id(100)), nullptr);
  EXPECT_EQ(map.find(id(1)), nullptr);
  // One that is heavier than all that may be held is held alone in its generation.
  map.put(id(102), 102, 50);
  EXPECT_NE(map.find(id(102)), nullptr);
  map.put(id(103), 103, 1);
  map.put(id(104), 104, 10);
  EXPECT_EQ(map.find(id(102)), nullptr);
}

TEST(RecentMap, AnErasedKeysWeightIsFreeAgain) {
  RecentMap<AccountId, int> map(10);
  map.put(id(1), 1);
  for (std::uint8_t number = 10; number < 100; ++number) {
    map.put(id(number), number, 9);
    map.erase(id(number));
  }
  EXPECT_NE(map.find(id(1)), nullptr);
}

TEST(RecentMap, ErasedAndClearedKeysAreGone) {
  RecentMap<AccountId, int> map(2);
  for (std::uint8_t number = 0; number < 4; ++number) map.put(id(number), number);
  map.erase(id(0));
  map.erase(id(3));
  EXPECT_EQ(map.find(id(0)), nullptr);
  EXPECT_EQ(map.find(id(3)), nullptr);
  EXPECT_NE(map.find(id(2)), nullptr);
  map.clear();
  EXPECT_EQ(map.size(), 0U);
  EXPECT_EQ(map.find(id(2)), nullptr);
}

}  // namespace
}  // namespace sotto::storage::sqlite
