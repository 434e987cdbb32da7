#include "wire/binary_reader.h"

namespace sotto::wire {

bool BinaryReader::long_varint(std::uint64_t& value) {
  value = 0;
  for (unsigned shift = 0; shift < 70; shift += 7) {
    if (at_ == end_) return fail(DecodeError::truncated);
    const std::uint8_t octet = *at_++;
    // Nine octets carry 63 bits; the tenth may add one.
    if (shift == 63 && octet > 1) return fail(DecodeError::bad_varint);
    value |= std::uint64_t{octet & 0x7fu} << shift;
    if (octet < 0x80) return true;
  }
  return fail(DecodeError::bad_varint);
}

bool BinaryReader::skip(WireType type) {
  std::uint64_t number = 0;
  ByteView content;
  switch (type) {
    case WireType::varint:
      return varint(number);
    case WireType::fixed64:
      return take(8, content);
    case WireType::delimited:
      return delimited(content);
    case WireType::fixed32:
      return take(4, content);
  }
  return fail(DecodeError::bad_tag);
}

}  // namespace sotto::wire
