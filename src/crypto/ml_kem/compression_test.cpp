// Property: compression rounds as the exact fraction does, for every coefficient and every width; packing gives back
// what it was given.
#include "crypto/ml_kem/compression.h"

#include <gtest/gtest.h>

namespace sotto::crypto::ml_kem {
namespace {

/// Rounds numerator / denominator to the nearest integer, halves upwards (FIPS 203 section 2.3).
constexpr unsigned rounded(unsigned numerator, unsigned denominator) {
  return (2 * numerator + denominator) / (2 * denominator);
}

template <unsigned Bits>
void expect_exact() {
  for (unsigned value = 0; value < unsigned{q}; ++value) {
    ASSERT_EQ(compress<Bits>(static_cast<std::uint16_t>(value)), rounded(value << Bits, unsigned{q}) % (1u << Bits))
        << value;
  }
  for (unsigned value = 0; value < 1u << Bits; ++value) {
    const Coefficient decompressed = decompress<Bits>(static_cast<std::uint16_t>(value));
    ASSERT_EQ(unsigned(decompressed), rounded(value * unsigned{q}, 1u << Bits)) << value;
    ASSERT_EQ(compress<Bits>(static_cast<std::uint16_t>(decompressed)), value);
  }
}

TEST(Compression, RoundsExactly) {
  expect_exact<1>();
  expect_exact<4>();
  expect_exact<5>();
  expect_exact<10>();
  expect_exact<11>();
}

template <unsigned Bits>
void expect_packing_gives_back() {
  ByteArray<encoded_size<Bits>> encoded;
  for (std::size_t index = 0; index < encoded.size(); ++index)
    encoded[index] = static_cast<std::uint8_t>(index * 91 + 5);
  ByteArray<encoded_size<Bits>> again;
  compress_and_encode<Bits>(decode_and_decompress<Bits>(encoded), again);
  EXPECT_EQ(encoded, again);
}

TEST(Compression, PackingGivesBack) {
  expect_packing_gives_back<1>();
  expect_packing_gives_back<4>();
  expect_packing_gives_back<10>();
}

TEST(Compression, EncodingTakesAnyRepresentative) {
  TransformedPolynomial polynomial;
  TransformedPolynomial shifted;
  for (std::size_t index = 0; index < n; ++index) {
    polynomial.values[index] = static_cast<Coefficient>(index * 13);
    shifted.values[index] = static_cast<Coefficient>(polynomial.values[index] - q);
  }
  ByteArray<encoded_size<12>> encoded;
  ByteArray<encoded_size<12>> of_shifted;
  encode(polynomial, encoded);
  encode(shifted, of_shifted);
  EXPECT_EQ(encoded, of_shifted);
  EXPECT_EQ(decode(encoded).values, polynomial.values);
}

// Little-endian bits: the layout of FIPS 203 algorithms 3 and 5.
TEST(Compression, LowestBitsComeFirst) {
  TransformedPolynomial polynomial;
  polynomial.values[0] = 0x123;
  polynomial.values[1] = 0x456;
  ByteArray<encoded_size<12>> encoded;
  encode(polynomial, encoded);
  EXPECT_EQ(encoded[0], 0x23);
  EXPECT_EQ(encoded[1], 0x61);
  EXPECT_EQ(encoded[2], 0x45);
}

}  // namespace
}  // namespace sotto::crypto::ml_kem
