#include "crypto/aes_gcm/ghash.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace sotto::crypto::aes_gcm {
namespace {

using Word = std::uint64_t;

Word load(const std::uint8_t* octets) {
  Word word = 0;
  std::memcpy(&word, octets, sizeof word);
  return std::byteswap(word);
}

void store(Word word, std::uint8_t* octets) {
  word = std::byteswap(word);
  std::memcpy(octets, &word, sizeof word);
}

struct Swap {
  Word mask;
  int distance;
};

Word reflect(Word word) {
  constexpr std::array<Swap, 3> swaps{{{0x5555555555555555, 1}, {0x3333333333333333, 2}, {0x0F0F0F0F0F0F0F0F, 4}}};
  for (const auto& [mask, distance] : swaps) word = ((word & mask) << distance) | ((word >> distance) & mask);
  return std::byteswap(word);
}

/// The low half of the product over GF(2)[X]. Each factor is split into four, with three empty bits after each bit, so
/// that sums of products carry into nothing that counts.
Word multiply_low(Word left, Word right) {
  constexpr Word every_fourth = 0x1111111111111111;
  std::array<Word, 4> x;
  std::array<Word, 4> y;
  for (std::size_t hole = 0; hole < 4; ++hole) {
    x[hole] = left & (every_fourth << hole);
    y[hole] = right & (every_fourth << hole);
  }
  Word product = 0;
  for (std::size_t hole = 0; hole < 4; ++hole) {
    Word sum = 0;
    for (std::size_t of_left = 0; of_left < 4; ++of_left) sum ^= x[of_left] * y[(hole + 4 - of_left) % 4];
    product |= sum & (every_fourth << hole);
  }
  return product;
}

/// The high half, from the reflected factors.
Word multiply_high(Word left_reflected, Word right_reflected) {
  return reflect(multiply_low(left_reflected, right_reflected)) >> 1;
}

}  // namespace

Ghash::Ghash(const Block& key) {
  key_.high = load(key.data());
  key_.low = load(key.data() + 8);
  key_.high_reflected = reflect(key_.high);
  key_.low_reflected = reflect(key_.low);
}

Ghash::~Ghash() {
  wipe({reinterpret_cast<std::uint8_t*>(&key_), sizeof key_});
  wipe({reinterpret_cast<std::uint8_t*>(&sum_), sizeof sum_});
}

void Ghash::update(ByteView octets) {
  while (!octets.empty()) {
    Block block{};
    const ByteView piece = octets.first(std::min(octets.size(), block.size()));
    std::ranges::copy(piece, block.begin());
    sum_.high ^= load(block.data());
    sum_.low ^= load(block.data() + 8);
    multiply();
    octets = octets.subspan(piece.size());
  }
}

Block Ghash::sum() const {
  Block block;
  store(sum_.high, block.data());
  store(sum_.low, block.data() + 8);
  return block;
}

void Ghash::multiply() {
  sum_.high_reflected = reflect(sum_.high);
  sum_.low_reflected = reflect(sum_.low);
  const Word low = multiply_low(sum_.low, key_.low);
  const Word high = multiply_low(sum_.high, key_.high);
  const Word middle = multiply_low(sum_.low ^ sum_.high, key_.low ^ key_.high) ^ low ^ high;
  const Word low_up = multiply_high(sum_.low_reflected, key_.low_reflected);
  const Word high_up = multiply_high(sum_.high_reflected, key_.high_reflected);
  const Word middle_up =
      multiply_high(sum_.low_reflected ^ sum_.high_reflected, key_.low_reflected ^ key_.high_reflected) ^ low_up ^
      high_up;
  // 255 bits in four words; a factor X is made up for, because GCM writes its polynomials in reverse.
  Word v0 = low;
  Word v1 = low_up ^ middle;
  Word v2 = high ^ middle_up;
  Word v3 = high_up;
  v3 = (v3 << 1) | (v2 >> 63);
  v2 = (v2 << 1) | (v1 >> 63);
  v1 = (v1 << 1) | (v0 >> 63);
  v0 <<= 1;
  // Modulo X^128 + X^7 + X^2 + X + 1.
  v2 ^= v0 ^ (v0 >> 1) ^ (v0 >> 2) ^ (v0 >> 7);
  v1 ^= (v0 << 63) ^ (v0 << 62) ^ (v0 << 57);
  v3 ^= v1 ^ (v1 >> 1) ^ (v1 >> 2) ^ (v1 >> 7);
  v2 ^= (v1 << 63) ^ (v1 << 62) ^ (v1 << 57);
  sum_.low = v2;
  sum_.high = v3;
}

}  // namespace sotto::crypto::aes_gcm
