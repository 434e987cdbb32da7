// Property: an account's entries are accounted for only if they form one unbroken chain that ends in the pinned list;
// every other entry is called unexpected (threat 3).

#include "client/transparency/auditing.h"

#include <gtest/gtest.h>

#include "base/text_encoding.h"
#include "client/transparency/log_store.h"

namespace sotto::client {
namespace {

using enum EntryStanding;
using Standings = std::vector<EntryStanding>;

Sha256Digest digest(std::uint8_t number) {
  Sha256Digest value;
  value.bytes.fill(number);
  return value;
}

/// A chain with these versions; list number n of the log has the digest n, from 1.
std::vector<wire::TransparencyLeaf> chain(const std::vector<std::uint64_t>& versions) {
  std::vector<wire::TransparencyLeaf> leaves;
  for (const std::uint64_t version : versions) {
    wire::TransparencyLeaf leaf;
    leaf.account.bytes.fill(7);
    leaf.version = version;
    leaf.device_list = digest(static_cast<std::uint8_t>(leaves.size() + 1));
    if (!leaves.empty()) leaf.previous = transparency::hash_of(leaves.back());
    leaf.at = {1'000 * leaves.size()};
    leaves.push_back(leaf);
  }
  return leaves;
}

TEST(Audit, AccountsForAnUnbrokenChain) {
  EXPECT_EQ(judge_entries(chain({1}), {digest(1), {digest(1)}}), Standings{known});
  EXPECT_EQ(judge_entries(chain({1, 2, 3}), {digest(3), {digest(1), digest(3)}}), (Standings{known, not_seen, known}));
  EXPECT_EQ(judge_entries(chain({4, 5}), {digest(2), {}}), (Standings{not_seen, known}))
      << "an account that is older than the log";
}

TEST(Audit, KnowsAnEarlierIdentity) {
  EXPECT_EQ(judge_entries(chain({1, 2, 1, 2}), {digest(4), {digest(3)}}),
            (Standings{earlier_identity, earlier_identity, known, known}));
}

TEST(Audit, TellsTheNewestEntryThatIsNotPinned) {
  EXPECT_EQ(judge_entries(chain({1, 2}), {digest(1), {digest(1)}}), (Standings{known, unexpected}));
  EXPECT_EQ(judge_entries(chain({1, 2, 1}), {digest(2), {digest(1), digest(2)}}).back(), unexpected)
      << "a reset that this device knows nothing of";
}

TEST(Audit, TellsABrokenChain) {
  auto leaves = chain({1, 2, 3});
  leaves[1].previous->bytes[0] ^= 1;
  const auto standings = judge_entries(leaves, {digest(3), {digest(1), digest(2), digest(3)}});
  EXPECT_EQ(standings[1], unexpected);
  EXPECT_EQ(standings[2], unexpected) << "it names the entry as it was";
  EXPECT_EQ(judge_entries(chain({1, 3}), {digest(2), {}})[1], unexpected) << "a version is left out";
  EXPECT_EQ(judge_entries(chain({1, 2, 2}), {digest(3), {}})[2], unexpected) << "a version comes twice";
  auto begins_late = chain({1, 2});
  begins_late.erase(begins_late.begin());
  EXPECT_EQ(judge_entries(begins_late, {digest(2), {}})[0], unexpected) << "the first entry is held back";
}

TEST(Audit, TellsTheEntryOfAnotherAccount) {
  auto leaves = chain({1, 2});
  leaves[1].account.bytes.fill(8);
  EXPECT_EQ(judge_entries(leaves, {digest(2), {}})[1], unexpected);
  EXPECT_TRUE(judge_entries({}, {digest(1), {}}).empty());
}

TEST(StoredLog, StaysReadable) { EXPECT_EQ(to_hex(wire::encode(StoredLog{"key", "note"})), "0a036b657912046e6f7465"); }

}  // namespace
}  // namespace sotto::client
