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

/// Entry 2 i is 2^16 and entry 2 i + 1 is 2^16 gamma_i modulo q, where X^2 - gamma_i is the i-th modulus of
/// section 4.3: gamma and -gamma by turns.
constexpr std::array<Coefficient, n> twists = [] {
  std::array<Coefficient, n> result{};
  for (std::size_t index = 0; index < n; index += 4) {
    const Coefficient gamma = zetas[64 + index / 4];
    result[index] = result[index + 2] = centred(montgomery_factor);
    result[index + 1] = gamma;
    result[index + 3] = static_cast<Coefficient>(-gamma);
  }
  return result;
}();

using WideCoefficients = std::array<std::int32_t, n>;

/// Adds the products of the elements of Z_q[X]/(X^2 - gamma_i) to `sum`, unreduced (algorithm 12).
void add_products(WideCoefficients& sum, const TransformedPolynomial& left, const TransformedPolynomial& right) {
  TransformedPolynomial twisted;
  for (std::size_t index = 0; index < n; ++index) {
    twisted.values[index] = montgomery_multiply(left.values[index], twists[index]);
  }
  for (std::size_t index = 0; index < n; index += 2) {
    const std::int32_t low = right.values[index];
    const std::int32_t high = right.values[index + 1];
    sum[index] += twisted.values[index] * low + twisted.values[index + 1] * high;
    sum[index + 1] += left.values[index] * high + left.values[index + 1] * low;
  }
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
  // Six products of less than q 2^12 each stay below the 2^15 q that the reduction takes.
  WideCoefficients sum{};
  for (std::size_t element = 0; element < k; ++element) add_products(sum, left[element], right[element]);
  TransformedPolynomial result;
  for (std::size_t index = 0; index < n; ++index) result.values[index] = barrett_reduce(montgomery_reduce(sum[index]));
  wipe({reinterpret_cast<std::uint8_t*>(sum.data()), sizeof sum});
  return result;
}

void multiply_by_montgomery_factor(TransformedPolynomial& transformed) {
  constexpr Coefficient factor = centred(montgomery_factor * montgomery_factor % q);
  for (Coefficient& value : transformed.values) value = montgomery_multiply(value, factor);
}

}  // namespace sotto::crypto::ml_kem
