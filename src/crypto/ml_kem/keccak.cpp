#include "crypto/ml_kem/keccak.h"

namespace sotto::crypto::ml_kem {
namespace {

// FIPS 202 section 3.2.5.
constexpr std::array<std::uint64_t, 24> round_constants = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b,
    0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088,
    0x0000000080008009, 0x000000008000000a, 0x000000008000808b, 0x800000000000008b, 0x8000000000008089,
    0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008};

struct Step {
  std::size_t from;
  std::size_t to;
  int rotation;
};

/// Rho and pi together (FIPS 202 sections 3.2.2 and 3.2.3): which lane goes where, rotated by how much.
constexpr std::array<Step, 25> steps = [] {
  std::array<Step, 25> result{};
  std::size_t x = 1;
  std::size_t y = 0;
  for (int number = 0; number < 24; ++number) {
    const std::size_t next_y = (2 * x + 3 * y) % 5;
    result[x + 5 * y] = {.from = x + 5 * y, .to = y + 5 * next_y, .rotation = (number + 1) * (number + 2) / 2 % 64};
    x = y;
    y = next_y;
  }
  return result;
}();

void round(KeccakLanes& lanes, std::uint64_t constant) {
  std::array<std::uint64_t, 5> parity;
#pragma GCC unroll 5
  for (std::size_t x = 0; x < 5; ++x) {
    parity[x] = lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20];
  }
  std::array<std::uint64_t, 5> theta;
#pragma GCC unroll 5
  for (std::size_t x = 0; x < 5; ++x) theta[x] = parity[(x + 4) % 5] ^ std::rotl(parity[(x + 1) % 5], 1);
  KeccakLanes moved;
#pragma GCC unroll 25
  for (std::size_t index = 0; index < 25; ++index) {
    const Step step = steps[index];
    moved[step.to] = std::rotl(lanes[index] ^ theta[index % 5], step.rotation);
  }
#pragma GCC unroll 25
  for (std::size_t index = 0; index < 25; ++index) {
    const std::size_t row = index - index % 5;
    lanes[index] = moved[index] ^ (~moved[row + (index + 1) % 5] & moved[row + (index + 2) % 5]);
  }
  lanes[0] ^= constant;
}

}  // namespace

void keccak_permute(KeccakLanes& lanes) {
  KeccakLanes working = lanes;
  for (const std::uint64_t constant : round_constants) round(working, constant);
  lanes = working;
}

}  // namespace sotto::crypto::ml_kem
