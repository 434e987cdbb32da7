#pragma once

#include "base/keys.h"
#include "base/secret.h"

namespace sotto::crypto {

/// FIPS 180-4 SHA-256.
[[nodiscard]] Sha256Digest sha256(ByteView message);

/// FIPS 180-4 SHA-512.
[[nodiscard]] Sha512Digest sha512(ByteView message);

/// SHA-256 of a message that arrives in pieces. What it has absorbed is wiped when it dies.
class Sha256 {
 public:
  Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  ~Sha256();

  /// Appends `piece` to the message. Returns itself, so that calls chain.
  Sha256& update(ByteView piece);

  /// The digest of everything so far; begins a new, empty message.
  [[nodiscard]] Sha256Digest finish();

  /// Continues from where `other` stands, so that a common prefix is absorbed once.
  void resume_from(const Sha256& other);

 private:
  // Room for the library's state, which hash.cpp alone knows.
  static constexpr std::size_t state_size = 112;
  alignas(std::uint64_t) ByteArray<state_size> state_;
};

}  // namespace sotto::crypto
