#pragma once

#include <compare>
#include <expected>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/keys.h"

namespace sotto::transparency {

// The Merkle tree of RFC 6962 section 2.1 over SHA-256. Kept are the hashes of its complete subtrees, each once:
//
//   level 2          (2,0)
//                 /        \            .
//   level 1    (1,0)      (1,1)
//              /   \      /   \         .
//   level 0  (0,0)(0,1)(0,2)(0,3)(0,4)      a tree of 5 leaves
//
// They never change, so an append writes new ones only, and every root and proof is made of O(log n) of them.

/// The complete subtree over the leaves [index << level, (index + 1) << level).
struct NodePosition {
  std::uint32_t level = 0;
  std::uint64_t index = 0;

  friend auto operator<=>(const NodePosition&, const NodePosition&) = default;
};

/// A position and the hash that belongs there.
struct Node {
  NodePosition position;
  Sha256Digest hash;

  friend bool operator==(const Node&, const Node&) = default;
};

/// The stored hashes of a tree. Borrowed until the call returns.
class NodeReader {
 public:
  virtual ~NodeReader() = default;
  /// Nothing if there is none, which for a position inside the tree means that the storage is damaged.
  [[nodiscard]] virtual std::optional<Sha256Digest> read(NodePosition position) = 0;
};

enum class TreeError : std::uint8_t {
  /// The reader lacks a hash of the tree asked about.
  missing_node,
  /// The entry, or the smaller tree, is not inside the tree named.
  out_of_range,
};

/// SHA-256(0x00 || entry).
[[nodiscard]] Sha256Digest leaf_hash(ByteView entry);
/// SHA-256(0x01 || left || right).
[[nodiscard]] Sha256Digest node_hash(const Sha256Digest& left, const Sha256Digest& right);

/// What has to be stored for a leaf that becomes number `size` (from 0): the leaf, then each subtree that it completes,
/// upwards. At most 64 nodes; reads one less.
[[nodiscard]] std::expected<std::vector<Node>, TreeError> append(NodeReader& reader, std::uint64_t size,
                                                                 const Sha256Digest& leaf);

/// MTH of the first `size` leaves; SHA-256 of nothing for 0.
[[nodiscard]] std::expected<Sha256Digest, TreeError> root(NodeReader& reader, std::uint64_t size);

/// Two trees of one log: what is to be proven of the smaller one in the larger one.
struct TreeSizes {
  std::uint64_t from = 0;
  std::uint64_t to = 0;
};

/// One leaf of a tree.
struct LeafPosition {
  std::uint64_t index = 0;
  std::uint64_t tree_size = 0;
};

/// PATH(index, D[tree_size]) of RFC 6962 section 2.1.1, from the leaf upwards.
[[nodiscard]] std::expected<std::vector<Sha256Digest>, TreeError> prove_inclusion(NodeReader& reader,
                                                                                  const LeafPosition& leaf);

/// PROOF(from, D[to]) of RFC 6962 section 2.1.2; empty if `from` is 0 or equals `to`.
[[nodiscard]] std::expected<std::vector<Sha256Digest>, TreeError> prove_consistency(NodeReader& reader,
                                                                                    const TreeSizes& sizes);

}  // namespace sotto::transparency
