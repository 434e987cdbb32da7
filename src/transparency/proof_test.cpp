// Property: a proof that was made is verified, for every size and entry, and no proof is verified after any change of
// it, of the leaf, of its place, or of a root (threat 3).

#include "transparency/proof.h"

#include <gtest/gtest.h>
#include <random>

#include "transparency/testing/node_map.h"
#include "transparency/testing/samples.h"

namespace sotto::transparency {
namespace {

using testing::NodeMap;
using testing::numbered_leaf;

NodeMap tree_of(std::uint64_t size) {
  NodeMap tree;
  for (std::uint64_t number = 0; number < size; ++number) tree.grow(numbered_leaf(number));
  return tree;
}

Sha256Digest damaged(Sha256Digest hash, std::mt19937& random) {
  hash.bytes[random() % hash.bytes.size()] ^= static_cast<std::uint8_t>(1u << (random() % 8));
  return hash;
}

/// Every way in which a list of hashes can be changed a little.
std::vector<std::vector<Sha256Digest>> mutations(const std::vector<Sha256Digest>& proof, std::mt19937& random) {
  std::vector<std::vector<Sha256Digest>> changed;
  for (std::size_t index = 0; index < proof.size(); ++index) {
    changed.push_back(proof);
    changed.back()[index] = damaged(proof[index], random);
    changed.push_back(proof);
    changed.back().erase(changed.back().begin() + static_cast<std::ptrdiff_t>(index));
    if (index > 0 && proof[index] != proof[index - 1]) {
      changed.push_back(proof);
      std::swap(changed.back()[index], changed.back()[index - 1]);
    }
  }
  changed.push_back(proof);
  changed.back().push_back(numbered_leaf(random()));
  changed.push_back(proof);
  changed.back().insert(changed.back().begin(), numbered_leaf(random()));
  return changed;
}

TEST(InclusionProof, IsVerifiedForEveryEntryOfEverySize) {
  NodeMap tree = tree_of(130);
  for (std::uint64_t size = 1; size <= tree.size; ++size) {
    const TreeHead head{size, tree.root_of(size)};
    for (std::uint64_t index = 0; index < size; ++index) {
      const auto path = prove_inclusion(tree, {index, size});
      ASSERT_TRUE(path && verify_inclusion({index, numbered_leaf(index)}, head, *path)) << index << " of " << size;
    }
  }
}

TEST(InclusionProof, IsRefusedAfterAnyChange) {
  std::mt19937 random(1);
  NodeMap tree = tree_of(700);
  for (int round = 0; round < 300; ++round) {
    const std::uint64_t size = 1 + random() % tree.size;
    const std::uint64_t index = random() % size;
    const TreeHead head{size, tree.root_of(size)};
    const LeafClaim leaf{index, numbered_leaf(index)};
    const auto path = prove_inclusion(tree, {index, size}).value();
    ASSERT_TRUE(verify_inclusion(leaf, head, path));
    for (const auto& changed : mutations(path, random)) EXPECT_FALSE(verify_inclusion(leaf, head, changed));
    EXPECT_FALSE(verify_inclusion({index, numbered_leaf(size + 1)}, head, path));
    EXPECT_FALSE(verify_inclusion({index, damaged(leaf.hash, random)}, head, path));
    EXPECT_FALSE(verify_inclusion(leaf, {size, damaged(head.root, random)}, path));
    EXPECT_FALSE(verify_inclusion({size, leaf.hash}, head, path));
    if (size > 1) {
      EXPECT_FALSE(verify_inclusion({(index + 1) % size, leaf.hash}, head, path));
    }
  }
}

TEST(ConsistencyProof, IsVerifiedForEveryPairOfSizes) {
  NodeMap tree = tree_of(130);
  for (std::uint64_t to = 0; to <= tree.size; ++to) {
    for (std::uint64_t from = 0; from <= to; ++from) {
      const auto proof = prove_consistency(tree, {from, to});
      const Growth growth{{from, tree.root_of(from)}, {to, tree.root_of(to)}};
      ASSERT_TRUE(proof && verify_consistency(growth, *proof)) << from << " to " << to;
    }
  }
}

TEST(ConsistencyProof, IsRefusedAfterAnyChange) {
  std::mt19937 random(2);
  NodeMap tree = tree_of(700);
  for (int round = 0; round < 300; ++round) {
    const std::uint64_t to = 2 + random() % (tree.size - 1);
    const std::uint64_t from = 1 + random() % (to - 1);
    const Growth growth{{from, tree.root_of(from)}, {to, tree.root_of(to)}};
    const auto proof = prove_consistency(tree, {from, to}).value();
    ASSERT_TRUE(verify_consistency(growth, proof));
    for (const auto& changed : mutations(proof, random)) EXPECT_FALSE(verify_consistency(growth, changed));
    EXPECT_FALSE(verify_consistency({{from, damaged(growth.from.root, random)}, growth.to}, proof));
    EXPECT_FALSE(verify_consistency({growth.from, {to, damaged(growth.to.root, random)}}, proof));
    EXPECT_FALSE(verify_consistency({growth.to, growth.from}, proof));
  }
}

TEST(ConsistencyProof, IsNotThereForAForkedTree) {
  NodeMap honest = tree_of(100);
  NodeMap forked = tree_of(49);
  forked.grow(numbered_leaf(1'000));
  while (forked.size < 100) forked.grow(numbered_leaf(forked.size));
  const Growth growth{{60, honest.root_of(60)}, {100, forked.root_of(100)}};
  EXPECT_FALSE(verify_consistency(growth, prove_consistency(forked, {60, 100}).value()));
  EXPECT_FALSE(verify_consistency(growth, prove_consistency(honest, {60, 100}).value()));
}

TEST(ConsistencyProof, OfAnEmptyTreeHoldsNothing) {
  NodeMap tree = tree_of(3);
  const TreeHead empty{0, tree.root_of(0)};
  EXPECT_TRUE(verify_consistency({empty, {3, tree.root_of(3)}}, {}));
  EXPECT_FALSE(verify_consistency({{0, tree.root_of(1)}, {3, tree.root_of(3)}}, {}));
  const std::vector<Sha256Digest> extra{tree.root_of(1)};
  EXPECT_FALSE(verify_consistency({empty, {3, tree.root_of(3)}}, extra));
  EXPECT_FALSE(verify_consistency({{3, tree.root_of(3)}, {3, tree.root_of(2)}}, {}));
}

}  // namespace
}  // namespace sotto::transparency
