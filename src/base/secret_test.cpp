// Property: a secret leaves nothing behind when it moves or dies, and cannot be printed, copied or converted by
// accident.
#include "base/secret.h"

#include <gtest/gtest.h>
#include <new>
#include <type_traits>

namespace sotto {
namespace {

static_assert(!std::is_copy_constructible_v<Secret<32>>);
static_assert(!std::is_copy_assignable_v<SecretBuffer>);
static_assert(!std::is_convertible_v<Secret<32>, ByteView>);
static_assert(!std::is_convertible_v<SecretBuffer, ByteView>);

Secret<4> sample() { return Secret<4>(std::span<const std::uint8_t, 4>(ByteArray<4>{1, 2, 3, 4})); }

TEST(Secret, MovingWipesTheSource) {
  Secret<4> source = sample();
  const Secret<4> target = std::move(source);
  EXPECT_TRUE(target == sample());
  EXPECT_TRUE(source == Secret<4>());  // NOLINT(bugprone-use-after-move): this is the property.
}

TEST(Secret, DyingWipesTheMemory) {
  alignas(Secret<4>) ByteArray<sizeof(Secret<4>)> memory{};
  auto* secret = new (memory.data()) Secret<4>(sample());
  secret->~Secret();
  for (const std::uint8_t octet : memory) EXPECT_EQ(octet, 0);
}

TEST(Secret, ComparesContentAndLength) {
  EXPECT_TRUE(SecretBuffer(as_bytes("abc")) == SecretBuffer(as_bytes("abc")));
  EXPECT_FALSE(SecretBuffer(as_bytes("abc")) == SecretBuffer(as_bytes("abd")));
  EXPECT_FALSE(SecretBuffer(as_bytes("abc")) == SecretBuffer(as_bytes("abcd")));
}

TEST(SecretBuffer, MovedFromIsEmpty) {
  SecretBuffer source(as_bytes("secret"));
  const SecretBuffer target = std::move(source);
  EXPECT_EQ(target.size(), 6u);
  EXPECT_TRUE(source.empty());  // NOLINT(bugprone-use-after-move): this is the property.
}

}  // namespace
}  // namespace sotto
