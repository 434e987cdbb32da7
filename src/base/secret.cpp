#include "base/secret.h"

#include <cstring>

namespace sotto {

void wipe(std::span<std::uint8_t> memory) {
  if (memory.empty()) return;
  std::memset(memory.data(), 0, memory.size());
  // The empty statement claims to read the memory, so the store above cannot be left out.
  asm volatile("" : : "r"(memory.data()) : "memory");
}

bool equal_in_constant_time(ByteView left, ByteView right) {
  if (left.size() != right.size()) return false;
  volatile std::uint8_t difference = 0;
  for (std::size_t index = 0; index < left.size(); ++index) {
    difference = static_cast<std::uint8_t>(difference | (left[index] ^ right[index]));
  }
  return difference == 0;
}

}  // namespace sotto
