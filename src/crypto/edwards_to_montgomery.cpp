#include "crypto/edwards_to_montgomery.h"

namespace sotto::crypto {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t limb_mask = (std::uint64_t{1} << 51) - 1;

/// A number modulo p = 2^255 - 19 as sum of limb[i] 2^(51 i). Limbs stay below 2^53 between operations.
using FieldElement = std::array<std::uint64_t, 5>;

constexpr FieldElement one = {1, 0, 0, 0, 0};

/// Brings limbs below 2^51 + 2^15; what passes the top comes back 19 times at the bottom.
FieldElement carry(FieldElement element) {
  for (std::size_t index = 0; index < 4; ++index) {
    element[index + 1] += element[index] >> 51;
    element[index] &= limb_mask;
  }
  element[0] += 19 * (element[4] >> 51);
  element[4] &= limb_mask;
  return element;
}

FieldElement multiply(const FieldElement& left, const FieldElement& right) {
  std::array<Wide, 5> sums{};
#pragma GCC unroll 5
  for (std::size_t i = 0; i < 5; ++i) {
#pragma GCC unroll 5
    for (std::size_t j = 0; j < 5; ++j) {
      const std::uint64_t factor = i + j < 5 ? left[i] : 19 * left[i];
      sums[(i + j) % 5] += Wide{factor} * right[j];
    }
  }
  FieldElement result;
  Wide over = 0;
#pragma GCC unroll 5
  for (std::size_t index = 0; index < 5; ++index) {
    sums[index] += over;
    result[index] = static_cast<std::uint64_t>(sums[index]) & limb_mask;
    over = sums[index] >> 51;
  }
  result[0] += 19 * static_cast<std::uint64_t>(over);  // The last sum has no factor 19, so this is below 2^62.
  result[1] += result[0] >> 51;
  result[0] &= limb_mask;
  return result;
}

FieldElement square_times(FieldElement element, int times) {
  for (int time = 0; time < times; ++time) element = multiply(element, element);
  return element;
}

/// element^(p - 2), the inverse by Fermat's theorem, through the powers 2^n - 1.
FieldElement invert(const FieldElement& element) {
  const FieldElement power_9 = multiply(square_times(element, 3), element);
  const FieldElement power_11 = multiply(power_9, square_times(element, 1));
  const FieldElement ones_5 = multiply(square_times(power_11, 1), power_9);
  const FieldElement ones_10 = multiply(square_times(ones_5, 5), ones_5);
  const FieldElement ones_20 = multiply(square_times(ones_10, 10), ones_10);
  const FieldElement ones_40 = multiply(square_times(ones_20, 20), ones_20);
  const FieldElement ones_50 = multiply(square_times(ones_40, 10), ones_10);
  const FieldElement ones_100 = multiply(square_times(ones_50, 50), ones_50);
  const FieldElement ones_200 = multiply(square_times(ones_100, 100), ones_100);
  const FieldElement ones_250 = multiply(square_times(ones_200, 50), ones_50);
  return multiply(square_times(ones_250, 5), power_11);
}

std::uint64_t load_64(const std::uint8_t* octets) {
  std::uint64_t word = 0;
  for (int index = 7; index >= 0; --index) word = word << 8 | octets[index];
  return word;
}

FieldElement decode(const ByteArray<32>& octets) {
  return {load_64(octets.data()) & limb_mask, load_64(octets.data() + 6) >> 3 & limb_mask,
          load_64(octets.data() + 12) >> 6 & limb_mask, load_64(octets.data() + 19) >> 1 & limb_mask,
          load_64(octets.data() + 24) >> 12 & limb_mask};
}

/// The remainder below p, little endian.
ByteArray<32> encode(const FieldElement& element) {
  FieldElement value = carry(carry(element));
  // value < 2 p now; adding 19 passes 2^255 just when value >= p.
  std::uint64_t over = 19;
  for (const std::uint64_t limb : value) over = (limb + over) >> 51;
  value[0] += 19 * over;
  for (std::size_t index = 0; index < 4; ++index) {
    value[index + 1] += value[index] >> 51;
    value[index] &= limb_mask;
  }
  value[4] &= limb_mask;
  ByteArray<32> octets{};
  for (std::size_t bit = 0; bit < 255; ++bit) {
    const std::uint64_t set = value[bit / 51] >> bit % 51 & 1;
    octets[bit / 8] = static_cast<std::uint8_t>(octets[bit / 8] | set << bit % 8);
  }
  return octets;
}

}  // namespace

X25519PublicKey edwards_to_montgomery(const ByteArray<32>& point) {
  const FieldElement y = decode(point);
  FieldElement above = y;
  FieldElement below;
  above[0] += 1;
  // 1 - y, with 2 p added so that no limb goes below zero.
  for (std::size_t index = 0; index < 5; ++index) {
    below[index] = 2 * limb_mask - (index == 0 ? 36 : 0) + one[index] - y[index];
  }
  return {encode(multiply(above, invert(carry(below))))};
}

}  // namespace sotto::crypto
