#pragma once

#include "base/bytes.h"
#include "base/secret.h"

namespace sotto::crypto {

/// 0xff or 0x00, for choosing without a branch.
struct Mask {
  std::uint8_t value = 0;
};

/// 0xff if both are equal, in time that depends on the length only. Both have the same length.
[[nodiscard]] Mask mask_if_equal(ByteView left, ByteView right);

/// Overwrites `target` with `source` where the mask is 0xff and leaves it where the mask is 0x00, in the same time.
void move_if(Mask mask, const Secret<32>& source, Secret<32>& target);

}  // namespace sotto::crypto
