// Property: every device list that the directory ever showed is in the log when its publication is acknowledged, in the
// order of publication, each account's entries chained; the log only grows, its checkpoints are consistent with one
// another, and what anybody may fetch agrees with what members are told (threat 3).
#include "service/transparency_log.h"

#include "crypto/hash.h"
#include "service/testing/rules_test.h"
#include "transparency/log_check.h"
#include "wire/binary.h"

namespace sotto::service {
namespace {

using testing::refusal_code;
using transparency::check_proof;
using transparency::LogMemory;
using wire::ErrorCode;

class TransparencyLogTest : public testing::RulesTest {
 protected:
  wire::Proof prove(AccountId account, std::uint64_t known_size = 0) {
    return server_.ask(ada_caller_, wire::GetProof{account, known_size})->answer;
  }
  std::vector<wire::TransparencyLeaf> leaves(AccountId account, std::uint64_t after_version = 0) {
    return server_.ask(bob_caller_, wire::ReadTransparency{account, after_version})->answer.leaves;
  }
  /// Publishes a list with one device more; returns it.
  wire::SignedDeviceList publish(std::uint64_t version, const wire::SignedDeviceList& previous) {
    ada_.devices.push_back(testing::TestDevice::make(server_.random));
    const wire::SignedDeviceList next = ada_.sign(ada_.list_of_devices(version, &previous));
    EXPECT_EQ(refusal_code(server_.ask(ada_caller_, wire::PublishDeviceList{next})), ErrorCode::unspecified);
    return next;
  }
  std::optional<std::string> resource(const LogAddress& address) {
    return server_.read([&](UnitOfWork& unit) { return read_log_resource(unit, address); });
  }
  std::optional<std::string> tile(std::string_view path) {
    const auto parsed = transparency::parse_tile_path(path);
    return parsed ? resource({LogResource::tile, *parsed}) : std::nullopt;
  }
};

TEST_F(TransparencyLogTest, ARegistrationIsProven) {
  const wire::Proof proof = prove(bob_.account);
  const auto seen = check_proof(proof, std::nullopt);
  ASSERT_TRUE(seen);
  EXPECT_EQ(proof.leaf.account, bob_.account);
  EXPECT_EQ(proof.leaf.version, 1u);
  EXPECT_EQ(proof.leaf.device_list, crypto::sha256(bob_.first_list().list));
  EXPECT_FALSE(proof.leaf.previous);
  EXPECT_EQ(proof.leaf.at, server_.now);
}

TEST_F(TransparencyLogTest, EveryPublicationIsLoggedAndChained) {
  std::optional<LogMemory> memory = check_proof(prove(ada_.account), std::nullopt).value();
  wire::SignedDeviceList list = ada_.first_list();
  for (std::uint64_t version = 2; version < 20; ++version) {
    list = publish(version, list);
    const wire::Proof proof = prove(ada_.account, memory->checkpoint.head.size);
    EXPECT_EQ(proof.leaf.version, version);
    EXPECT_EQ(proof.leaf.device_list, crypto::sha256(list.list));
    const auto seen = check_proof(proof, memory);
    ASSERT_TRUE(seen);
    memory = *seen;
  }
  const auto history = leaves(ada_.account);
  ASSERT_EQ(history.size(), 19u);
  for (std::size_t index = 1; index < history.size(); ++index) {
    EXPECT_EQ(history[index].version, index + 1);
    EXPECT_EQ(history[index].previous, transparency::hash_of(history[index - 1]));
  }
  EXPECT_EQ(leaves(ada_.account, 17).size(), 2u);
  EXPECT_TRUE(leaves(ada_.account, 19).empty());
}

TEST_F(TransparencyLogTest, ARefusedOrRepeatedListIsNotLogged) {
  const wire::SignedDeviceList list = publish(2, ada_.first_list());
  EXPECT_EQ(refusal_code(server_.ask(ada_caller_, wire::PublishDeviceList{list})), ErrorCode::unspecified);
  EXPECT_NE(refusal_code(server_.ask(ada_caller_, wire::PublishDeviceList{ada_.first_list()})), ErrorCode::unspecified);
  EXPECT_EQ(leaves(ada_.account).size(), 2u);
}

TEST_F(TransparencyLogTest, AnUnknownAccountIsNotFound) {
  EXPECT_EQ(refusal_code(server_.ask(ada_caller_, wire::GetProof{AccountId{}, 0})), ErrorCode::not_found);
  EXPECT_TRUE(leaves(AccountId{}).empty());
}

TEST_F(TransparencyLogTest, AClientThatKnowsMoreSeesTheRollback) {
  LogMemory memory = check_proof(prove(ada_.account), std::nullopt).value();
  memory.checkpoint.head.size += 5;
  EXPECT_EQ(check_proof(prove(ada_.account, memory.checkpoint.head.size), memory).error(),
            transparency::ProofError::rolled_back);
}

TEST_F(TransparencyLogTest, TilesHashToTheCheckpoint) {
  wire::SignedDeviceList list = ada_.first_list();
  for (std::uint64_t version = 2; version < 12; ++version) list = publish(version, list);
  const std::string note = resource({LogResource::checkpoint, {}}).value();
  std::string key_text = resource({LogResource::key, {}}).value();
  key_text.pop_back();
  const auto key = transparency::parse_key(key_text);
  ASSERT_TRUE(key);
  const auto checkpoint = transparency::open_checkpoint(note, *key);
  ASSERT_TRUE(checkpoint);
  const std::string width = std::to_string(checkpoint->head.size);
  const std::string hashes = tile("tile/0/000.p/" + width).value();
  const auto entries = transparency::split_bundle(as_bytes(tile("tile/entries/000.p/" + width).value()));
  ASSERT_TRUE(entries && entries->size() == checkpoint->head.size);
  // The tree built anew from the entries alone.
  struct Rebuilt final : transparency::NodeReader {
    std::optional<Sha256Digest> read(transparency::NodePosition position) override { return nodes.at(position); }
    std::map<transparency::NodePosition, Sha256Digest> nodes;
  } tree;
  for (std::size_t index = 0; index < entries->size(); ++index) {
    const Sha256Digest leaf = transparency::leaf_hash(entries->at(index));
    EXPECT_EQ(as_text(leaf.view()), hashes.substr(32 * index, 32));
    const auto added = transparency::append(tree, index, leaf);
    for (const transparency::Node& node : *added) tree.nodes[node.position] = node.hash;
  }
  EXPECT_EQ(transparency::root(tree, entries->size()), checkpoint->head.root);
  EXPECT_FALSE(tile("tile/0/000"));
  EXPECT_FALSE(tile("tile/1/000.p/1"));
  EXPECT_FALSE(tile("tile/0/000.p/" + std::to_string(checkpoint->head.size + 1)));
  EXPECT_TRUE(tile("tile/0/000.p/1")) << "a tile of a smaller tree is there too";
}

TEST_F(TransparencyLogTest, TheNameIsThatOfTheFirstStart) {
  const auto prepare = [&](std::string_view origin) {
    return server_.write([&](UnitOfWork& unit) { return prepare_transparency_log(unit, origin, server_.random); });
  };
  EXPECT_EQ(prepare("chat.example/log"), LogPreparation::named_otherwise) << "this log was begun without a name";
  EXPECT_EQ(prepare("sotto.invalid/transparency"), LogPreparation::ready);
}

TEST_F(TransparencyLogTest, EarlierAccountsAreEnteredOnce) {
  StoredAccount account;
  account.account.bytes.fill(7);
  account.name = "earlier";
  account.device_list.list = {1, 2, 3};
  account.device_list_version = 4;
  (void)server_.write([&](UnitOfWork& unit) {
    unit.accounts().insert(account);
    return true;
  });
  const auto enter = [&] {
    return server_.write([&](UnitOfWork& unit) { return log_earlier_accounts(unit, 100, server_.moment()); });
  };
  EXPECT_EQ(enter(), 1u);
  EXPECT_EQ(enter(), 0u);
  const wire::Proof proof = prove(account.account);
  EXPECT_TRUE(check_proof(proof, std::nullopt));
  EXPECT_EQ(proof.leaf.version, 4u);
  EXPECT_EQ(proof.leaf.device_list, crypto::sha256(account.device_list.list));
}

}  // namespace
}  // namespace sotto::service
