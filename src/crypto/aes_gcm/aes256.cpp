#include "crypto/aes_gcm/aes256.h"

#include <bit>
#include <cstring>

// Bitslicing after T. Pornin, "Why constant-time crypto?" and BearSSL: four blocks lie in eight words, in each of which
// the bit of one octet stands at a place that only the octet's row, column and block decide.
namespace sotto::crypto::aes_gcm {
namespace {

static_assert(std::endian::native == std::endian::little);

using Word = std::uint64_t;
constexpr std::size_t key_words = 8;
constexpr std::size_t words_of_a_block = 4;
using BlockWords = std::array<std::uint32_t, words_of_a_block>;

struct Exchange {
  Word low;
  int distance;
};

/// Swaps the upper bits of `left` with the lower bits of `right`.
void exchange(Word& left, Word& right, Exchange how) {
  const Word before = left;
  left = (before & how.low) | ((right & how.low) << how.distance);
  right = ((before & ~how.low) >> how.distance) | (right & ~how.low);
}

/// Between octets that follow one another and planes of bits; its own inverse.
void transpose(Planes& planes) {
  constexpr Exchange single{.low = 0x5555555555555555, .distance = 1};
  constexpr Exchange pairs{.low = 0x3333333333333333, .distance = 2};
  constexpr Exchange nibbles{.low = 0x0F0F0F0F0F0F0F0F, .distance = 4};
  for (const std::size_t at : {0U, 2U, 4U, 6U}) exchange(planes[at], planes[at + 1], single);
  for (const std::size_t at : {0U, 1U, 4U, 5U}) exchange(planes[at], planes[at + 2], pairs);
  for (const std::size_t at : {0U, 1U, 2U, 3U}) exchange(planes[at], planes[at + 4], nibbles);
}

/// The octets of a word, with an empty one after each.
Word spread(std::uint32_t word) {
  Word wide = word;
  wide = (wide | (wide << 16)) & 0x0000FFFF0000FFFF;
  return (wide | (wide << 8)) & 0x00FF00FF00FF00FF;
}

std::uint32_t gather(Word wide) {
  wide &= 0x00FF00FF00FF00FF;
  wide = (wide | (wide >> 8)) & 0x0000FFFF0000FFFF;
  return static_cast<std::uint32_t>(wide | (wide >> 16));
}

void put_block(Planes& planes, std::size_t place, const BlockWords& words) {
  planes[place] = spread(words[0]) | (spread(words[2]) << 8);
  planes[place + 4] = spread(words[1]) | (spread(words[3]) << 8);
}

BlockWords take_block(const Planes& planes, std::size_t place) {
  const Word even = planes[place];
  const Word odd = planes[place + 4];
  return {gather(even), gather(odd), gather(even >> 8), gather(odd >> 8)};
}

std::uint32_t substitute_word(std::uint32_t word) {
  Planes planes{word};
  transpose(planes);
  substitute(planes);
  transpose(planes);
  return static_cast<std::uint32_t>(planes[0]);
}

void add(Planes& planes, const Planes& round_key) {
  for (std::size_t bit = 0; bit < planes.size(); ++bit) planes[bit] ^= round_key[bit];
}

void shift_rows(Planes& planes) {
  for (Word& x : planes) {
    x = (x & 0x000000000000FFFF) | ((x & 0x00000000FFF00000) >> 4) | ((x & 0x00000000000F0000) << 12) |
        ((x & 0x0000FF0000000000) >> 8) | ((x & 0x000000FF00000000) << 8) | ((x & 0xF000000000000000) >> 12) |
        ((x & 0x0FFF000000000000) << 4);
  }
}

void mix_columns(Planes& q) {
  Planes sum;  // of an octet and the one below it
  for (std::size_t bit = 0; bit < q.size(); ++bit) sum[bit] = q[bit] ^ std::rotr(q[bit], 16);
  Planes mixed;
  for (std::size_t bit = 0; bit < q.size(); ++bit) {
    mixed[bit] = std::rotr(q[bit], 16) ^ std::rotr(sum[bit], 32);
    // Doubling moves each bit up, and the highest one into the places of the field's polynomial.
    mixed[bit] ^= bit == 0 ? sum[7] : sum[bit - 1];
    if (bit == 1 || bit == 3 || bit == 4) mixed[bit] ^= sum[7];
  }
  q = mixed;
}

}  // namespace

Aes256::Aes256(const Secret<32>& key) {
  constexpr std::size_t words = words_of_a_block * (rounds + 1);
  std::array<std::uint32_t, words> schedule;
  std::memcpy(schedule.data(), key.reveal().data(), key.reveal().size());
  std::uint32_t constant = 1;
  for (std::size_t at = key_words; at < words; ++at) {
    std::uint32_t word = schedule[at - 1];
    if (at % key_words == 0) {
      word = substitute_word(std::rotr(word, 8)) ^ constant;
      constant <<= 1;
    } else if (at % key_words == 4) {
      word = substitute_word(word);
    }
    schedule[at] = schedule[at - key_words] ^ word;
  }
  for (std::size_t round = 0; round <= rounds; ++round) {
    BlockWords words_of_round;
    std::memcpy(words_of_round.data(), &schedule[round * words_of_a_block], sizeof words_of_round);
    for (std::size_t place = 0; place < blocks_at_once; ++place) put_block(round_keys_[round], place, words_of_round);
    transpose(round_keys_[round]);
  }
  wipe({reinterpret_cast<std::uint8_t*>(schedule.data()), sizeof schedule});
}

Aes256::~Aes256() { wipe({reinterpret_cast<std::uint8_t*>(round_keys_.data()), sizeof round_keys_}); }

void Aes256::encrypt(Blocks& blocks) const {
  Planes planes;
  BlockWords words;
  for (std::size_t place = 0; place < blocks_at_once; ++place) {
    std::memcpy(words.data(), &blocks[place * block_size], block_size);
    put_block(planes, place, words);
  }
  transpose(planes);
  add(planes, round_keys_[0]);
  for (std::size_t round = 1; round < rounds; ++round) {
    substitute(planes);
    shift_rows(planes);
    mix_columns(planes);
    add(planes, round_keys_[round]);
  }
  substitute(planes);
  shift_rows(planes);
  add(planes, round_keys_[rounds]);
  transpose(planes);
  for (std::size_t place = 0; place < blocks_at_once; ++place) {
    words = take_block(planes, place);
    std::memcpy(&blocks[place * block_size], words.data(), block_size);
  }
}

}  // namespace sotto::crypto::aes_gcm
