// Over random schedules of two devices (drop, delay, reorder, duplicate, both start at once, clocks that jump, a state
// restored from a copy) every message that arrives is opened exactly once, with the text that was sealed, or refused
// for a named reason; without a restore nothing is refused that arrives for the first time; afterwards each refusal is
// healed within a round trip, and both sides meet in one session; and no state holds a key that was used.
//
// SOTTO_SCHEDULE_SEED=<n> replays one seed, SOTTO_SCHEDULE_COUNT=<n> runs more of them.

#include <array>
#include <cstdlib>
#include <gmock/gmock.h>
#include <map>
#include <random>
#include <set>

#include "crypto/testing/deterministic_random.h"
#include "session/stored_state.h"
#include "session/testing/party.h"
#include "wire/binary.h"

namespace sotto::session {
namespace {

using testing::claim;
using testing::from_to;
using testing::make_party;
using testing::Party;
using testing::start_of_time;
using testing::Stock;

/// Both parties with all their prekeys, made once: making them costs more than a schedule.
struct Pair {
  Party first;
  Party second;
};

const Pair& fresh_pair(Stock stock) {
  static const auto make = [](Stock kind) {
    crypto::DeterministicRandom random(77);
    Party first = make_party(random, kind);
    Party second = make_party(random, kind);
    return Pair{std::move(first), std::move(second)};
  };
  static const Pair full = make(Stock::full);
  static const Pair none = make(Stock::none);
  return stock == Stock::full ? full : none;
}

struct Flying {
  std::uint32_t number = 0;
  Bytes message;
};

/// What one side knows of the messages it was sent; part of its state, so restored with it.
struct Side {
  Party party;
  std::set<std::uint32_t> opened;

  [[nodiscard]] Side copy() const { return {party.copy(), opened}; }
};

enum class Restores : std::uint8_t { never, sometimes };

class Schedule {
 public:
  Schedule(std::uint64_t seed, Restores restores)
      : choice_(seed), random_(seed), restores_(restores), stock_(seed % 3 == 0 ? Stock::none : Stock::full) {
    sides_[0].party = fresh_pair(stock_).first.copy();
    sides_[1].party = fresh_pair(stock_).second.copy();
  }

  void run() {
    const std::size_t steps = 30 + below(120);
    for (std::size_t step = 0; step < steps && !::testing::Test::HasFatalFailure(); ++step) act();
    for (const std::size_t receiver : {0u, 1u}) deliver_all(receiver);
    heal();
  }

  std::map<OpenError, int> refusals;
  int opened = 0;
  /// Messages opened in a chain that a re-key began.
  int rekeyed = 0;

 private:
  static constexpr std::size_t max_started = 30;

  std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(choice_); }

  void act() {
    const std::size_t side = below(2);
    switch (below(12)) {
      case 0:
      case 1:
      case 2:
      case 3:
        send(side, 1 + below(4));
        break;
      case 4:
      case 5:
      case 6:
      case 7:
        if (!flying_[side].empty()) deliver(side, below(flying_[side].size()), below(6) == 0);
        break;
      case 8:
        if (!flying_[side].empty() && below(2) == 0) drop(side, below(flying_[side].size()));
        break;
      case 9:
        now_ = now_ + Milliseconds{static_cast<std::int64_t>(below(4)) * 3'600'000};
        break;
      case 10:
        if (below(4) == 0 && ++started_ <= max_started) start(side);
        break;
      default:
        copy_or_restore(side);
    }
  }

  void copy_or_restore(std::size_t side) {
    if (restores_ == Restores::never) return;
    if (below(3) != 0 || !copies_[side]) {
      copies_[side] = sides_[side].copy();
      return;
    }
    sides_[side] = copies_[side]->copy();
    restored_ = true;
  }

  void start(std::size_t side) {
    Party& local = sides_[side].party;
    // What a server hands out is gone for good, also when the device's own state is restored.
    wire::PrekeyBundle bundle = claim(servers_[1 - side]);
    auto next = start_session(local.sessions, from_to(local, sides_[1 - side].party), bundle, now_, random_);
    ASSERT_TRUE(next.has_value());
    local.sessions = std::move(*next);
  }

  static std::string text_of(std::uint32_t number) { return "text " + std::to_string(number * 7919u); }

  wire::SessionContext context_of(std::uint32_t number) const {
    wire::SessionContext context = testing::context(1);
    for (std::size_t octet = 0; octet < 4; ++octet) {
      context.message.bytes[octet] = static_cast<std::uint8_t>(number >> (8 * octet));
    }
    return context;
  }

  /// As if fifty messages had been sent: the schedules are too short to get there often.
  static void make_rekey_due(PeerSessions& sessions) {
    auto* resting = std::get_if<OfferResting>(&sessions.sessions.front().ratchet.rekey.offer);
    if (resting != nullptr) resting->messages = rekey_after_messages;
  }

  void send(std::size_t side, std::size_t count) {
    Party& local = sides_[side].party;
    if (!local.sessions.can_seal()) start(side);
    if (local.sessions.can_seal() && below(3) == 0) make_rekey_due(local.sessions);
    for (std::size_t sent = 0; sent < count && local.sessions.can_seal(); ++sent) {
      const std::uint32_t number = ++last_number_;
      const std::string text = text_of(number);
      const wire::SessionContext context = context_of(number);
      auto sealed = seal(local.sessions, from_to(local, sides_[1 - side].party),
                         {.plaintext = as_bytes(text), .context = context}, now_, random_);
      ASSERT_TRUE(sealed.has_value());
      local.sessions = std::move(sealed->next);
      flying_[1 - side].push_back({number, std::move(sealed->message)});
    }
  }

  void drop(std::size_t receiver, std::size_t position) {
    flying_[receiver].erase(flying_[receiver].begin() + static_cast<std::ptrdiff_t>(position));
  }

  /// The key that would open `flying`, had it not been used.
  std::optional<MessageKey> key_of(const PeerSessions& sessions, const wire::SessionHeader& header) const {
    for (const Session& session : sessions.sessions) {
      if (session.id != header.session) continue;
      Ratchet ratchet = session.ratchet.copy();
      auto key = take_receiving_key(ratchet, header, now_);
      if (key) return std::move(*key);
    }
    return std::nullopt;
  }

  static bool holds(const PeerSessions& sessions, const MessageKey& key) {
    const SecretBuffer stored = store(sessions);
    const ByteView all = stored.reveal();
    return std::search(all.begin(), all.end(), key.reveal().begin(), key.reveal().end()) != all.end();
  }

  void deliver(std::size_t receiver, std::size_t position, bool stays) {
    const Flying flying = flying_[receiver][position];
    if (!stays) drop(receiver, position);
    Side& side = sides_[receiver];
    const Party& remote = sides_[1 - receiver].party;
    const auto header =
        wire::decode<wire::SessionHeader>(wire::decode<wire::SessionMessage>(flying.message).value().header).value();
    const auto key = key_of(side.party.sessions, header);
    const SecretBuffer before = store(side.party.sessions);
    const wire::SessionContext context = context_of(flying.number);
    auto result = open(side.party.sessions, from_to(side.party, remote), side.party.prekeys,
                       {.message = flying.message, .context = context}, now_, random_);
    const bool was_opened = side.opened.contains(flying.number);
    if (!result) {
      ++refusals[result.error()];
      ASSERT_TRUE(store(side.party.sessions) == before);
      ASSERT_TRUE(was_opened || restored_) << "refused at first: " << explain(result.error());
      return;
    }
    ASSERT_FALSE(was_opened) << "message " << flying.number << " was opened twice";
    ASSERT_EQ(as_text(result->plaintext.reveal()), text_of(flying.number));
    ASSERT_FALSE(key && holds(result->next, *key)) << "a used key is kept";
    side.opened.insert(flying.number);
    side.party.sessions = std::move(result->next);
    if (result->next_prekeys) side.party.prekeys = std::move(*result->next_prekeys);
    ASSERT_TRUE(load_sessions(store(side.party.sessions).reveal()).has_value());
    ++opened;
    if (header.kem_mix != 0) ++rekeyed;
  }

  void deliver_all(std::size_t receiver) {
    while (!flying_[receiver].empty() && !::testing::Test::HasFatalFailure()) deliver(receiver, 0, false);
  }

  /// Sends one message across. If it is refused, the receiver does what an engine does: a new session and a repair.
  bool crosses(std::size_t sender) {
    send(sender, 1);
    const std::uint32_t number = last_number_;
    deliver_all(1 - sender);
    if (sides_[1 - sender].opened.contains(number)) return true;
    start(1 - sender);
    send(1 - sender, 1);
    deliver_all(sender);
    return false;
  }

  /// Each side learns whether the other can follow, and repairs; whoever was repaired follows from then on. A re-key
  /// that was under way in a restored state parts them only when it is mixed in, so all of them are brought to that.
  void heal() {
    constexpr std::size_t rounds = 8;
    std::array<bool, 2> was_repaired{};
    for (std::size_t round = 0; round < rounds; ++round) {
      for (const std::size_t sender : {0u, 1u}) {
        if (::testing::Test::HasFatalFailure()) return;
        if (sides_[sender].party.sessions.can_seal()) make_rekey_due(sides_[sender].party.sessions);
        const bool crossed = crosses(sender);
        ASSERT_TRUE(crossed || !was_repaired[sender]) << "side " << sender << " is not healed by a repair";
        was_repaired[sender] = !crossed;
      }
    }
    for (const std::size_t sender : {0u, 1u}) ASSERT_TRUE(crosses(sender)) << "side " << sender << " is not healed";
    ASSERT_EQ(sides_[0].party.sessions.sessions.front().id, sides_[1].party.sessions.sessions.front().id);
  }

  std::mt19937_64 choice_;
  crypto::DeterministicRandom random_;
  Restores restores_;
  Stock stock_;
  std::array<Side, 2> sides_;
  std::array<Party, 2> servers_{fresh_pair(stock_).first.copy(), fresh_pair(stock_).second.copy()};
  std::array<std::optional<Side>, 2> copies_;
  /// By receiver.
  std::array<std::vector<Flying>, 2> flying_;
  UnixMillis now_ = start_of_time;
  std::uint32_t last_number_ = 0;
  std::size_t started_ = 0;
  bool restored_ = false;
};

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

struct Tally {
  std::map<OpenError, int> refusals;
  int opened = 0;
  int rekeyed = 0;
};

Tally run_schedules(Restores restores) {
  Tally tally;
  const std::uint64_t only = from_environment("SOTTO_SCHEDULE_SEED", 0);
  const std::uint64_t count = from_environment("SOTTO_SCHEDULE_COUNT", 300);
  for (std::uint64_t seed = only == 0 ? 1 : only; seed <= (only == 0 ? count : only); ++seed) {
    SCOPED_TRACE("SOTTO_SCHEDULE_SEED=" + std::to_string(seed));
    Schedule schedule(seed, restores);
    schedule.run();
    for (const auto& [error, times] : schedule.refusals) tally.refusals[error] += times;
    tally.opened += schedule.opened;
    tally.rekeyed += schedule.rekeyed;
    if (::testing::Test::HasFatalFailure()) break;
  }
  for (const auto& [error, times] : tally.refusals)
    std::printf("%8d  %s\n", times, std::string(explain(error)).c_str());
  std::printf("%8d  opened\n%8d  of them re-keyed\n", tally.opened, tally.rekeyed);
  if (only == 0) {
    EXPECT_GT(tally.rekeyed, 0) << "no schedule came to a re-key";
  }
  return tally;
}

TEST(SessionSchedule, WithoutRestoresEverythingIsOpenedOnceAndOnlyRepeatsAreRefused) {
  const Tally tally = run_schedules(Restores::never);
  for (const auto& [error, times] : tally.refusals) {
    EXPECT_TRUE(error == OpenError::duplicate) << explain(error) << ' ' << times;
  }
}

TEST(SessionSchedule, WithRestoresRefusalsAreNamedAndBothSidesHeal) {
  const Tally tally = run_schedules(Restores::sometimes);
  for (const auto& [error, times] : tally.refusals) {
    EXPECT_TRUE(error == OpenError::unknown_prekey || calls_for_repair(error)) << explain(error) << ' ' << times;
  }
}

}  // namespace
}  // namespace sotto::session
