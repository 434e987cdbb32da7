#pragma once

#include <string>

#include "crypto/ed25519.h"
#include "transparency/tree.h"

namespace sotto::transparency::testing {

[[nodiscard]] inline crypto::Ed25519KeyPair key_pair(std::uint8_t number) {
  ByteArray<32> seed{};
  seed.fill(number);
  return crypto::ed25519_from_seed(Secret<32>(seed));
}

[[nodiscard]] inline Sha256Digest numbered_leaf(std::uint64_t number) {
  return leaf_hash(as_bytes(std::to_string(number)));
}

}  // namespace sotto::transparency::testing
