#pragma once

#include "base/bytes.h"
#include "crypto/aes_gcm/aes256.h"

namespace sotto::crypto::aes_gcm {

using Block = ByteArray<block_size>;

/// GHASH (NIST SP 800-38D section 6.4) under one key, by multiplications of integers whose carries fall into holes:
/// no table, and no address or branch that depends on key or data. Wipes itself.
class Ghash {
 public:
  /// `key` is the encryption of the block of zeros.
  explicit Ghash(const Block& key);
  Ghash(const Ghash&) = delete;
  Ghash& operator=(const Ghash&) = delete;
  ~Ghash();

  /// Takes in octets, filled up with zeros to a whole block.
  void update(ByteView octets);
  /// The sum so far.
  [[nodiscard]] Block sum() const;

 private:
  void multiply();

  struct State {
    // The halves of an element, its reflected halves, and the sums of both, as Karatsuba's method wants them.
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    std::uint64_t high_reflected = 0;
    std::uint64_t low_reflected = 0;
  };
  State key_;
  State sum_;
};

}  // namespace sotto::crypto::aes_gcm
