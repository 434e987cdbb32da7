// Property: the tree is RFC 6962's. Its roots and proofs are the published ones of the eight-leaf tree that Certificate
// Transparency's implementations share, roots agree with the definition by recursion, and appends and proofs touch a
// logarithmic number of stored hashes.

#include "transparency/tree.h"

#include <array>
#include <bit>
#include <gtest/gtest.h>

#include "base/text_encoding.h"
#include "transparency/testing/node_map.h"
#include "transparency/testing/samples.h"

namespace sotto::transparency {
namespace {

using testing::NodeMap;
using testing::numbered_leaf;

constexpr std::array published_entries{
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
constexpr std::array published_roots{"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                     "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                     "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                     "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                     "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                     "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                     "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                     "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                     "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

NodeMap published_tree() {
  NodeMap tree;
  for (const char* entry : published_entries) tree.grow(leaf_hash(from_hex(entry).value()));
  return tree;
}

std::vector<std::string> in_hex(const std::vector<Sha256Digest>& hashes) {
  std::vector<std::string> texts;
  for (const Sha256Digest& hash : hashes) texts.push_back(to_hex(hash.view()));
  return texts;
}

/// MTH by the definition in RFC 6962 section 2.1.
Sha256Digest defined_root(std::uint64_t first, std::uint64_t count) {
  if (count == 1) return numbered_leaf(first);
  const std::uint64_t split = std::bit_floor(count - 1);
  return node_hash(defined_root(first, split), defined_root(first + split, count - split));
}

TEST(Tree, HasThePublishedRoots) {
  NodeMap tree = published_tree();
  for (std::size_t size = 0; size < published_roots.size(); ++size) {
    EXPECT_EQ(to_hex(tree.root_of(size).view()), published_roots[size]) << size;
  }
}

TEST(Tree, MakesThePublishedInclusionProofs) {
  NodeMap tree = published_tree();
  const std::vector<std::string> first{"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                                       "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                       "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"};
  EXPECT_EQ(in_hex(prove_inclusion(tree, {0, 8}).value()), first);
  const std::vector<std::string> sixth{"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                                       "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                                       "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"};
  EXPECT_EQ(in_hex(prove_inclusion(tree, {5, 8}).value()), sixth);
  EXPECT_TRUE(prove_inclusion(tree, {0, 1}).value().empty());
}

TEST(Tree, MakesThePublishedConsistencyProofs) {
  NodeMap tree = published_tree();
  const std::vector<std::string> six_to_eight{"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                                              "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                                              "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"};
  EXPECT_EQ(in_hex(prove_consistency(tree, {6, 8}).value()), six_to_eight);
  const std::vector<std::string> two_to_five{"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                             "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"};
  EXPECT_EQ(in_hex(prove_consistency(tree, {2, 5}).value()), two_to_five);
  EXPECT_TRUE(prove_consistency(tree, {8, 8}).value().empty());
  EXPECT_TRUE(prove_consistency(tree, {0, 8}).value().empty());
}

TEST(Tree, HasTheDefinedRootAtEverySize) {
  NodeMap tree;
  for (std::uint64_t size = 1; size <= 300; ++size) {
    tree.grow(numbered_leaf(size - 1));
    ASSERT_EQ(tree.root_of(size), defined_root(0, size)) << size;
  }
  EXPECT_EQ(tree.root_of(77), defined_root(0, 77)) << "a root of the past";
}

TEST(Tree, TouchesALogarithmicNumberOfHashes) {
  NodeMap tree;
  for (std::uint64_t number = 0; number < 10'000; ++number) {
    tree.reads = 0;
    tree.grow(numbered_leaf(number));
    ASSERT_LE(tree.reads, 14u);
  }
  EXPECT_LT(tree.nodes.size(), 20'000u);
  tree.reads = 0;
  ASSERT_TRUE(prove_inclusion(tree, {4'321, 9'999}).has_value());
  EXPECT_LE(tree.reads, 60u);
  tree.reads = 0;
  ASSERT_TRUE(prove_consistency(tree, {4'321, 9'999}).has_value());
  EXPECT_LE(tree.reads, 60u);
}

TEST(Tree, RefusesWhatIsNotInIt) {
  NodeMap tree = published_tree();
  EXPECT_EQ(prove_inclusion(tree, {8, 8}).error(), TreeError::out_of_range);
  EXPECT_EQ(prove_consistency(tree, {9, 8}).error(), TreeError::out_of_range);
  EXPECT_EQ(root(tree, 9).error(), TreeError::missing_node);
  EXPECT_EQ(append(tree, 9, numbered_leaf(0)).error(), TreeError::missing_node);
}

}  // namespace
}  // namespace sotto::transparency
