// Property: an answer is taken only if the log's key signed the checkpoint, the log begins with what is remembered, and
// holds the entry (threat 3); a rollback, a fork and a split view are told apart; the octets never change (golden).

#include "transparency/log_check.h"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

#include "base/text_encoding.h"
#include "transparency/testing/node_map.h"
#include "transparency/testing/samples.h"
#include "wire/binary.h"
#include "wire/equality.h"

namespace sotto::transparency {
namespace {

using testing::key_pair;
using testing::NodeMap;

wire::TransparencyLeaf leaf_of(std::uint8_t account, std::uint64_t version) {
  wire::TransparencyLeaf leaf;
  leaf.account.bytes.fill(account);
  leaf.version = version;
  leaf.device_list = leaf_hash(as_bytes(std::to_string(account) + "/" + std::to_string(version)));
  leaf.at = {1'767'323'045'678 + version};
  return leaf;
}

/// A server's log of first device lists, one for each account number.
struct Log {
  explicit Log(std::uint8_t key_number = 1) : key(key_pair(key_number)) {}

  void grow(std::uint8_t account) {
    leaves.push_back(leaf_of(account, 1));
    tree.grow(hash_of(leaves.back()));
  }

  wire::Proof prove(std::uint64_t index, std::uint64_t known_size) {
    wire::Proof proof;
    const std::string note = sign_checkpoint({"chat.example/log", {tree.size, tree.root_of(tree.size)}}, key);
    proof.checkpoint.assign(note.begin(), note.end());
    proof.index = index;
    proof.leaf = leaves[static_cast<std::size_t>(index)];
    proof.inclusion = prove_inclusion(tree, {index, tree.size}).value();
    proof.consistency = prove_consistency(tree, {known_size, tree.size}).value_or(std::vector<Sha256Digest>{});
    return proof;
  }

  crypto::Ed25519KeyPair key;
  std::vector<wire::TransparencyLeaf> leaves;
  NodeMap tree;
};

TEST(LogCheck, RemembersTheKeyAndFollowsTheLog) {
  Log log;
  log.grow(1);
  log.grow(2);
  std::optional<LogMemory> memory = check_proof(log.prove(1, 0), std::nullopt).value();
  EXPECT_EQ(memory->key.key, log.key.public_key);
  for (std::uint8_t account = 3; account < 40; ++account) {
    log.grow(account);
    const auto next = check_proof(log.prove(account / 2, memory->checkpoint.head.size), memory);
    ASSERT_TRUE(next);
    EXPECT_EQ(next->checkpoint.head.size, log.tree.size);
    memory = *next;
  }
}

TEST(LogCheck, SeesARollback) {
  Log log;
  log.grow(1);
  Log longer;
  longer.grow(1);
  longer.grow(2);
  const LogMemory memory = check_proof(longer.prove(0, 0), std::nullopt).value();
  EXPECT_EQ(check_proof(log.prove(0, 0), memory).error(), ProofError::rolled_back);
}

TEST(LogCheck, SeesAFork) {
  Log honest;
  Log forked;
  for (std::uint8_t account = 1; account < 9; ++account) {
    honest.grow(account);
    forked.grow(account == 4 ? 99 : account);
  }
  const LogMemory memory = check_proof(honest.prove(0, 0), std::nullopt).value();
  forked.grow(10);
  EXPECT_EQ(check_proof(forked.prove(0, 8), memory).error(), ProofError::forked);
  honest.grow(10);
  EXPECT_TRUE(check_proof(honest.prove(0, 8), memory));
}

TEST(LogCheck, RefusesAnotherKeyOnceOneIsKnown) {
  Log log;
  log.grow(1);
  const LogMemory memory = check_proof(log.prove(0, 0), std::nullopt).value();
  Log other(2);
  other.grow(1);
  EXPECT_EQ(check_proof(other.prove(0, 1), memory).error(), ProofError::bad_signature);
}

TEST(LogCheck, RefusesAnEntryThatIsNotThere) {
  Log log;
  for (std::uint8_t account = 1; account < 9; ++account) log.grow(account);
  wire::Proof proof = log.prove(3, 0);
  proof.leaf.version = 2;
  EXPECT_EQ(check_proof(proof, std::nullopt).error(), ProofError::not_in_log);
  proof = log.prove(3, 0);
  proof.index = 4;
  EXPECT_EQ(check_proof(proof, std::nullopt).error(), ProofError::not_in_log);
  proof = log.prove(3, 0);
  proof.checkpoint.clear();
  EXPECT_EQ(check_proof(proof, std::nullopt).error(), ProofError::malformed);
}

TEST(LogCheck, RefusesEveryChangedOctetOfAnAnswer) {
  Log log;
  for (std::uint8_t account = 1; account < 9; ++account) log.grow(account);
  const LogMemory memory = check_proof(log.prove(0, 0), std::nullopt).value();
  log.grow(9);
  const Bytes encoding = wire::encode(log.prove(3, 8));
  for (std::size_t index = 0; index < encoding.size(); ++index) {
    Bytes changed = encoding;
    changed[index] ^= 1;
    const auto proof = wire::decode<wire::Proof>(changed);
    if (!proof) continue;
    const auto seen = check_proof(*proof, memory);
    // The line that announces the key is for those who do not know it, so a change of it changes nothing here.
    if (seen) {
      EXPECT_EQ(seen->checkpoint.head.root, log.tree.root_of(9));
      EXPECT_EQ(hash_of(proof->leaf), hash_of(log.leaves[3]));
    }
  }
}

TEST(LogCheck, ComparesTwoViews) {
  Log left;
  Log right;
  left.grow(1);
  right.grow(1);
  const auto view = [](Log& log) { return check_proof(log.prove(0, 0), std::nullopt).value(); };
  EXPECT_EQ(compare(view(left), open_exported(view(right).note).value()), Comparison::equal);
  left.grow(2);
  EXPECT_EQ(compare(view(left), view(right)), Comparison::different_sizes);
  right.grow(3);
  EXPECT_EQ(compare(view(left), view(right)), Comparison::split_view);
  Log other(2);
  other.grow(1);
  EXPECT_EQ(compare(view(left), view(other)), Comparison::other_log);
  EXPECT_EQ(open_exported("nothing").error(), ProofError::malformed);
}

TEST(LogCheck, OctetsStayAsTheyAre) {
  Log log;
  for (std::uint8_t account = 1; account < 6; ++account) log.grow(account);
  std::stringstream text;
  text << "key " << print_key({"chat.example/log", log.key.public_key}) << "\nleaf "
       << to_hex(wire::encode(log.leaves[3])) << "\nleaf_hash " << to_hex(hash_of(log.leaves[3]).view()) << "\nproof "
       << to_hex(wire::encode(log.prove(3, 2))) << "\n"
       << as_text(log.prove(3, 2).checkpoint);
  const std::string path = std::string(SOTTO_GOLDEN_FOLDER) + "/log.txt";
  if (std::getenv("SOTTO_WRITE_GOLDEN") != nullptr) std::ofstream(path) << text.str();
  std::ifstream file(path);
  std::stringstream held;
  held << file.rdbuf();
  EXPECT_EQ(held.str(), text.str());
}

}  // namespace
}  // namespace sotto::transparency
