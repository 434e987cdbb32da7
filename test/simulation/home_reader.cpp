#include "simulation/home_reader.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/invariant.h"
#include "client/groups/group_store.h"
#include "client/store/home_store.h"
#include "client/store/session_store.h"
#include "client/timeline_types.h"
#include "crypto/testing/deterministic_random.h"

namespace sotto::simulation {
namespace {

/// A connection of its own, and what the stores need.
class Access {
 public:
  Access(const std::string& path, const client::StorageKey& key) : vault_(key) {
    auto database = storage::SqliteDatabase::open(path);
    invariant(database.has_value());
    database_ = std::move(*database);
    invariant(database_->begin().has_value());
  }
  Access(const Access&) = delete;
  Access& operator=(const Access&) = delete;
  ~Access() {
    invariant(!damaged_);
    database_->roll_back();
  }
  [[nodiscard]] client::Database& database() { return *database_; }
  [[nodiscard]] client::StoreContext context() {
    return {.database = *database_, .vault = vault_, .random = random_, .damaged = damaged_};
  }

 private:
  std::unique_ptr<storage::SqliteDatabase> database_;
  client::Vault vault_;
  crypto::DeterministicRandom random_{1};
  bool damaged_ = false;
};

/// The devices of a table's rows.
std::vector<session::DeviceAddress> devices_in(client::Database& database, std::string_view sql) {
  client::Query query(database, sql);
  std::vector<session::DeviceAddress> devices;
  while (query.step()) devices.push_back({query.fixed<AccountId>(0), query.fixed<DeviceId>(1)});
  return devices;
}

std::size_t number_at(const Bytes& file, std::size_t place) {
  return static_cast<std::size_t>(file[place]) << 8 | file[place + 1];
}

/// Empties what lies between the pointers and the cells of each page of a tree. When SQLite moves cells to another page
/// it leaves their octets there until the room is used again; `secure_delete` does not reach them.
void empty_gaps(Bytes& file) {
  if (file.size() < 100) return;
  const std::size_t page_size = number_at(file, 16);
  for (std::size_t page = 0; page_size >= 512 && page + page_size <= file.size(); page += page_size) {
    const std::size_t header = page + (page == 0 ? 100 : 0);
    const std::uint8_t kind = file[header];
    if (kind != 2 && kind != 5 && kind != 10 && kind != 13) continue;
    const std::size_t pointers = header + (kind < 8 ? 12 : 8);
    const std::size_t begin = std::min(page + page_size, pointers + 2 * number_at(file, header + 3));
    const std::size_t end = std::min(page + page_size, page + number_at(file, header + 5));
    if (begin < end) std::fill(file.data() + begin, file.data() + end, std::uint8_t{0});
  }
}

}  // namespace

HomeReader::HomeReader(std::string path, const client::StorageKey& key) : path_(std::move(path)), key_(key) {}

std::vector<KeptMessage> HomeReader::messages() {
  Access access(path_, key_);
  client::Query query(
      access.database(),
      "SELECT conversation, seq, message, sender, sender_device, state, body, message_key FROM timeline "
      "WHERE seq IS NOT NULL ORDER BY conversation, seq");
  std::vector<KeptMessage> messages;
  while (query.step()) {
    const auto state = static_cast<client::MessageState>(query.integer(5));
    messages.push_back({.conversation = query.fixed<ConversationId>(0),
                        .seq = query.number(1),
                        .message = query.fixed<MessageId>(2),
                        .sender = {query.fixed<AccountId>(3), query.fixed<DeviceId>(4)},
                        .is_readable = state != client::MessageState::undecryptable,
                        .body = query.octets(6),
                        .key = query.octets(7)});
  }
  return messages;
}

session::ReceivedSenderChains HomeReader::received(ConversationId conversation, const session::DeviceAddress& sender) {
  Access access(path_, key_);
  return client::GroupStore(access.context()).received(conversation, sender);
}

std::size_t HomeReader::count(std::string_view sql) {
  Access access(path_, key_);
  client::Query query(access.database(), sql);
  return query.step() ? query.number(0) : 0;
}

void HomeReader::measure_sessions(HomeSizes& sizes) {
  Access access(path_, key_);
  client::SessionStore store(access.context());
  for (const session::DeviceAddress& device : devices_in(access.database(), "SELECT account, device FROM sessions")) {
    const session::PeerSessions held = store.load(device).sessions;
    sizes.sessions = std::max(sizes.sessions, held.sessions.size());
    for (const session::Session& session : held.sessions) {
      std::size_t skipped = 0;
      for (const session::SkippedChain& chain : session.ratchet.skipped) skipped += chain.keys.size();
      sizes.skipped_session_keys = std::max(sizes.skipped_session_keys, skipped);
    }
  }
}

void HomeReader::measure_chains(HomeSizes& sizes) {
  Access access(path_, key_);
  client::GroupStore store(access.context());
  client::Query query(access.database(), "SELECT conversation, account, device FROM received_sender_chains");
  while (query.step()) {
    const auto held =
        store.received(query.fixed<ConversationId>(0), {query.fixed<AccountId>(1), query.fixed<DeviceId>(2)});
    sizes.received_chains = std::max(sizes.received_chains, held.chains.size());
    for (const session::ReceivedSenderChain& chain : held.chains) {
      sizes.skipped_sender_keys = std::max(sizes.skipped_sender_keys, chain.skipped.size());
    }
  }
}

void HomeReader::measure_prekeys(HomeSizes& sizes) {
  Access access(path_, key_);
  const session::PrivatePrekeys prekeys = client::HomeStore(access.context()).prekeys();
  sizes.one_time_prekeys = std::max(prekeys.one_time_prekeys.size(), prekeys.kem_prekeys.size());
}

HomeSizes HomeReader::sizes() {
  HomeSizes sizes;
  sizes.outbox = count("SELECT count(*) FROM outbox");
  sizes.uploads = count("SELECT count(*) FROM uploads");
  sizes.waiting = count("SELECT count(*) FROM waiting_entries");
  sizes.group_profiles = count("SELECT max(n) FROM (SELECT count(*) n FROM group_profiles GROUP BY conversation)");
  sizes.holders = count("SELECT max(n) FROM (SELECT count(*) n FROM sender_key_holders GROUP BY conversation)");
  measure_sessions(sizes);
  measure_chains(sizes);
  measure_prekeys(sizes);
  return sizes;
}

Bytes HomeReader::octets(std::string_view suffix) const {
  std::ifstream file(path_ + std::string(suffix), std::ios::binary);
  Bytes octets{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (suffix.empty()) empty_gaps(octets);
  return octets;
}

bool contains(ByteView octets, ByteView part) { return as_text(octets).find(as_text(part)) != std::string_view::npos; }

}  // namespace sotto::simulation
