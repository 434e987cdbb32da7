#include "service/transparency_log.h"

#include "crypto/hash.h"
#include "wire/binary.h"

namespace sotto::service {
namespace {

constexpr std::string_view key_name = "transparency log key";
constexpr std::string_view origin_name = "transparency log origin";
/// Of a log that nobody named: there is no such host, and no two installations share its key.
constexpr std::string_view default_origin = "sotto.invalid/transparency";

/// The tree's hashes as the unit sees them.
class StoredTree final : public transparency::NodeReader {
 public:
  explicit StoredTree(UnitOfWork& unit) : store_(unit.transparency()) {}
  std::optional<Sha256Digest> read(transparency::NodePosition position) override {
    return store_.node({position.level, position.index});
  }

 private:
  TransparencyStore& store_;
};

/// The stored key pair; nothing if there is none or it is damaged.
std::optional<crypto::Ed25519KeyPair> stored_key(UnitOfWork& unit) {
  std::optional<Bytes> stored = unit.values().find(key_name);
  if (!stored) return std::nullopt;
  const SecretBuffer octets{*stored};
  wipe(*stored);
  if (octets.size() != Secret<32>::size) return std::nullopt;
  return crypto::ed25519_from_seed(Secret<32>(octets.reveal().first<Secret<32>::size>()));
}

void make_key(UnitOfWork& unit, Random& random) {
  if (unit.values().find(key_name)) return;
  unit.values().put(key_name, crypto::generate_ed25519(random).seed.reveal());
}

std::string stored_origin(UnitOfWork& unit) {
  const std::optional<Bytes> stored = unit.values().find(origin_name);
  return std::string(stored ? as_text(*stored) : default_origin);
}

std::unexpected<Refusal> damaged_log() { return refuse(wire::ErrorCode::internal, "the transparency log is damaged"); }

/// The signed note over the first `size` entries; nothing if the log is damaged.
std::optional<std::string> sign(UnitOfWork& unit, std::uint64_t size) {
  const auto key = stored_key(unit);
  StoredTree tree(unit);
  const auto root = transparency::root(tree, size);
  if (!key || !root) return std::nullopt;
  return transparency::sign_checkpoint({stored_origin(unit), {size, *root}}, *key);
}

std::optional<std::string> read_tile(UnitOfWork& unit, const transparency::TilePath& path) {
  if (!transparency::tile_exists(path, unit.transparency().size())) return std::nullopt;
  const transparency::TileNodes nodes = transparency::tile_nodes(path);
  Bytes octets;
  if (path.level) {
    for (const Sha256Digest& hash :
         unit.transparency().nodes({{nodes.first.level, nodes.first.index}, static_cast<std::size_t>(nodes.count)})) {
      octets.insert(octets.end(), hash.bytes.begin(), hash.bytes.end());
    }
  } else {
    for (const Bytes& entry : unit.transparency().entries({nodes.first.index, static_cast<std::size_t>(nodes.count)})) {
      transparency::append_to_bundle(octets, entry);
    }
  }
  return std::string(as_text(octets));
}

}  // namespace

std::expected<void, Refusal> log_device_list(UnitOfWork& unit, const ListToLog& list, const Moment& moment) {
  make_key(unit, moment.random);
  TransparencyStore& store = unit.transparency();
  const auto before = store.newest(list.account);
  TransparencyStore::Entry entry{store.size(), {}};
  entry.leaf.account = list.account;
  entry.leaf.version = list.version;
  entry.leaf.device_list = crypto::sha256(list.list);
  if (before) entry.leaf.previous = transparency::leaf_hash(wire::encode(before->leaf));
  entry.leaf.at = moment.now;
  StoredTree tree(unit);
  const auto added = transparency::append(tree, entry.index, transparency::leaf_hash(wire::encode(entry.leaf)));
  if (!added) return damaged_log();
  std::vector<StoredNode> nodes;
  for (const transparency::Node& node : *added) {
    nodes.push_back({node.position.level, node.position.index, node.hash});
  }
  store.append(entry, nodes);
  return {};
}

LogPreparation prepare_transparency_log(UnitOfWork& unit, std::string_view origin, Random& random) {
  make_key(unit, random);
  if (!stored_key(unit)) return LogPreparation::damaged;
  // Entries without a name were made under the default one; a name never changes, for those who know it pin it.
  if (!unit.values().find(origin_name)) {
    const bool begun = unit.transparency().size() > 0;
    unit.values().put(origin_name, as_bytes(begun ? default_origin : origin));
  }
  return stored_origin(unit) == origin ? LogPreparation::ready : LogPreparation::named_otherwise;
}

std::optional<std::size_t> log_earlier_accounts(UnitOfWork& unit, std::size_t limit, const Moment& moment) {
  std::size_t logged = 0;
  for (const AccountId& id : unit.transparency().without_entry(limit)) {
    const std::optional<StoredAccount> account = unit.accounts().find(id);
    if (!account) continue;
    if (!log_device_list(unit, {id, account->device_list_version, account->device_list.list}, moment)) {
      return std::nullopt;
    }
    ++logged;
  }
  return logged;
}

Outcome<wire::Proof> TransparencyLog::prove(UnitOfWork& unit, const Caller&, const wire::GetProof& request,
                                            const Moment&) const {
  const auto newest = unit.transparency().newest(request.account);
  if (!newest) return refuse(wire::ErrorCode::not_found, "the log has no entry of this account", "account");
  const std::uint64_t size = unit.transparency().size();
  StoredTree tree(unit);
  auto inclusion = transparency::prove_inclusion(tree, {newest->index, size});
  auto consistency = transparency::prove_consistency(tree, {request.known_size > size ? 0 : request.known_size, size});
  const std::optional<std::string> checkpoint = sign(unit, size);
  if (!inclusion || !consistency || !checkpoint) return damaged_log();
  Accepted<wire::Proof> accepted;
  accepted.answer.checkpoint.assign(checkpoint->begin(), checkpoint->end());
  accepted.answer.index = newest->index;
  accepted.answer.leaf = newest->leaf;
  accepted.answer.inclusion = *std::move(inclusion);
  accepted.answer.consistency = *std::move(consistency);
  return accepted;
}

Outcome<wire::TransparencyPage> TransparencyLog::read(UnitOfWork& unit, const Caller&,
                                                      const wire::ReadTransparency& request, const Moment&) const {
  Accepted<wire::TransparencyPage> accepted;
  accepted.answer.leaves =
      unit.transparency().of_account({request.account, request.after_version, wire::max_page_entries + 1});
  accepted.answer.more = accepted.answer.leaves.size() > wire::max_page_entries;
  if (accepted.answer.more) accepted.answer.leaves.pop_back();
  return accepted;
}

std::optional<std::string> read_log_resource(UnitOfWork& unit, const LogAddress& address) {
  switch (address.resource) {
    case LogResource::checkpoint:
      return sign(unit, unit.transparency().size());
    case LogResource::key: {
      const auto key = stored_key(unit);
      if (!key) return std::nullopt;
      return transparency::print_key({stored_origin(unit), key->public_key}) + "\n";
    }
    case LogResource::tile:
      return read_tile(unit, address.path);
  }
  return std::nullopt;
}

}  // namespace sotto::service
