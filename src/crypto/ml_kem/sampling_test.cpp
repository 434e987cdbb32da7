// Property: sampling is what FIPS 203 algorithms 7 and 8 say, written here as plainly as there.
#include "crypto/ml_kem/sampling.h"

#include <gtest/gtest.h>

#include "crypto/ml_kem/keccak.h"
#include "crypto/testing/deterministic_random.h"

namespace sotto::crypto::ml_kem {
namespace {

/// Algorithm 7, from a stream that is long enough for any seed of this test.
std::vector<int> sample_ntt_by_the_book(const Bytes& seed) {
  Bytes stream(2000);
  Shake128().absorb(seed).squeeze(stream);
  std::vector<int> coefficients;
  for (std::size_t at = 0; coefficients.size() < n; at += 3) {
    const int first = stream.at(at) + 256 * (stream.at(at + 1) % 16);
    const int second = stream.at(at + 1) / 16 + 16 * stream.at(at + 2);
    if (first < q) coefficients.push_back(first);
    if (second < q && coefficients.size() < n) coefficients.push_back(second);
  }
  return coefficients;
}

TEST(Sampling, MatrixIsThatOfTheStandard) {
  DeterministicRandom random(1);
  for (int round = 0; round < 20; ++round) {
    ByteArray<32> rho;
    random.fill(rho);
    const Matrix matrix = sample_matrix(rho);
    for (std::uint8_t row = 0; row < k; ++row) {
      for (std::uint8_t column = 0; column < k; ++column) {
        Bytes seed(rho.begin(), rho.end());
        seed.push_back(column);
        seed.push_back(row);
        const auto& values = matrix[row][column].values;
        EXPECT_EQ(std::vector<int>(values.begin(), values.end()), sample_ntt_by_the_book(seed));
      }
    }
  }
}

/// Algorithm 8 for eta = 2.
int coefficient_by_the_book(const Bytes& stream, std::size_t index) {
  const auto bit = [&](std::size_t number) { return stream[number / 8] >> (number % 8) & 1; };
  return bit(4 * index) + bit(4 * index + 1) - bit(4 * index + 2) - bit(4 * index + 3);
}

TEST(Sampling, CentredBinomialIsThatOfTheStandard) {
  DeterministicRandom random(2);
  for (std::uint8_t counter = 0; counter < 7; ++counter) {
    const Secret<32> seed = random.next_secret<32>();
    Bytes stream(128);
    Shake256().absorb(seed.reveal()).absorb(std::span(&counter, 1)).squeeze(stream);
    const Polynomial polynomial = sample_centred_binomial(seed, counter);
    for (std::size_t index = 0; index < n; ++index) {
      ASSERT_EQ(polynomial.values[index], coefficient_by_the_book(stream, index)) << index;
    }
  }
}

}  // namespace
}  // namespace sotto::crypto::ml_kem
