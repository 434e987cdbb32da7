#pragma once

#include <map>
#include <span>

#include "base/invariant.h"
#include "transparency/tree.h"

namespace sotto::transparency::testing {

/// A tree in memory, grown leaf by leaf.
class NodeMap final : public NodeReader {
 public:
  std::optional<Sha256Digest> read(NodePosition position) override {
    ++reads;
    const auto found = nodes.find(position);
    if (found == nodes.end()) return std::nullopt;
    return found->second;
  }

  void grow(const Sha256Digest& leaf) {
    const auto added = append(*this, size, leaf);
    invariant(added.has_value());
    for (const Node& node : *added) invariant(nodes.emplace(node.position, node.hash).second);
    ++size;
  }

  [[nodiscard]] Sha256Digest root_of(std::uint64_t tree_size) {
    const auto hash = root(*this, tree_size);
    invariant(hash.has_value());
    return *hash;
  }

  std::map<NodePosition, Sha256Digest> nodes;
  std::uint64_t size = 0;
  std::size_t reads = 0;
};

}  // namespace sotto::transparency::testing
