#pragma once

#include <span>

#include "transparency/tree.h"

namespace sotto::transparency {

// The checks of RFC 6962's proofs, by the algorithms of RFC 9162. Any octets may be given to them; the work is bounded
// by the number of hashes.

/// The root of a tree and its size.
struct TreeHead {
  std::uint64_t size = 0;
  Sha256Digest root;

  friend bool operator==(const TreeHead&, const TreeHead&) = default;
};

/// One leaf's hash and its number, from 0.
struct LeafClaim {
  std::uint64_t index = 0;
  Sha256Digest hash;
};

/// RFC 9162 section 2.1.3.2: whether `path` proves that the tree holds the leaf at that place.
[[nodiscard]] bool verify_inclusion(const LeafClaim& leaf, const TreeHead& tree, std::span<const Sha256Digest> path);

/// The smaller and the larger of two trees.
struct Growth {
  TreeHead from;
  TreeHead to;
};

/// RFC 9162 section 2.1.4.2: whether `proof` proves that `to` begins with all of `from`. Every tree begins with the
/// empty one (no hashes, and the root of `from` must be the empty tree's), and with itself (no hashes, equal roots).
[[nodiscard]] bool verify_consistency(const Growth& growth, std::span<const Sha256Digest> proof);

}  // namespace sotto::transparency
