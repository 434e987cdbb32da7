// Property: reductions keep the residue and their range for every input, and multiplying through the transform is
// multiplying polynomials modulo X^256 + 1.
#include "crypto/ml_kem/ntt.h"

#include <gtest/gtest.h>

#include "crypto/testing/deterministic_random.h"

namespace sotto::crypto::ml_kem {
namespace {

int residue(int value) { return ((value % q) + q) % q; }

TEST(Reduction, BarrettIsRightForEveryCoefficient) {
  for (int value = -32768; value <= 32767; ++value) {
    const auto coefficient = static_cast<Coefficient>(value);
    const int reduced = barrett_reduce(coefficient);
    ASSERT_EQ(residue(reduced), residue(value));
    ASSERT_LE(std::abs(reduced), (q - 1) / 2);
    ASSERT_EQ(canonical(coefficient), residue(value));
  }
}

TEST(Reduction, MontgomeryIsRightOverItsRange) {
  constexpr int limit = 32768 * q;
  for (int value = -limit + 1; value < limit; value += 997) {
    const int reduced = montgomery_reduce(value);
    ASSERT_EQ(residue(reduced * (65536 % q)), residue(value));
    ASSERT_LT(std::abs(reduced), q);
  }
  for (int left = -32768; left <= 32767; left += 7) {
    for (const int right : {-3328, -1665, -1, 0, 1, 1353, 3328}) {
      ASSERT_EQ(montgomery_multiply(static_cast<Coefficient>(left), static_cast<Coefficient>(right)),
                montgomery_reduce(left * right));
    }
  }
}

Polynomial random_polynomial(Random& random) {
  std::array<std::uint8_t, 2 * n> octets;
  random.fill(octets);
  Polynomial polynomial;
  for (std::size_t index = 0; index < n; ++index) {
    const int value = (octets[2 * index] | octets[2 * index + 1] << 8) % (2 * q - 1) - (q - 1);
    polynomial.values[index] = static_cast<Coefficient>(value);
  }
  return polynomial;
}

/// Multiplies as one does on paper, and adds to `sum`.
void add_product(std::array<int, n>& sum, const Polynomial& left, const Polynomial& right) {
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const int product = left.values[i] * right.values[j] % q;
      // X^256 = -1.
      sum[(i + j) % n] += i + j < n ? product : -product;
    }
  }
}

void expect_same_product(const Vector& left, const Vector& right) {
  std::array<int, n> expected{};
  TransformedVector transformed_left;
  TransformedVector transformed_right;
  for (std::size_t element = 0; element < k; ++element) {
    add_product(expected, left[element], right[element]);
    transformed_left[element] = ntt(left[element]);
    transformed_right[element] = ntt(right[element]);
  }
  const Polynomial product = inverse_ntt(inner_product(transformed_left, transformed_right));
  for (std::size_t index = 0; index < n; ++index) {
    ASSERT_EQ(residue(product.values[index]), residue(expected[index])) << index;
    ASSERT_LT(std::abs(product.values[index]), q);
  }
}

TEST(Ntt, MultipliesPolynomials) {
  DeterministicRandom random(1);
  for (int round = 0; round < 20; ++round) {
    const Vector left = {random_polynomial(random), random_polynomial(random), random_polynomial(random)};
    const Vector right = {random_polynomial(random), random_polynomial(random), random_polynomial(random)};
    expect_same_product(left, right);
  }
}

TEST(Ntt, StaysInRangeAtTheExtremes) {
  for (const int extreme : {q - 1, 1 - q}) {
    Vector vector;
    for (Polynomial& polynomial : vector) polynomial.values.fill(static_cast<Coefficient>(extreme));
    expect_same_product(vector, vector);
    for (const Coefficient value : ntt(vector[0]).values) EXPECT_LE(std::abs(value), (q - 1) / 2);
  }
}

// The largest operands that inner_product documents: a public key is decoded to coefficients below 4096.
TEST(Ntt, InnerProductTakesItsWholeRange) {
  for (const int extreme : {q - 1, 1 - q}) {
    TransformedVector left;
    TransformedVector right;
    for (TransformedPolynomial& element : left) element.values.fill(static_cast<Coefficient>(extreme));
    for (TransformedPolynomial& element : right) element.values.fill(4095);
    TransformedVector reduced = right;
    for (TransformedPolynomial& element : reduced) element.values.fill(4095 - q);
    const auto product = inner_product(left, right);
    EXPECT_EQ(product.values, inner_product(left, reduced).values);
    for (const Coefficient value : product.values) EXPECT_LE(std::abs(value), (q - 1) / 2);
  }
}

TEST(Ntt, MontgomeryFactorIsTwoToTheSixteenth) {
  TransformedPolynomial polynomial;
  for (std::size_t index = 0; index < n; ++index) polynomial.values[index] = static_cast<Coefficient>(index * 13);
  TransformedPolynomial multiplied = polynomial;
  multiply_by_montgomery_factor(multiplied);
  for (std::size_t index = 0; index < n; ++index) {
    EXPECT_EQ(residue(multiplied.values[index]), residue(polynomial.values[index] * (65536 % q)));
  }
}

}  // namespace
}  // namespace sotto::crypto::ml_kem
