#include "crypto/constant_time.h"

#include "base/invariant.h"

namespace sotto::crypto {
namespace {

/// `value`, of which the optimiser may assume nothing; without this it may find that a mask has two values and branch.
std::uint32_t opaque(std::uint32_t value) {
  asm volatile("" : "+r"(value));
  return value;
}

}  // namespace

Mask mask_if_equal(ByteView left, ByteView right) {
  invariant(left.size() == right.size());
  std::uint32_t difference = 0;
  for (std::size_t index = 0; index < left.size(); ++index) {
    difference |= static_cast<std::uint32_t>(left[index] ^ right[index]);
  }
  // The difference is below 256, so subtracting one borrows into the high bits only if it is zero.
  return {static_cast<std::uint8_t>((opaque(difference) - 1) >> 8)};
}

void move_if(Mask mask, const Secret<32>& source, Secret<32>& target) {
  const std::uint32_t keep = ~opaque(mask.value);
  for (std::size_t index = 0; index < source.size; ++index) {
    const std::uint32_t difference = std::uint32_t{source.reveal()[index]} ^ target.reveal()[index];
    target.writable()[index] = static_cast<std::uint8_t>(source.reveal()[index] ^ (difference & keep));
  }
}

}  // namespace sotto::crypto
