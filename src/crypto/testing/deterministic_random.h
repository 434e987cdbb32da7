#pragma once

#include "base/random.h"

namespace sotto::crypto {

/// The same octets for the same seed and the same sequence of `fill` lengths, on every machine: for tests and for
/// replaying a simulation, never for keys that protect anything. The n-th call of `fill` yields the ChaCha20 stream
/// (64-bit nonce n, counting from 0) under the key SHA-256("sotto deterministic random v1" || seed, little-endian).
class DeterministicRandom final : public Random {
 public:
  explicit DeterministicRandom(std::uint64_t seed);
  void fill(std::span<std::uint8_t> memory) override;

 private:
  Secret<32> key_;
  std::uint64_t calls_ = 0;
};

}  // namespace sotto::crypto
