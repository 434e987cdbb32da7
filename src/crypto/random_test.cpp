// Property: the system's randomness never repeats; the deterministic one repeats exactly, on every machine.
#include <gtest/gtest.h>

#include "crypto/system_random.h"
#include "crypto/testing/deterministic_random.h"
#include "crypto/testing/from_text.h"

namespace sotto::crypto {
namespace {

TEST(SystemRandom, NeverRepeats) {
  SystemRandom random;
  SystemRandom other;
  const Secret<32> first = random.next_secret<32>();
  EXPECT_FALSE(first == random.next_secret<32>());
  EXPECT_FALSE(first == other.next_secret<32>());
  EXPECT_FALSE(first == Secret<32>());
  random.fill({});
}

TEST(DeterministicRandom, RepeatsBySeed) {
  DeterministicRandom first(7);
  DeterministicRandom again(7);
  DeterministicRandom other(8);
  first.fill({});
  again.fill({});
  for (std::size_t length = 0; length < 200; ++length) {
    Bytes a(length + 16);
    Bytes b(length + 16);
    Bytes c(length + 16);
    first.fill(a);
    again.fill(b);
    other.fill(c);
    EXPECT_EQ(a, b);
    EXPECT_NE(a, c);
  }
}

// Failures of a simulation are named by their seed, so the octets of a seed must stay what they are.
TEST(DeterministicRandom, KeepsItsOctets) {
  DeterministicRandom random(42);
  Bytes first(16);
  Bytes second(16);
  random.fill(first);
  random.fill(second);
  EXPECT_EQ(to_hex(first), "f0baa7e3a7cf9c5788fc206910ddd9e6");
  EXPECT_EQ(to_hex(second), "4d5449a7fb89d4abba2f040410077b8a");
}

}  // namespace
}  // namespace sotto::crypto
