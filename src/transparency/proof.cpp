#include "transparency/proof.h"

#include <bit>

#include "crypto/hash.h"

namespace sotto::transparency {
namespace {

/// The numbers of a node and of the last node, level by level upwards; RFC 9162's fn and sn.
struct Climb {
  std::uint64_t node = 0;
  std::uint64_t last = 0;

  [[nodiscard]] bool at_top() const { return last == 0; }
  /// Whether the node's sibling stands left of it. The last node may have climbed over levels without a sibling.
  [[nodiscard]] bool sibling_is_left() const { return (node & 1) != 0 || node == last; }
  void up() {
    node >>= 1;
    last >>= 1;
  }
  /// After a sibling on the left: over the levels at which the last node has none.
  void skip_single() {
    while ((node & 1) == 0 && node != 0) up();
  }
};

}  // namespace

bool verify_inclusion(const LeafClaim& leaf, const TreeHead& tree, std::span<const Sha256Digest> path) {
  if (leaf.index >= tree.size) return false;
  Climb climb{leaf.index, tree.size - 1};
  Sha256Digest hash = leaf.hash;
  for (const Sha256Digest& sibling : path) {
    if (climb.at_top()) return false;
    if (climb.sibling_is_left()) {
      hash = node_hash(sibling, hash);
      climb.skip_single();
    } else {
      hash = node_hash(hash, sibling);
    }
    climb.up();
  }
  return climb.at_top() && hash == tree.root;
}

bool verify_consistency(const Growth& growth, std::span<const Sha256Digest> proof) {
  const auto& [from, to] = growth;
  if (from.size > to.size) return false;
  if (from.size == 0) return proof.empty() && from.root == crypto::sha256({}) && (to.size != 0 || to.root == from.root);
  if (from.size == to.size) return proof.empty() && from.root == to.root;
  // A complete smaller tree is itself the first hash.
  const bool complete = std::has_single_bit(from.size);
  if (!complete && proof.empty()) return false;
  Sha256Digest old_hash = complete ? from.root : proof.front();
  Sha256Digest new_hash = old_hash;
  Climb climb{from.size - 1, to.size - 1};
  while ((climb.node & 1) != 0) climb.up();
  for (const Sha256Digest& sibling : proof.subspan(complete ? 0 : 1)) {
    if (climb.at_top()) return false;
    if (climb.sibling_is_left()) {
      old_hash = node_hash(sibling, old_hash);
      new_hash = node_hash(sibling, new_hash);
      climb.skip_single();
    } else {
      new_hash = node_hash(new_hash, sibling);
    }
    climb.up();
  }
  return climb.at_top() && old_hash == from.root && new_hash == to.root;
}

}  // namespace sotto::transparency
