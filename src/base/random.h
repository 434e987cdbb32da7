#pragma once

#include "base/bytes.h"
#include "base/fixed_bytes.h"
#include "base/secret.h"

namespace sotto {

/// Where randomness comes from. An argument everywhere, so that a simulation can be replayed by its seed.
class Random {
 public:
  virtual ~Random() = default;

  /// Fills `memory` with octets that nobody can predict. Cannot fail: a generator that cannot deliver ends the process.
  virtual void fill(std::span<std::uint8_t> memory) = 0;

  /// A fresh id, nonce or other public value.
  template <class Fixed>
  Fixed next() {
    Fixed value;
    fill(value.bytes);
    return value;
  }

  template <std::size_t Size>
  Secret<Size> next_secret() {
    Secret<Size> value;
    fill(value.writable());
    return value;
  }
};

}  // namespace sotto
