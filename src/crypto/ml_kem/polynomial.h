#pragma once

#include "base/bytes.h"
#include "base/secret.h"

namespace sotto::crypto::ml_kem {

// FIPS 203 section 8, ML-KEM-768, and section 2.3.
inline constexpr std::int16_t q = 3329;
inline constexpr std::size_t n = 256;
inline constexpr std::size_t k = 3;

/// A coefficient modulo q by any representative; each function says which range it takes and gives.
using Coefficient = std::int16_t;

/// 256 coefficients that wipe themselves. `Domain` keeps a polynomial of R_q from being mistaken for its
/// number-theoretic transform, which has the same shape.
template <class Domain>
struct Coefficients {
  std::array<Coefficient, n> values;

  Coefficients() : values{} {}
  Coefficients(const Coefficients&) = default;
  Coefficients& operator=(const Coefficients&) = default;
  ~Coefficients() { wipe({reinterpret_cast<std::uint8_t*>(values.data()), sizeof values}); }
};

/// An element of R_q.
using Polynomial = Coefficients<struct PolynomialDomain>;
/// An element of T_q.
using TransformedPolynomial = Coefficients<struct TransformedDomain>;

using Vector = std::array<Polynomial, k>;
using TransformedVector = std::array<TransformedPolynomial, k>;
/// Rows of columns.
using Matrix = std::array<TransformedVector, k>;

/// q * inverse_of_q = 1 modulo 2^16.
inline constexpr std::int16_t inverse_of_q = -3327;

/// product / 2^16 modulo q, in (-q, q). Takes |product| < 2^15 q.
constexpr Coefficient montgomery_reduce(std::int32_t product) {
  const auto factor = static_cast<std::int16_t>(static_cast<std::int16_t>(product) * inverse_of_q);
  return static_cast<Coefficient>((product - factor * q) >> 16);
}

/// left right / 2^16 modulo q, in (-q, q). Takes |left right| < 2^15 q.
constexpr Coefficient montgomery_multiply(Coefficient left, Coefficient right) {
  // As montgomery_reduce(left * right), but halves of 16 bits throughout, which compilers turn into vector
  // instructions: the low halves that are left out are equal, so nothing is lost.
  const std::int32_t product = std::int32_t{left} * right;
  const auto factor = static_cast<std::int16_t>(static_cast<std::int16_t>(product) * inverse_of_q);
  return static_cast<Coefficient>(static_cast<std::int16_t>(product >> 16) -
                                  static_cast<std::int16_t>(factor * q >> 16));
}

/// The representative in [-(q-1)/2, (q-1)/2] of any coefficient, by Barrett's method.
constexpr Coefficient barrett_reduce(Coefficient value) {
  constexpr std::int32_t reciprocal = ((1 << 26) + q / 2) / q;
  // (value reciprocal + 2^25) / 2^26 rounded down, in two steps for the sake of vector instructions of 16 bits.
  const auto high = static_cast<std::int16_t>(value * reciprocal >> 16);
  const auto quotient = static_cast<std::int16_t>((high + (1 << 9)) >> 10);
  return static_cast<Coefficient>(value - quotient * q);
}

/// The representative in [0, q) of any coefficient.
constexpr std::uint16_t canonical(Coefficient value) {
  const Coefficient centred = barrett_reduce(value);
  // The sign shifted down is a mask of all ones for a negative number.
  return static_cast<std::uint16_t>(centred + ((centred >> 15) & q));
}

/// sum + addend, both of which must leave room within 16 bits.
template <class Domain>
void add(Coefficients<Domain>& sum, const Coefficients<Domain>& addend) {
  for (std::size_t index = 0; index < n; ++index) {
    sum.values[index] = static_cast<Coefficient>(sum.values[index] + addend.values[index]);
  }
}

template <class Domain>
void subtract(Coefficients<Domain>& difference, const Coefficients<Domain>& subtrahend) {
  for (std::size_t index = 0; index < n; ++index) {
    difference.values[index] = static_cast<Coefficient>(difference.values[index] - subtrahend.values[index]);
  }
}

}  // namespace sotto::crypto::ml_kem
