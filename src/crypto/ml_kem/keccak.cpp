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

/// Where a lane comes from and how much it is rotated on its way.
struct Step {
  std::size_t from;
  int rotation;
};

/// Rho and pi together (FIPS 202 sections 3.2.2 and 3.2.3), by the lane that they give.
constexpr std::array<Step, 25> steps = [] {
  std::array<Step, 25> result{};
  std::size_t x = 1;
  std::size_t y = 0;
  for (int number = 0; number < 24; ++number) {
    const std::size_t next_y = (2 * x + 3 * y) % 5;
    result[y + 5 * next_y] = {.from = x + 5 * y, .rotation = (number + 1) * (number + 2) / 2 % 64};
    x = y;
    y = next_y;
  }
  return result;
}();

/// One round (section 3.3) from one array into another, row by row, so that only a row is held in registers.
void round(const KeccakLanes& before, KeccakLanes& after, std::uint64_t constant) {
  std::array<std::uint64_t, 5> parity;
#pragma GCC unroll 5
  for (std::size_t x = 0; x < 5; ++x) {
    parity[x] = before[x] ^ before[x + 5] ^ before[x + 10] ^ before[x + 15] ^ before[x + 20];
  }
  std::array<std::uint64_t, 5> theta;
#pragma GCC unroll 5
  for (std::size_t x = 0; x < 5; ++x) theta[x] = parity[(x + 4) % 5] ^ std::rotl(parity[(x + 1) % 5], 1);
#pragma GCC unroll 5
  for (std::size_t row = 0; row < 25; row += 5) {
    std::array<std::uint64_t, 5> lanes;
#pragma GCC unroll 5
    for (std::size_t x = 0; x < 5; ++x) {
      const Step step = steps[row + x];
      lanes[x] = std::rotl(before[step.from] ^ theta[step.from % 5], step.rotation);
    }
#pragma GCC unroll 5
    for (std::size_t x = 0; x < 5; ++x) after[row + x] = lanes[x] ^ (~lanes[(x + 1) % 5] & lanes[(x + 2) % 5]);
  }
  after[0] ^= constant;
}

}  // namespace

void keccak_permute(KeccakLanes& lanes) {
  KeccakLanes between;
  for (std::size_t number = 0; number < round_constants.size(); number += 2) {
    round(lanes, between, round_constants[number]);
    round(between, lanes, round_constants[number + 1]);
  }
  wipe({reinterpret_cast<std::uint8_t*>(between.data()), sizeof between});
}

}  // namespace sotto::crypto::ml_kem
