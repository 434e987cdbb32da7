#include "crypto/ml_kem/compression.h"

namespace sotto::crypto::ml_kem {
namespace {

/// The fewest values of `Bits` bits that fill whole octets, and those octets.
template <unsigned Bits>
constexpr std::size_t group_values = Bits % 8 == 0   ? 1
                                     : Bits % 4 == 0 ? 2
                                     : Bits % 2 == 0 ? 4
                                                     : 8;
template <unsigned Bits>
constexpr std::size_t group_octets = group_values<Bits> * Bits / 8;

/// Algorithms 3 and 5: the values one after another, each beginning with its least significant bit.
template <unsigned Bits, class ValueAt>
void pack(std::span<std::uint8_t, encoded_size<Bits>> output, ValueAt value_at) {
  for (std::size_t group = 0; group < n / group_values<Bits>; ++group) {
    std::uint64_t window = 0;
    for (std::size_t index = 0; index < group_values<Bits>; ++index) {
      window |= std::uint64_t{value_at(group * group_values<Bits> + index)} << (index * Bits);
    }
    for (std::size_t octet = 0; octet < group_octets<Bits>; ++octet) {
      output[group * group_octets<Bits> + octet] = static_cast<std::uint8_t>(window >> (8 * octet));
    }
  }
}

/// Algorithms 4 and 6.
template <unsigned Bits, class TakeValue>
void unpack(std::span<const std::uint8_t, encoded_size<Bits>> input, TakeValue take_value) {
  for (std::size_t group = 0; group < n / group_values<Bits>; ++group) {
    std::uint64_t window = 0;
    for (std::size_t octet = 0; octet < group_octets<Bits>; ++octet) {
      window |= std::uint64_t{input[group * group_octets<Bits> + octet]} << (8 * octet);
    }
    for (std::size_t index = 0; index < group_values<Bits>; ++index) {
      const auto value = static_cast<std::uint16_t>((window >> (index * Bits)) & ((1u << Bits) - 1));
      take_value(group * group_values<Bits> + index, value);
    }
  }
}

}  // namespace

void encode(const TransformedPolynomial& transformed, std::span<std::uint8_t, encoded_size<12>> output) {
  pack<12>(output, [&](std::size_t index) { return canonical(transformed.values[index]); });
}

TransformedPolynomial decode(std::span<const std::uint8_t, encoded_size<12>> input) {
  TransformedPolynomial result;
  unpack<12>(input,
             [&](std::size_t index, std::uint16_t value) { result.values[index] = static_cast<Coefficient>(value); });
  return result;
}

template <unsigned Bits>
void compress_and_encode(const Polynomial& polynomial, std::span<std::uint8_t, encoded_size<Bits>> output) {
  pack<Bits>(output, [&](std::size_t index) { return compress<Bits>(canonical(polynomial.values[index])); });
}

template <unsigned Bits>
Polynomial decode_and_decompress(std::span<const std::uint8_t, encoded_size<Bits>> input) {
  Polynomial result;
  unpack<Bits>(input, [&](std::size_t index, std::uint16_t value) { result.values[index] = decompress<Bits>(value); });
  return result;
}

template void compress_and_encode<1>(const Polynomial&, std::span<std::uint8_t, encoded_size<1>>);
template void compress_and_encode<4>(const Polynomial&, std::span<std::uint8_t, encoded_size<4>>);
template void compress_and_encode<10>(const Polynomial&, std::span<std::uint8_t, encoded_size<10>>);
template Polynomial decode_and_decompress<1>(std::span<const std::uint8_t, encoded_size<1>>);
template Polynomial decode_and_decompress<4>(std::span<const std::uint8_t, encoded_size<4>>);
template Polynomial decode_and_decompress<10>(std::span<const std::uint8_t, encoded_size<10>>);

}  // namespace sotto::crypto::ml_kem
