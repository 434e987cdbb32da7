#include "crypto/system_random.h"

#include <sodium.h>

#include "crypto/sodium_start.h"

namespace sotto::crypto {

SystemRandom::SystemRandom() { start_sodium(); }

void SystemRandom::fill(std::span<std::uint8_t> memory) {
  if (memory.empty()) return;  // The library takes no null pointer.
  randombytes_buf(memory.data(), memory.size());
}

}  // namespace sotto::crypto
