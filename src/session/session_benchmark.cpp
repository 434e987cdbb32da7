// Sealing, opening and setting up, as the engine does them. Ratchet steps are part of ping-pong.

#include <benchmark/benchmark.h>

#include "crypto/system_random.h"
#include "session/direct_message.h"
#include "session/group_message.h"
#include "session/pqxdh.h"
#include "session/stored_state.h"
#include "session/testing/party.h"

namespace sotto::session {
namespace {

using testing::claim;
using testing::context;
using testing::from_to;
using testing::make_party;
using testing::Party;
using testing::start_of_time;
using testing::Stock;

struct TwoParties {
  crypto::SystemRandom random;
  Party alice = make_party(random, Stock::none);
  Party bob = make_party(random, Stock::none);
  wire::SessionContext place = context(1);

  TwoParties() {
    testing::start(alice, bob, start_of_time, random);
    pass(alice, bob);
    pass(bob, alice);
  }

  void pass(Party& from, Party& to) {
    const Bytes message = testing::seal_from(from, to, payload, place, start_of_time, random);
    if (!testing::open_at(to, from, message, place, start_of_time, random)) std::abort();
  }

  std::string payload = std::string(68, 'k');
};

void seal_in_one_chain(benchmark::State& state) {
  TwoParties parties;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        testing::seal_from(parties.alice, parties.bob, parties.payload, parties.place, start_of_time, parties.random));
  }
}
BENCHMARK(seal_in_one_chain);

void open_in_one_chain(benchmark::State& state) {
  TwoParties parties;
  for (auto _ : state) {
    state.PauseTiming();
    const Bytes message =
        testing::seal_from(parties.alice, parties.bob, parties.payload, parties.place, start_of_time, parties.random);
    state.ResumeTiming();
    if (!testing::open_at(parties.bob, parties.alice, message, parties.place, start_of_time, parties.random)) {
      state.SkipWithError("not opened");
    }
  }
}
BENCHMARK(open_in_one_chain);

/// Two messages seal and open with a ratchet step each, the re-key included at its rate.
void ping_pong_round(benchmark::State& state) {
  TwoParties parties;
  for (auto _ : state) {
    parties.pass(parties.alice, parties.bob);
    parties.pass(parties.bob, parties.alice);
  }
  state.SetItemsProcessed(state.iterations() * 4);  // Seals and opens.
}
BENCHMARK(ping_pong_round);

void seal_with_ratchet_step(benchmark::State& state) {
  TwoParties parties;
  for (auto _ : state) {
    state.PauseTiming();
    parties.pass(parties.bob, parties.alice);
    state.ResumeTiming();
    const Bytes message =
        testing::seal_from(parties.alice, parties.bob, parties.payload, parties.place, start_of_time, parties.random);
    state.PauseTiming();
    if (!testing::open_at(parties.bob, parties.alice, message, parties.place, start_of_time, parties.random)) {
      state.SkipWithError("not opened");
    }
    state.ResumeTiming();
  }
}
BENCHMARK(seal_with_ratchet_step);

void open_with_ratchet_step(benchmark::State& state) {
  TwoParties parties;
  for (auto _ : state) {
    state.PauseTiming();
    parties.pass(parties.bob, parties.alice);
    const Bytes message =
        testing::seal_from(parties.alice, parties.bob, parties.payload, parties.place, start_of_time, parties.random);
    state.ResumeTiming();
    if (!testing::open_at(parties.bob, parties.alice, message, parties.place, start_of_time, parties.random)) {
      state.SkipWithError("not opened");
    }
  }
}
BENCHMARK(open_with_ratchet_step);

/// Bundle checks included.
void start_a_session(benchmark::State& state) {
  TwoParties parties;
  const wire::PrekeyBundle bundle = claim(parties.bob);
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        start_session({}, from_to(parties.alice, parties.bob), bundle, start_of_time, parties.random));
  }
}
BENCHMARK(start_a_session);

/// The initiator's side of PQXDH alone; the checks of the bundle are in `start_a_session`.
void pqxdh_initiate(benchmark::State& state) {
  TwoParties parties;
  const wire::PrekeyBundle bundle = claim(parties.bob);
  for (auto _ : state) {
    benchmark::DoNotOptimize(initiate(from_to(parties.alice, parties.bob), bundle, parties.random));
  }
}
BENCHMARK(pqxdh_initiate);

void pqxdh_respond(benchmark::State& state) {
  TwoParties parties;
  parties.bob = make_party(parties.random, Stock::full);
  const auto initiated = initiate(from_to(parties.alice, parties.bob), claim(parties.bob), parties.random);
  for (auto _ : state) {
    benchmark::DoNotOptimize(respond(from_to(parties.bob, parties.alice), parties.bob.prekeys, initiated->initiation));
  }
}
BENCHMARK(pqxdh_respond);

/// The first message of a session, from its arrival to its text.
void open_an_initiation(benchmark::State& state) {
  TwoParties parties;
  parties.bob = make_party(parties.random, Stock::full);
  parties.alice.sessions = {};
  testing::start(parties.alice, parties.bob, start_of_time, parties.random);
  const Bytes message =
      testing::seal_from(parties.alice, parties.bob, parties.payload, parties.place, start_of_time, parties.random);
  for (auto _ : state) {
    benchmark::DoNotOptimize(open({}, from_to(parties.bob, parties.alice), parties.bob.prekeys,
                                  {.message = message, .context = parties.place}, start_of_time, parties.random));
  }
}
BENCHMARK(open_an_initiation);

/// A whole direct message of 400 octets of text for one device.
void seal_direct_for_one(benchmark::State& state) {
  TwoParties parties;
  const DirectPlace place{.conversation = {}, .message = {}};
  const wire::Content content{
      .version = 1, .counter = 1, .sent_at = start_of_time, .kind = wire::TextContent{std::string(400, 'a')}};
  for (auto _ : state) {
    const std::vector<DirectRecipient> recipients{{parties.bob.as_remote, parties.alice.sessions}};
    auto sealed = seal_direct(parties.alice.local, recipients, place, content, start_of_time, parties.random);
    parties.alice.sessions = std::move(sealed->next[0]);
  }
}
BENCHMARK(seal_direct_for_one);

void open_direct_for_one(benchmark::State& state) {
  TwoParties parties;
  const DirectPlace place{.conversation = {}, .message = {}};
  const wire::Content content{
      .version = 1, .counter = 1, .sent_at = start_of_time, .kind = wire::TextContent{std::string(400, 'a')}};
  const std::vector<DirectRecipient> recipients{{parties.bob.as_remote, parties.alice.sessions}};
  const auto sealed = seal_direct(parties.alice.local, recipients, place, content, start_of_time, parties.random);
  for (auto _ : state) {
    benchmark::DoNotOptimize(open_direct(parties.bob.sessions, from_to(parties.bob, parties.alice), parties.bob.prekeys,
                                         place, sealed->body, start_of_time, parties.random));
  }
}
BENCHMARK(open_direct_for_one);

/// A sending device and one that holds its chain.
struct GroupPair {
  crypto::SystemRandom random;
  GroupPlace place{.conversation = random.next<ConversationId>(), .message = random.next<MessageId>()};
  DeviceAddress sender{random.next<AccountId>(), random.next<DeviceId>()};
  OwnSenderChain chain = begin_sender_chain(place.conversation, start_of_time, random);
  ReceivedSenderChains received = accept_share({}, share_of(chain), start_of_time).value();
  wire::Content content{
      .version = 1, .counter = 1, .sent_at = start_of_time, .kind = wire::TextContent{std::string(400, 'a')}};
};

/// A whole group message of 400 octets of text, for any number of devices.
void seal_group_message(benchmark::State& state) {
  const GroupPair pair;
  for (auto _ : state) benchmark::DoNotOptimize(seal_group(pair.chain, pair.sender, pair.place, {}, pair.content));
}
BENCHMARK(seal_group_message);

void open_group_message(benchmark::State& state) {
  const GroupPair pair;
  const auto sealed = seal_group(pair.chain, pair.sender, pair.place, {}, pair.content);
  for (auto _ : state) {
    benchmark::DoNotOptimize(open_group(pair.received, pair.sender, pair.place, sealed->body, start_of_time));
  }
}
BENCHMARK(open_group_message);

/// The octets and time of a new chain for each device that gets it, without its session message.
void begin_and_share_a_chain(benchmark::State& state) {
  GroupPair pair;
  for (auto _ : state) {
    const OwnSenderChain chain = begin_sender_chain(pair.place.conversation, start_of_time, pair.random);
    benchmark::DoNotOptimize(accept_share(pair.received, share_of(chain), start_of_time));
  }
}
BENCHMARK(begin_and_share_a_chain);

void store_and_load_sessions(benchmark::State& state) {
  TwoParties parties;
  for (auto _ : state) {
    benchmark::DoNotOptimize(load_sessions(store(parties.alice.sessions).reveal()));
  }
}
BENCHMARK(store_and_load_sessions);

}  // namespace
}  // namespace sotto::session

BENCHMARK_MAIN();
