#pragma once

#include "crypto/ml_kem/polynomial.h"

namespace sotto::crypto::ml_kem {

/// Compress_d (FIPS 203 section 4.2.1, equation 4.7) of a coefficient in [0, q). The quotient comes from a
/// multiplication, because the time that a division takes depends on its operands.
template <unsigned Bits>
constexpr std::uint16_t compress(std::uint16_t value) {
  static_assert(Bits >= 1 && Bits <= 11);
  // ceil(2^36 / q). Exact for every numerator below 2^22; a test tries all of them.
  constexpr std::uint64_t reciprocal = 20'642'679;
  const std::uint64_t numerator = (std::uint64_t{value} << Bits) + q / 2;
  return static_cast<std::uint16_t>((numerator * reciprocal >> 36) & ((1u << Bits) - 1));
}

/// Decompress_d (equation 4.8) of a value below 2^d; gives a coefficient in [0, q).
template <unsigned Bits>
constexpr Coefficient decompress(std::uint16_t value) {
  static_assert(Bits >= 1 && Bits <= 11);
  return static_cast<Coefficient>((std::uint32_t{value} * q + (1u << (Bits - 1))) >> Bits);
}

/// Octets of n values of `Bits` bits each.
template <unsigned Bits>
inline constexpr std::size_t encoded_size = n * Bits / 8;

/// ByteEncode_12 (algorithm 5) of the canonical coefficients.
void encode(const TransformedPolynomial& transformed, std::span<std::uint8_t, encoded_size<12>> output);

/// ByteDecode_12 (algorithm 6) without the final reduction: gives coefficients in [0, 4096).
[[nodiscard]] TransformedPolynomial decode(std::span<const std::uint8_t, encoded_size<12>> input);

/// ByteEncode_d(Compress_d(polynomial)) for d = 1, 4 and 10, from any coefficients.
template <unsigned Bits>
void compress_and_encode(const Polynomial& polynomial, std::span<std::uint8_t, encoded_size<Bits>> output);

/// Decompress_d(ByteDecode_d(input)) for d = 1, 4 and 10.
template <unsigned Bits>
[[nodiscard]] Polynomial decode_and_decompress(std::span<const std::uint8_t, encoded_size<Bits>> input);

}  // namespace sotto::crypto::ml_kem
