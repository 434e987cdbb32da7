#include "bench/message_ids.h"

#include "base/time.h"

namespace sotto::bench {
namespace {

void write_big_endian(std::uint64_t value, std::span<std::uint8_t> memory) {
  for (std::size_t index = memory.size(); index-- > 0; value >>= 8) memory[index] = static_cast<std::uint8_t>(value);
}

}  // namespace

MessageId MessageIds::next() {
  MessageId id;
  write_big_endian(SystemClock().now().value, std::span(id.bytes).first(6));
  write_big_endian(++count_, std::span(id.bytes).last(8));
  return id;
}

}  // namespace sotto::bench
