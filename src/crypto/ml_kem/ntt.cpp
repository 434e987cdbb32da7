#include "crypto/ml_kem/ntt.h"

namespace sotto::crypto::ml_kem {
namespace {

constexpr std::int32_t montgomery_factor = 65536 % q;

/// `exponent` with its seven bits in reverse order.
constexpr unsigned reverse_bits(unsigned exponent) {
  unsigned reversed = 0;
  for (unsigned bit = 0; bit < 7; ++bit) reversed |= (exponent >> bit & 1) << (6 - bit);
  return reversed;
}

constexpr Coefficient centred(std::int32_t value) {
  const std::int32_t remainder = value % q;
  return static_cast<Coefficient>(remainder > q / 2 ? remainder - q : remainder);
}

/// 2^16 * 17^BitRev7(i) modulo q (FIPS 203 section 4.3 and appendix A), centred. Computed while compiling.
constexpr std::array<Coefficient, 128> zetas = [] {
  std::array<std::int32_t, 128> powers{};
  std::int32_t power = montgomery_factor;
  for (std::int32_t& entry : powers) {
    entry = power;
    power = power * 17 % q;
  }
  std::array<Coefficient, 128> result{};
  for (unsigned index = 0; index < 128; ++index) result[index] = centred(powers[reverse_bits(index)]);
  return result;
}();

/// One block of a layer of algorithm 9: the two halves of `length` coefficients that begin at `low`.
void butterfly(Coefficient* low, std::size_t length, Coefficient zeta) {
  Coefficient* const high = low + length;
  for (std::size_t index = 0; index < length; ++index) {
    const Coefficient product = montgomery_multiply(zeta, high[index]);
    high[index] = static_cast<Coefficient>(low[index] - product);
    low[index] = static_cast<Coefficient>(low[index] + product);
  }
}

/// One block of a layer of algorithm 10.
void inverse_butterfly(Coefficient* low, std::size_t length, Coefficient zeta) {
  Coefficient* const high = low + length;
  for (std::size_t index = 0; index < length; ++index) {
    const Coefficient sum = static_cast<Coefficient>(low[index] + high[index]);
    high[index] = montgomery_multiply(zeta, static_cast<Coefficient>(high[index] - low[index]));
    low[index] = barrett_reduce(sum);
  }
}

/// Adds the product of two elements of Z_q[X]/(X^2 - gamma) to `sum`, times 2^-16 (algorithm 12).
void add_base_case_product(Coefficient* sum, const Coefficient* left, const Coefficient* right, Coefficient gamma) {
  const Coefficient wrapped = montgomery_multiply(montgomery_multiply(left[1], right[1]), gamma);
  sum[0] = static_cast<Coefficient>(sum[0] + wrapped + montgomery_multiply(left[0], right[0]));
  sum[1] = static_cast<Coefficient>(sum[1] + montgomery_multiply(left[0], right[1]) +
                                    montgomery_multiply(left[1], right[0]));
}

}  // namespace

TransformedPolynomial ntt(const Polynomial& polynomial) {
  TransformedPolynomial result;
  result.values = polynomial.values;
  std::size_t zeta = 1;
  // Each of the seven layers adds less than q to the largest magnitude, so 8 q < 2^15 is never passed.
  for (std::size_t length = n / 2; length >= 2; length /= 2) {
    for (std::size_t start = 0; start < n; start += 2 * length) {
      butterfly(result.values.data() + start, length, zetas[zeta++]);
    }
  }
  for (Coefficient& value : result.values) value = barrett_reduce(value);
  return result;
}

Polynomial inverse_ntt(const TransformedPolynomial& transformed) {
  // 2^32 / 128 modulo q: one factor 2^16 is for the caller, one is taken by the multiplication.
  constexpr Coefficient scale = centred(montgomery_factor * montgomery_factor % q * 3303 % q);
  static_assert(3303 * 128 % q == 1);
  Polynomial result;
  for (std::size_t index = 0; index < n; ++index) result.values[index] = barrett_reduce(transformed.values[index]);
  std::size_t zeta = 127;
  for (std::size_t length = 2; length <= n / 2; length *= 2) {
    for (std::size_t start = 0; start < n; start += 2 * length) {
      inverse_butterfly(result.values.data() + start, length, zetas[zeta--]);
    }
  }
  for (Coefficient& value : result.values) value = montgomery_multiply(value, scale);
  return result;
}

TransformedPolynomial inner_product(const TransformedVector& left, const TransformedVector& right) {
  TransformedPolynomial sum;
  for (std::size_t element = 0; element < k; ++element) {
    Coefficient* const target = sum.values.data();
    const Coefficient* const first = left[element].values.data();
    const Coefficient* const second = right[element].values.data();
    // Algorithm 11: the moduli of neighbouring pairs are X^2 - gamma and X^2 + gamma.
    for (std::size_t index = 0; index < n; index += 4) {
      const Coefficient gamma = zetas[64 + index / 4];
      add_base_case_product(target + index, first + index, second + index, gamma);
      add_base_case_product(target + index + 2, first + index + 2, second + index + 2,
                            static_cast<Coefficient>(-gamma));
    }
  }
  for (Coefficient& value : sum.values) value = barrett_reduce(value);
  return sum;
}

void multiply_by_montgomery_factor(TransformedPolynomial& transformed) {
  constexpr Coefficient factor = centred(montgomery_factor * montgomery_factor % q);
  for (Coefficient& value : transformed.values) value = montgomery_multiply(value, factor);
}

}  // namespace sotto::crypto::ml_kem
