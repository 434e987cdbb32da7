#include <unordered_map>

#include "base/seeded_hash.h"
#include "base/text_encoding.h"
#include "crypto/hash.h"
#include "server/upkeep/content_checks.h"
#include "server/upkeep/findings.h"
#include "transparency/tree.h"
#include "wire/binary.h"
#include "wire/transparency.h"

namespace sotto::server {
namespace {

using storage::sqlite::Connection;
using storage::sqlite::Finding;
using storage::sqlite::Statement;

class StoredNodes final : public transparency::NodeReader {
 public:
  explicit StoredNodes(Connection& connection) : connection_(connection) {}
  std::optional<Sha256Digest> read(transparency::NodePosition position) override {
    Statement row = connection_.statement("SELECT hash FROM transparency_nodes WHERE level = ?1 AND position = ?2");
    if (!row.bind(position.level, position.index).step()) return std::nullopt;
    return row.fixed<Sha256Digest>(0);
  }

 private:
  Connection& connection_;
};

/// One row of the log.
struct LogRow {
  std::uint64_t position = 0;
  AccountId account;
  std::uint64_t version = 0;
  ByteView entry;
};

/// Takes the entries one after the other; what each is held against was right up to the one before.
class LogReplay {
 public:
  explicit LogReplay(Connection& connection) : nodes_(connection) {}

  void take(const LogRow& row) {
    const Sha256Digest hash = transparency::leaf_hash(row.entry);
    check_leaf(row, hash);
    check_nodes(row.position, hash);
  }

  [[nodiscard]] bool enough() const { return leaves.enough() || tree.enough(); }

  FindingMaker leaves{"an entry of the transparency log says what its row says and names the account's entry before"};
  FindingMaker tree{"the hashes of the transparency log are those of its entries"};
  std::uint64_t expected_nodes = 0;

 private:
  void check_leaf(const LogRow& row, const Sha256Digest& hash) {
    const std::string name = "entry " + std::to_string(row.position);
    const auto leaf = wire::decode_canonical<wire::TransparencyLeaf>(row.entry);
    if (!leaf) return leaves.breach(name + " cannot be opened");
    if (leaf->account != row.account || leaf->version != row.version) leaves.breach(name + " is not its row's");
    const auto before = newest_.find(row.account);
    const auto expected = before == newest_.end() ? std::nullopt : std::optional(before->second);
    if (leaf->previous != expected) leaves.breach(name + " does not follow the account's entry before");
    newest_.insert_or_assign(row.account, hash);
  }

  void check_nodes(std::uint64_t position, const Sha256Digest& hash) {
    const auto made = transparency::append(nodes_, position, hash);
    if (!made) return tree.breach("the hashes before entry " + std::to_string(position) + " are not complete");
    expected_nodes += made->size();
    for (const transparency::Node& node : *made) {
      if (nodes_.read(node.position) == node.hash) continue;
      tree.breach("level " + std::to_string(node.position.level) + ", position " + std::to_string(node.position.index));
    }
  }

  StoredNodes nodes_;
  std::unordered_map<AccountId, Sha256Digest, SeededHash> newest_;
};

std::vector<Finding> check_log(Connection& connection) {
  LogReplay replay(connection);
  {
    Statement row = connection.statement(
        "SELECT t.position, i.account, t.version, t.entry FROM transparency_entries AS t"
        " JOIN account_ids AS i ON i.number = t.account ORDER BY t.position");
    while (!replay.enough() && row.step()) {
      replay.take({row.unsigned_integer(0), row.fixed<AccountId>(1), row.unsigned_integer(2), row.blob(3)});
    }
    Statement count = connection.statement("SELECT count(*) FROM transparency_nodes");
    const bool counted = count.step();
    if (counted && !replay.enough() && count.unsigned_integer(0) != replay.expected_nodes) {
      replay.tree.breach(std::to_string(count.unsigned_integer(0)) + " hashes are stored, and " +
                         std::to_string(replay.expected_nodes) + " belong to the entries");
    }
  }
  std::vector<Finding> findings;
  findings.push_back(replay.leaves.finish(connection));
  findings.push_back(replay.tree.finish(connection));
  return findings;
}

/// Whether an account's newest entry in the log is of the list that the account has.
Finding check_heads(Connection& connection) {
  FindingMaker finding("an account's device list is its newest in the transparency log");
  Statement row = connection.statement(
      "SELECT i.account, a.device_list_version, a.device_list, t.entry FROM accounts AS a"
      " JOIN account_ids AS i ON i.number = a.account LEFT JOIN transparency_entries AS t ON t.position ="
      " (SELECT max(position) FROM transparency_entries WHERE account = a.account)");
  while (!finding.enough() && row.step()) {
    const std::string name = "account " + to_hex(row.fixed<AccountId>(0).view());
    if (row.is_null(3)) {
      finding.breach(name + " is not in the log");
      continue;
    }
    const auto leaf = wire::decode<wire::TransparencyLeaf>(row.blob(3));
    if (!leaf || leaf->version != row.unsigned_integer(1) || leaf->device_list != crypto::sha256(row.blob(2))) {
      finding.breach(name + " has another list than the log says");
    }
  }
  return finding.finish(connection);
}

}  // namespace

std::vector<Finding> check_transparency(Connection& connection) {
  std::vector<Finding> findings = check_log(connection);
  findings.push_back(check_heads(connection));
  return findings;
}

}  // namespace sotto::server
