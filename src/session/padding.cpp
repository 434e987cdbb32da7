#include "session/padding.h"

#include <algorithm>
#include <bit>

namespace sotto::session {

std::size_t padded_size(std::size_t content_size) {
  const std::size_t needed = std::max(content_size + 1, smallest_padded_size);
  const auto exponent = static_cast<std::size_t>(std::bit_width(needed) - 1);
  const auto exponent_bits = static_cast<std::size_t>(std::bit_width(exponent));
  const std::size_t mask = (std::size_t{1} << (exponent - exponent_bits)) - 1;
  return (needed + mask) & ~mask;
}

SecretBuffer pad(ByteView content) {
  SecretBuffer padded(padded_size(content.size()));
  std::ranges::copy(content, padded.writable().begin());
  padded.writable()[content.size()] = 0x80;
  return padded;
}

std::optional<ByteView> unpad(ByteView padded) {
  std::size_t content_size = padded.size();
  while (content_size > 0 && padded[content_size - 1] == 0) --content_size;
  if (content_size == 0 || padded[content_size - 1] != 0x80) return std::nullopt;
  --content_size;
  if (padded_size(content_size) != padded.size()) return std::nullopt;
  return padded.first(content_size);
}

}  // namespace sotto::session
