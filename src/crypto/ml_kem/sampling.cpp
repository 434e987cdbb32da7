#include "crypto/ml_kem/sampling.h"

#include "crypto/ml_kem/keccak.h"

namespace sotto::crypto::ml_kem {
namespace {

/// Appends those of two 12-bit candidates that are below q; gives the new count of coefficients. Writes past `count`
/// are harmless because `values` has room for two more.
std::size_t take_candidates(std::array<Coefficient, n + 2>& values, std::size_t count, const std::uint8_t* octets) {
  const auto first = static_cast<Coefficient>(octets[0] | (octets[1] & 15) << 8);
  const auto second = static_cast<Coefficient>(octets[1] >> 4 | octets[2] << 4);
  values[count] = first;
  count += first < q;
  values[count] = second;
  count += second < q;
  return count;
}

/// Algorithm 7. Three blocks nearly always suffice; the number needed is a matter of luck with no bound, but nobody can
/// search out a rho that needs more than a handful.
TransformedPolynomial sample_uniform(ByteView seed) {
  Shake128 stream;
  stream.absorb(seed);
  std::array<Coefficient, n + 2> values;
  ByteArray<168> block;
  std::size_t count = 0;
  while (count < n) {
    stream.squeeze(block);
    for (std::size_t index = 0; index < block.size() && count < n; index += 3) {
      count = take_candidates(values, count, block.data() + index);
    }
  }
  TransformedPolynomial result;
  std::copy_n(values.begin(), n, result.values.begin());
  return result;
}

std::uint32_t load_little_endian(const std::uint8_t* octets) {
  return octets[0] | std::uint32_t{octets[1]} << 8 | std::uint32_t{octets[2]} << 16 | std::uint32_t{octets[3]} << 24;
}

}  // namespace

Matrix sample_matrix(std::span<const std::uint8_t, 32> rho) {
  ByteArray<34> seed{};
  std::copy(rho.begin(), rho.end(), seed.begin());
  Matrix matrix;
  for (std::uint8_t row = 0; row < k; ++row) {
    for (std::uint8_t column = 0; column < k; ++column) {
      seed[32] = column;
      seed[33] = row;
      matrix[row][column] = sample_uniform(seed);
    }
  }
  return matrix;
}

Polynomial sample_centred_binomial(const Secret<32>& seed, std::uint8_t counter) {
  Secret<128> stream;
  Shake256().absorb(seed.reveal()).absorb(std::span(&counter, 1)).squeeze(stream.writable());
  Polynomial result;
  for (std::size_t index = 0; index < n; index += 8) {
    const std::uint32_t bits = load_little_endian(stream.reveal().data() + index / 2);
    // Each pair of bits becomes their sum, then each group of four bits is one coefficient x - y.
    const std::uint32_t sums = (bits & 0x55555555) + (bits >> 1 & 0x55555555);
    for (std::size_t offset = 0; offset < 8; ++offset) {
      const auto x = static_cast<Coefficient>(sums >> (4 * offset) & 3);
      const auto y = static_cast<Coefficient>(sums >> (4 * offset + 2) & 3);
      result.values[index + offset] = static_cast<Coefficient>(x - y);
    }
  }
  return result;
}

}  // namespace sotto::crypto::ml_kem
