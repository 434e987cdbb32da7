#include "bench/population.h"

#include <algorithm>
#include <functional>
#include <future>

#include "bench/message_ids.h"
#include "crypto/system_random.h"
#include "service/conversations.h"
#include "storage/sqlite/sqlite_storage.h"

namespace sotto::bench {
namespace {

/// Works that are committed together, so that filling a database is not a commit for each row.
constexpr std::size_t residents_at_a_time = 1'000;
constexpr std::uint64_t messages_at_a_time = 5'000;

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

/// The messages of every pair, one pair after the other.
void write_messages(Settling& settling, const std::vector<Resident>& residents, const PopulationPlan& plan) {
  MessageIds ids;
  const std::uint64_t total = residents.size() / 2 * plan.messages;
  for (std::uint64_t begin = 0; begin < total; begin += messages_at_a_time) {
    settling.write([&](service::UnitOfWork& unit) {
      const std::uint64_t end = std::min(total, begin + messages_at_a_time);
      for (std::uint64_t at = begin; at < end; ++at) {
        const std::size_t pair = at / plan.messages * 2;
        const service::Caller& sender = residents[pair].caller;
        unit.conversations().append(
            {.conversation = service::direct_conversation_id(sender.account, residents[pair + 1].caller.account),
             .seq = at % plan.messages + 1,
             .sender = sender.account,
             .sender_device = sender.device,
             .message = ids.next(),
             .sent_at = now(),
             .body = Bytes(plan.body_size, 0x5a)});
      }
    });
  }
}

void write_residents(Settling& settling, std::vector<Resident>& residents, const PopulationPlan& plan) {
  crypto::SystemRandom random;
  const auto hash =
      crypto::hash_password(as_bytes(service::testing::TestAccount("x", random).password), plan.password_cost, random);
  while (residents.size() < plan.accounts && hash) {
    const std::size_t begin = residents.size();
    const std::size_t end = std::min<std::size_t>(plan.accounts, begin + residents_at_a_time);
    while (residents.size() < end) residents.push_back(make_resident(residents.size(), random));
    settling.write([&](service::UnitOfWork& unit) {
      for (std::size_t at = begin; at < end; ++at) insert(unit, residents[at], *hash, random);
    });
  }
}

}  // namespace

std::expected<Population, std::string> Population::settle(const std::filesystem::path& data,
                                                          const PopulationPlan& plan) {
  auto storage = storage::SqliteStorage::open(data, {});
  if (!storage) return std::unexpected(storage.error());
  Settling settling(**storage);
  std::vector<Resident> residents;
  std::optional<crypto::Ed25519KeyPair> key;
  settling.write([&](service::UnitOfWork& unit) {
    crypto::SystemRandom random;
    if (auto loaded = service::load_token_signing_key(unit, random)) key = std::move(*loaded);
  });
  write_residents(settling, residents, plan);
  if (plan.pairing == PopulationPlan::Pairing::neighbours) {
    settling.write([&](service::UnitOfWork& unit) {
      for (std::size_t at = 0; at + 1 < residents.size(); at += 2) {
        insert_conversation(unit, residents[at], residents[at + 1]);
      }
    });
    if (plan.messages > 0) write_messages(settling, residents, plan);
  }
  if (settling.failed() || !key || residents.size() != plan.accounts) {
    return std::unexpected("the database cannot be filled");
  }
  return Population(std::move(residents), service::AccessTokens(std::move(*key), {}, now()));
}

std::string Population::token(const Resident& resident) const { return tokens_.issue(resident.caller, now()).token; }

}  // namespace sotto::bench
