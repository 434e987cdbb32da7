// Property: choosing by mask gives what choosing by branch would.
#include "crypto/constant_time.h"

#include <gtest/gtest.h>

#include "crypto/testing/deterministic_random.h"

namespace sotto::crypto {
namespace {

TEST(ConstantTime, MaskTellsEveryDifference) {
  const Bytes octets(1088, 0x5a);
  EXPECT_EQ(mask_if_equal(octets, octets).value, 0xff);
  EXPECT_EQ(mask_if_equal({}, {}).value, 0xff);
  for (std::size_t index = 0; index < octets.size(); index += 17) {
    for (int bit = 0; bit < 8; ++bit) {
      Bytes altered = octets;
      altered[index] = static_cast<std::uint8_t>(altered[index] ^ 1 << bit);
      EXPECT_EQ(mask_if_equal(octets, altered).value, 0) << index;
    }
  }
}

TEST(ConstantTime, MovesOnlyIfTheMaskSaysSo) {
  DeterministicRandom random(1);
  const Secret<32> source = random.next_secret<32>();
  const Secret<32> original = random.next_secret<32>();
  Secret<32> target = original.copy();
  move_if(Mask{0}, source, target);
  EXPECT_TRUE(target == original);
  move_if(Mask{0xff}, source, target);
  EXPECT_TRUE(target == source);
}

}  // namespace
}  // namespace sotto::crypto
