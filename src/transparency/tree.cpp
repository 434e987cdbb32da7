#include "transparency/tree.h"

#include <algorithm>
#include <array>
#include <bit>

#include "crypto/hash.h"

namespace sotto::transparency {
namespace {

/// The leaves [first, first + count). Subtrees of the recursion in RFC 6962 all begin at a multiple of the next power
/// of two, so a range of 2^n leaves is a stored node.
struct Range {
  std::uint64_t first = 0;
  std::uint64_t count = 0;

  /// The largest power of two below `count`, which is at least 2.
  [[nodiscard]] std::uint64_t split() const { return std::bit_floor(count - 1); }
  [[nodiscard]] Range left() const { return {first, split()}; }
  [[nodiscard]] Range right() const { return {first + split(), count - split()}; }
};

std::expected<Sha256Digest, TreeError> read(NodeReader& reader, NodePosition position) {
  const std::optional<Sha256Digest> hash = reader.read(position);
  if (!hash) return std::unexpected(TreeError::missing_node);
  return *hash;
}

/// MTH of a range that is not empty: the complete subtrees from left to right, joined from the right.
std::expected<Sha256Digest, TreeError> range_root(NodeReader& reader, Range range) {
  std::vector<Sha256Digest> subtrees;
  while (range.count > 0) {
    const std::uint64_t size = std::bit_floor(range.count);
    const auto level = static_cast<std::uint32_t>(std::countr_zero(size));
    const auto hash = read(reader, {level, range.first >> level});
    if (!hash) return std::unexpected(hash.error());
    subtrees.push_back(*hash);
    range = {range.first + size, range.count - size};
  }
  Sha256Digest joined = subtrees.back();
  for (std::size_t next = subtrees.size() - 1; next-- > 0;) joined = node_hash(subtrees[next], joined);
  return joined;
}

/// Appends the roots of `siblings`, which were collected downwards, upwards.
std::expected<std::vector<Sha256Digest>, TreeError> roots_upwards(NodeReader& reader, std::vector<Range> siblings,
                                                                  std::vector<Sha256Digest> proof) {
  std::ranges::reverse(siblings);
  for (const Range& sibling : siblings) {
    const auto hash = range_root(reader, sibling);
    if (!hash) return std::unexpected(hash.error());
    proof.push_back(*hash);
  }
  return proof;
}

}  // namespace

Sha256Digest leaf_hash(ByteView entry) {
  static constexpr std::array<std::uint8_t, 1> prefix{0x00};
  return crypto::Sha256().update(prefix).update(entry).finish();
}

Sha256Digest node_hash(const Sha256Digest& left, const Sha256Digest& right) {
  static constexpr std::array<std::uint8_t, 1> prefix{0x01};
  return crypto::Sha256().update(prefix).update(left.view()).update(right.view()).finish();
}

std::expected<std::vector<Node>, TreeError> append(NodeReader& reader, std::uint64_t size, const Sha256Digest& leaf) {
  std::vector<Node> nodes{{{0, size}, leaf}};
  // A trailing one bit of the size is a left sibling that waits to be completed.
  for (std::uint64_t rest = size; (rest & 1) != 0; rest >>= 1) {
    const Node& right = nodes.back();
    const auto left = read(reader, {right.position.level, right.position.index - 1});
    if (!left) return std::unexpected(left.error());
    nodes.push_back({{right.position.level + 1, right.position.index >> 1}, node_hash(*left, right.hash)});
  }
  return nodes;
}

std::expected<Sha256Digest, TreeError> root(NodeReader& reader, std::uint64_t size) {
  if (size == 0) return crypto::sha256({});
  return range_root(reader, {0, size});
}

std::expected<std::vector<Sha256Digest>, TreeError> prove_inclusion(NodeReader& reader, const LeafPosition& leaf) {
  if (leaf.index >= leaf.tree_size) return std::unexpected(TreeError::out_of_range);
  std::vector<Range> siblings;
  Range range{0, leaf.tree_size};
  while (range.count > 1) {
    const bool in_left = leaf.index < range.right().first;
    siblings.push_back(in_left ? range.right() : range.left());
    range = in_left ? range.left() : range.right();
  }
  return roots_upwards(reader, std::move(siblings), {});
}

std::expected<std::vector<Sha256Digest>, TreeError> prove_consistency(NodeReader& reader, const TreeSizes& sizes) {
  if (sizes.from > sizes.to) return std::unexpected(TreeError::out_of_range);
  if (sizes.from == 0 || sizes.from == sizes.to) return std::vector<Sha256Digest>{};
  std::vector<Range> siblings;
  Range range{0, sizes.to};
  while (range.first + range.count != sizes.from) {
    const bool in_left = sizes.from <= range.right().first;
    siblings.push_back(in_left ? range.right() : range.left());
    range = in_left ? range.left() : range.right();
  }
  std::vector<Sha256Digest> proof;
  // The verifier knows the smaller tree's root, so a subtree that is all of it is left out.
  if (range.first != 0) {
    const auto hash = range_root(reader, range);
    if (!hash) return std::unexpected(hash.error());
    proof.push_back(*hash);
  }
  return roots_upwards(reader, std::move(siblings), std::move(proof));
}

}  // namespace sotto::transparency
