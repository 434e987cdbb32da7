#pragma once

#include "base/random.h"

namespace sotto::crypto {

/// The operating system's generator, through libsodium. May be used from any thread at once.
class SystemRandom final : public Random {
 public:
  SystemRandom();
  void fill(std::span<std::uint8_t> memory) override;
};

}  // namespace sotto::crypto
