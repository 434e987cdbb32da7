#include "bench/population.h"

#include <algorithm>
#include <functional>
#include <future>
#include <unordered_set>

#include "base/seeded_hash.h"
#include "crypto/system_random.h"
#include "crypto/testing/deterministic_random.h"
#include "service/conversations.h"
#include "storage/sqlite/sqlite_storage.h"
#include "storage/sqlite/testing/bulk_fill.h"

namespace sotto::bench {
namespace {

/// Works that are committed together, so that filling a database is not a commit for each row.
constexpr std::size_t residents_at_a_time = 1'000;

UnixMillis now() { return SystemClock().now(); }

/// Runs a function in a writing unit.
class Step final : public service::Work {
 public:
  using Function = std::function<void(service::UnitOfWork&)>;
  Step(const Function& function, std::promise<bool>& done) : function_(function), done_(done) {}
  service::Verdict run(service::UnitOfWork& unit) override {
    function_(unit);
    return service::Verdict::keep;
  }
  void finish(service::WorkOutcome outcome) override { done_.set_value(outcome == service::WorkOutcome::committed); }

 private:
  const Function& function_;
  std::promise<bool>& done_;
};

/// Writes to a database that no server has open.
class Settling {
 public:
  explicit Settling(storage::SqliteStorage& storage) : storage_(storage) {}

  /// Nothing after the first failure.
  void write(const Step::Function& function) {
    if (failed_) return;
    std::promise<bool> done;
    auto future = done.get_future();
    failed_ = storage_.submit_write(std::make_unique<Step>(function, done)) != nullptr || !future.get();
  }
  void fail() { failed_ = true; }
  [[nodiscard]] bool failed() const { return failed_; }

 private:
  storage::SqliteStorage& storage_;
  bool failed_ = false;
};

Resident make_resident(std::size_t number, Random& random) {
  service::testing::TestAccount keys("resident" + std::to_string(number), random);
  const service::Caller caller{
      .account = keys.account, .device = keys.devices.front().device, .login = random.next<LoginId>()};
  return {.keys = std::move(keys), .caller = caller};
}

void insert(service::UnitOfWork& unit, const Resident& resident, const std::string& password_hash, Random& random) {
  const auto& keys = resident.keys;
  unit.accounts().insert({.account = keys.account,
                          .name = keys.name,
                          .password_hash = password_hash,
                          .account_key = keys.account_key.public_key,
                          .device_list = keys.first_list(),
                          .device_list_version = 1,
                          .created_at = now()});
  unit.logins().insert({.login = resident.caller.login,
                        .account = keys.account,
                        .device = resident.caller.device,
                        .current_token = random.next<Sha256Digest>(),
                        .previous_token = std::nullopt,
                        .created_at = now(),
                        .last_used_at = now()});
}

void insert_conversation(service::UnitOfWork& unit, const Resident& left, const Resident& right) {
  std::vector<service::StoredMember> members{{.account = left.caller.account}, {.account = right.caller.account}};
  std::ranges::sort(members, {}, &service::StoredMember::account);
  unit.conversations().insert(
      {.conversation = service::direct_conversation_id(left.caller.account, right.caller.account),
       .epoch = 1,
       .last_activity = now()},
      members);
}

std::vector<Resident> make_residents(const PopulationPlan& plan) {
  // Never anybody's keys but a benchmark's: the same for every run, so that a directory can be used again.
  crypto::DeterministicRandom random(1);
  std::vector<Resident> residents;
  while (residents.size() < plan.accounts + plan.circle.people) {
    residents.push_back(make_resident(residents.size(), random));
  }
  return residents;
}

void write_residents(Settling& settling, const std::vector<Resident>& residents, const PopulationPlan& plan) {
  crypto::SystemRandom random;
  const auto hash =
      crypto::hash_password(as_bytes(service::testing::TestAccount("x", random).password), plan.password_cost, random);
  if (!hash) return settling.fail();
  for (std::size_t begin = 0; begin < residents.size(); begin += residents_at_a_time) {
    settling.write([&](service::UnitOfWork& unit) {
      const std::size_t end = std::min(residents.size(), begin + residents_at_a_time);
      for (std::size_t at = begin; at < end; ++at) insert(unit, residents[at], *hash, random);
    });
  }
}

void write_pairs(Settling& settling, const std::vector<Resident>& residents, const PopulationPlan& plan) {
  if (plan.pairing == PopulationPlan::Pairing::none) return;
  settling.write([&](service::UnitOfWork& unit) {
    for (std::size_t at = 0; at + 1 < plan.accounts; at += 2) {
      insert_conversation(unit, residents[at], residents[at + 1]);
    }
  });
}

std::vector<storage::sqlite::testing::DirectPair> pairs_of_circle(const std::vector<Resident>& residents,
                                                                  const PopulationPlan& plan) {
  std::vector<storage::sqlite::testing::DirectPair> pairs;
  for (unsigned at = 0; at < plan.circle.people; ++at) {
    for (unsigned step = 1; step <= plan.circle.acquaintances; ++step) {
      const AccountId left = residents[plan.accounts + at].caller.account;
      const AccountId right = residents[plan.accounts + (at + step) % plan.circle.people].caller.account;
      pairs.push_back({.conversation = service::direct_conversation_id(left, right), .left = left, .right = right});
    }
  }
  return pairs;
}

std::expected<void, std::string> write_conversations(const std::filesystem::path& data,
                                                     const std::vector<Resident>& residents,
                                                     const PopulationPlan& plan) {
  if (plan.messages == 0 && plan.circle.people == 0) return {};
  std::unordered_set<ConversationId, SeededHash> pairs;
  for (std::size_t at = 0; at + 1 < plan.accounts; at += 2) {
    pairs.insert(service::direct_conversation_id(residents[at].caller.account, residents[at + 1].caller.account));
  }
  auto directory = storage::sqlite::DataDirectory::claim(data);
  if (!directory) return std::unexpected(directory.error());
  const storage::sqlite::DatabaseFile file{.path = directory->database(), .vfs = {}};
  if (auto added = storage::sqlite::testing::add_conversations(file, pairs_of_circle(residents, plan)); !added) {
    return added;
  }
  return storage::sqlite::testing::fill_conversations(
      file,
      {.entries = [&](const ConversationId& id) { return pairs.contains(id) ? plan.messages : plan.circle.messages; },
       .body_size = plan.body_size,
       .until = now()});
}

/// The key of the server's tokens; made if there is none.
std::expected<crypto::Ed25519KeyPair, std::string> load_key(const std::filesystem::path& data) {
  auto storage = storage::SqliteStorage::open(data, {});
  if (!storage) return std::unexpected(storage.error());
  Settling settling(**storage);
  std::optional<crypto::Ed25519KeyPair> key;
  settling.write([&](service::UnitOfWork& unit) {
    crypto::SystemRandom random;
    if (auto loaded = service::load_token_signing_key(unit, random)) key = std::move(*loaded);
  });
  if (settling.failed() || !key) return std::unexpected("the database does not give its key for tokens");
  return *std::move(key);
}

}  // namespace

std::expected<Population, std::string> Population::settle(const std::filesystem::path& data,
                                                          const PopulationPlan& plan) {
  std::vector<Resident> residents = make_residents(plan);
  {
    auto storage = storage::SqliteStorage::open(data, {});
    if (!storage) return std::unexpected(storage.error());
    Settling settling(**storage);
    write_residents(settling, residents, plan);
    write_pairs(settling, residents, plan);
    if (settling.failed()) return std::unexpected("the database cannot be filled");
  }
  if (auto written = write_conversations(data, residents, plan); !written) return std::unexpected(written.error());
  auto key = load_key(data);
  if (!key) return std::unexpected(key.error());
  return Population(std::move(residents), service::AccessTokens(std::move(*key), {}, now()));
}

std::expected<Population, std::string> Population::meet(const std::filesystem::path& data, const PopulationPlan& plan) {
  auto key = load_key(data);
  if (!key) return std::unexpected(key.error());
  return Population(make_residents(plan), service::AccessTokens(std::move(*key), {}, now()));
}

std::string Population::token(const Resident& resident) const { return tokens_.issue(resident.caller, now()).token; }

}  // namespace sotto::bench
