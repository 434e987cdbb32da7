#pragma once

#include "base/bytes.h"
#include "base/secret.h"

namespace sotto::crypto::aes_gcm {

inline constexpr std::size_t block_size = 16;
/// How many blocks one step encrypts.
inline constexpr std::size_t blocks_at_once = 4;
using Blocks = ByteArray<block_size * blocks_at_once>;

/// A bit of each octet of four blocks: word i holds the bits of weight 2^i.
using Planes = std::array<std::uint64_t, 8>;

/// Replaces every octet by its image under the S-box (FIPS 197 section 5.1.1), by logic alone.
void substitute(Planes& planes);

/// AES-256 under one key, forwards only. Neither branches nor addresses depend on key or data. Wipes itself.
class Aes256 {
 public:
  explicit Aes256(const Secret<32>& key);
  Aes256(const Aes256&) = delete;
  Aes256& operator=(const Aes256&) = delete;
  ~Aes256();

  /// Encrypts each of the four blocks by itself, in place.
  void encrypt(Blocks& blocks) const;

 private:
  static constexpr std::size_t rounds = 14;
  std::array<Planes, rounds + 1> round_keys_;
};

}  // namespace sotto::crypto::aes_gcm
