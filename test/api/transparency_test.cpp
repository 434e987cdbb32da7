// Anybody can mirror the transparency log without a login: what is fetched is cacheable as it may be, agrees with what
// members are told, and rebuilds the tree that the checkpoint signs (threat 3).
#include "api/signed_in.h"
#include "transparency/log_check.h"
#include "transparency/tile.h"
#include "wire/json.h"

namespace sotto::test {
namespace {

HttpAnswer fetch(const ApiServer& server, const std::string& path) {
  return call(server.port(),
              {.method = "GET", .target = "/transparency/" + path, .body = {}, .fields = {}, .token = {}});
}

transparency::NoteKey key_of(const ApiServer& server) {
  std::string text = fetch(server, "key").body;
  EXPECT_TRUE(text.ends_with('\n'));
  text.pop_back();
  return transparency::parse_key(text).value();
}

class Rebuilt final : public transparency::NodeReader {
 public:
  std::optional<Sha256Digest> read(transparency::NodePosition position) override { return nodes_.at(position); }
  void grow(ByteView entry) {
    const auto added = transparency::append(*this, size_, transparency::leaf_hash(entry));
    for (const transparency::Node& node : *added) nodes_[node.position] = node.hash;
    ++size_;
  }

 private:
  std::map<transparency::NodePosition, Sha256Digest> nodes_;
  std::uint64_t size_ = 0;
};

TEST(TransparencyRoutes, RebuildTheTreeThatIsSigned) {
  for (const Backend backend : {Backend::memory, Backend::sqlite}) {
    ApiOptions options;
    options.backend = backend;
    ApiServer server(std::move(options));
    for (const char* name : {"ada", "bob", "eve"}) const Person person(server, name);
    const HttpAnswer note = fetch(server, "checkpoint");
    ASSERT_EQ(note.status, 200u);
    const auto checkpoint = transparency::open_checkpoint(note.body, key_of(server));
    ASSERT_TRUE(checkpoint);
    EXPECT_EQ(checkpoint->head.size, 3u);
    const auto entries = transparency::split_bundle(as_bytes(fetch(server, "tile/entries/000.p/3").body));
    ASSERT_TRUE(entries && entries->size() == 3);
    Rebuilt tree;
    for (const Bytes& entry : *entries) tree.grow(entry);
    EXPECT_EQ(transparency::root(tree, 3), checkpoint->head.root);
    EXPECT_EQ(fetch(server, "tile/0/000.p/3").body.size(), 96u);
  }
}

TEST(TransparencyRoutes, SayHowLongTheyLast) {
  ApiServer server;
  const Person ada(server, "ada");
  const HttpAnswer note = fetch(server, "checkpoint");
  EXPECT_EQ(note.fields.at("cache-control"), "public, max-age=5");
  EXPECT_EQ(note.fields.at("content-type"), "text/plain; charset=utf-8");
  const HttpAnswer tile = fetch(server, "tile/0/000.p/1");
  EXPECT_EQ(tile.fields.at("cache-control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(tile.fields.at("content-type"), "application/octet-stream");
  EXPECT_EQ(tile.fields.at("x-content-type-options"), "nosniff");
}

TEST(TransparencyRoutes, HaveNothingBeyondTheTree) {
  ApiServer server;
  EXPECT_EQ(fetch(server, "checkpoint").status, 404u) << "before the first entry and without a prepared log";
  const Person ada(server, "ada");
  for (const char* path : {"tile/0/000", "tile/0/000.p/2", "tile/1/000.p/1", "tile/entries/001", "tile/0/x001/000"}) {
    const HttpAnswer answer = fetch(server, path);
    EXPECT_EQ(answer.status, 404u) << path;
    EXPECT_EQ(answer.fields.at("cache-control"), "no-store");
  }
  EXPECT_EQ(call(server.port(), {.target = "/transparency/key", .body = "{}", .token = {}}).status, 405u);
}

TEST(TransparencyRoutes, AgreeWithWhatMembersAreTold) {
  ApiServer server;
  const Person ada(server, "ada");
  const Person bob(server, "bob");
  const HttpAnswer answer = call(server.port(), {.target = "/api/v1/get_proof",
                                                 .body = wire::to_json(wire::GetProof{bob.signed_in.account, 0}),
                                                 .token = ada.token()});
  ASSERT_EQ(answer.status, 200u);
  const auto proof = wire::from_json<wire::Proof>(answer.body);
  ASSERT_TRUE(proof);
  EXPECT_EQ(as_text(proof->checkpoint), fetch(server, "checkpoint").body);
  const auto seen = transparency::check_proof(*proof, std::nullopt);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->key, key_of(server));
  EXPECT_EQ(proof->leaf.account, bob.signed_in.account);
}

TEST(TransparencyRoutes, AreLimitedByAddress) {
  ApiOptions options;
  options.limits[service::Action::log_resource] = {2, minutes(10)};
  ApiServer server(std::move(options));
  const Person ada(server, "ada");
  EXPECT_EQ(fetch(server, "key").status, 200u);
  EXPECT_EQ(fetch(server, "key").status, 200u);
  EXPECT_EQ(fetch(server, "key").status, 429u);
}

}  // namespace
}  // namespace sotto::test
