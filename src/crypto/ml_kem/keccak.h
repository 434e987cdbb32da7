#pragma once

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/bytes.h"
#include "base/secret.h"

namespace sotto::crypto::ml_kem {

/// The 1,600-bit state of FIPS 202 section 3.1: lane (x, y) is element x + 5 y.
using KeccakLanes = std::array<std::uint64_t, 25>;

/// Keccak-f[1600] (FIPS 202 section 3.3), 24 rounds, in time that does not depend on the lanes.
void keccak_permute(KeccakLanes& lanes);

/// Adds the first octets of `source`, which is at least as long, to `target`.
inline void exclusive_or(std::span<std::uint8_t> target, ByteView source) {
  std::size_t done = 0;
  for (; target.size() - done >= sizeof(std::uint64_t); done += sizeof(std::uint64_t)) {
    std::uint64_t sum;
    std::uint64_t addend;
    std::memcpy(&sum, target.data() + done, sizeof sum);
    std::memcpy(&addend, source.data() + done, sizeof addend);
    sum ^= addend;
    std::memcpy(target.data() + done, &sum, sizeof sum);
  }
  for (; done < target.size(); ++done) target[done] ^= source[done];
}

/// A sponge (FIPS 202 section 4) that absorbs octets, then squeezes any number of them. `Rate` is in octets; `Suffix`
/// is the domain separation followed by the first bit of the padding. Once it has been squeezed it absorbs no more.
template <std::size_t Rate, std::uint8_t Suffix>
class Sponge {
 public:
  Sponge() = default;
  Sponge(const Sponge&) = delete;
  Sponge& operator=(const Sponge&) = delete;
  ~Sponge() { wipe(octets()); }

  Sponge& absorb(ByteView piece) {
    while (!piece.empty()) {
      const std::size_t taken = std::min(piece.size(), Rate - position_);
      exclusive_or(octets().subspan(position_, taken), piece);
      piece = piece.subspan(taken);
      position_ += taken;
      if (position_ == Rate) permute();
    }
    return *this;
  }

  void squeeze(std::span<std::uint8_t> output) {
    if (!squeezing_) pad();
    while (!output.empty()) {
      if (position_ == Rate) permute();
      const std::size_t given = std::min(output.size(), Rate - position_);
      std::copy_n(octets().begin() + static_cast<std::ptrdiff_t>(position_), given, output.begin());
      output = output.subspan(given);
      position_ += given;
    }
  }

 private:
  static_assert(std::endian::native == std::endian::little, "octets() relies on the order of FIPS 202 appendix B.1");

  std::span<std::uint8_t, 200> octets() {
    return std::span<std::uint8_t, 200>(reinterpret_cast<std::uint8_t*>(lanes_.data()), 200);
  }

  void permute() {
    keccak_permute(lanes_);
    position_ = 0;
  }

  void pad() {
    octets()[position_] ^= Suffix;
    octets()[Rate - 1] ^= 0x80;
    squeezing_ = true;
    permute();
  }

  KeccakLanes lanes_{};
  std::size_t position_ = 0;
  bool squeezing_ = false;
};

using Sha3_256 = Sponge<136, 0x06>;
using Sha3_512 = Sponge<72, 0x06>;
using Shake128 = Sponge<168, 0x1f>;
using Shake256 = Sponge<136, 0x1f>;

}  // namespace sotto::crypto::ml_kem
