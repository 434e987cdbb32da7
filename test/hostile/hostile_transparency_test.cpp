// A hostile server and its transparency log: device lists that are not in it, entries that no device made, a log that
// is rolled back, rewritten, signed with another key, or shown differently to two people. Each is found and told, and
// nothing waits for the log (threat 3).

#include "hostile_world.h"
#include "service/transparency_log.h"

namespace sotto::hostile {
namespace {

using client::CheckpointComparison;
using client::TransparencyAudit;
using client::TransparencyStatus;
using client::ViewComparison;

class HostileLogTest : public HostileServerTest {
 protected:
  TransparencyStatus status(std::size_t index) {
    return std::get<TransparencyStatus>(world_.ask(index, client::GetTransparency{}));
  }
  TransparencyAudit audit(std::size_t index) {
    const client::Event event = world_.ask(index, client::AuditTransparency{});
    const auto* found = std::get_if<TransparencyAudit>(&event);
    EXPECT_NE(found, nullptr);
    return found != nullptr ? *found : TransparencyAudit{};
  }
  /// The log gets an entry that no device made.
  void plant(std::size_t of, std::uint64_t version) {
    const AccountId account = identity(of).account;
    auto& server = world_.server().server();
    server.write([&](service::UnitOfWork& unit) {
      const Bytes list{1, 2, 3};
      return service::log_device_list(unit, {account, version, list}, server.moment());
    });
  }
  /// Alters every proof on its way to anybody.
  void alter_proofs(std::function<void(wire::ServerFrame&)> alter) {
    world_.server().alter_answer = [alter](const ServerDouble::Exchange&, wire::ServerFrame& frame) {
      if (std::holds_alternative<wire::Proof>(frame.answer)) alter(frame);
    };
  }
  void reconnect(std::size_t index) {
    world_.break_connection(index);
    world_.run_for(minutes(1));
  }
};

TEST_F(HostileLogTest, AnHonestLogProvesEveryListInUse) {
  begin();
  world_.run_for(seconds(5));
  for (const std::size_t index : {ada_, bob_}) {
    const TransparencyStatus seen = status(index);
    EXPECT_EQ(seen.proven, 2u);
    EXPECT_EQ(seen.waiting, 0u);
    EXPECT_GE(seen.size, 2u);
    EXPECT_TRUE(notices(index).empty());
    const TransparencyAudit audited = audit(index);
    EXPECT_TRUE(audited.sound);
    ASSERT_EQ(audited.entries.size(), 1u);
    EXPECT_EQ(audited.entries[0].standing, client::EntryStanding::known);
  }
  EXPECT_EQ(status(ada_).key, status(bob_).key);
}

TEST_F(HostileLogTest, AListThatIsNotInTheLogIsTold) {
  alter_proofs([](wire::ServerFrame& frame) { std::get<wire::Proof>(frame.answer).leaf.device_list.bytes[0] ^= 1; });
  send(ada_, "bob", "the message goes at once");
  world_.run_for(seconds(5));
  EXPECT_TRUE(was_told(ada_, SecurityNoticeKind::not_in_log));
  EXPECT_TRUE(reads(bob_, "ada", "the message goes at once"));
  EXPECT_GE(status(ada_).waiting, 1u);
}

TEST_F(HostileLogTest, AnAccountWithoutAnEntryIsTold) {
  const AccountId bob = identity(bob_).account;
  world_.server().alter_answer = [bob](const ServerDouble::Exchange& exchange, wire::ServerFrame& frame) {
    const auto* asked = std::get_if<wire::GetProof>(&exchange.request.request);
    if (asked == nullptr || asked->account != bob) return;
    wire::Error error;
    error.code = wire::ErrorCode::not_found;
    frame.answer = error;
  };
  send(ada_, "bob", "hello");
  world_.run_for(seconds(5));
  EXPECT_TRUE(was_told(ada_, SecurityNoticeKind::not_in_log));
}

TEST_F(HostileLogTest, AnotherListOfAPeerInTheLogIsTold) {
  begin();
  plant(bob_, 2);
  reconnect(ada_);
  // The list in use is proven already; it is looked at again when the directory shows something else.
  EXPECT_FALSE(was_told(ada_, SecurityNoticeKind::not_in_log));
  plant(eve_, 2);
  send(ada_, "eve", "hello eve");
  world_.run_for(seconds(10));
  EXPECT_TRUE(was_told(ada_, SecurityNoticeKind::not_in_log)) << "the log and the directory contradict one another";
}

TEST_F(HostileLogTest, AnEntryOfTheOwnAccountThatNoDeviceMadeIsTold) {
  begin();
  plant(ada_, 2);
  reconnect(ada_);
  EXPECT_TRUE(was_told(ada_, SecurityNoticeKind::unexpected_own_entry));
  const TransparencyAudit audited = audit(ada_);
  EXPECT_FALSE(audited.sound);
  ASSERT_EQ(audited.entries.size(), 2u);
  EXPECT_EQ(audited.entries[0].standing, client::EntryStanding::known);
  EXPECT_EQ(audited.entries[1].standing, client::EntryStanding::unexpected);
  EXPECT_TRUE(audit(bob_).sound) << "the others are not concerned";
}

TEST_F(HostileLogTest, ARolledBackLogIsTold) {
  begin();
  std::optional<wire::Proof> early;
  alter_proofs([&](wire::ServerFrame& frame) {
    auto& proof = std::get<wire::Proof>(frame.answer);
    if (!early) early = proof;
  });
  reconnect(ada_);
  ASSERT_TRUE(early);
  world_.server().alter_answer = nullptr;
  plant(eve_, 2);
  reconnect(ada_);
  const std::uint64_t size = status(ada_).size;
  alter_proofs([&](wire::ServerFrame& frame) { frame.answer = *early; });
  reconnect(ada_);
  EXPECT_TRUE(was_told(ada_, SecurityNoticeKind::log_rolled_back));
  EXPECT_EQ(status(ada_).size, size) << "what was known is not forgotten";
}

/// A world of its own with the same server key, in which the named hosts register in that order.
std::unique_ptr<simulation::World> world_with(const std::vector<std::size_t>& order, std::uint64_t seed = 1) {
  simulation::WorldOptions options;
  options.seed = seed;
  auto world = std::make_unique<simulation::World>(options);
  for (const char* name : {"ada", "bob", "eve", "joe"}) world->add_host(name);
  for (const std::size_t index : order) {
    const client::Event event = world->ask(
        index, client::RegisterAccount{.name = world->host(index).name(), .password = "correct horse battery staple"});
    EXPECT_TRUE(std::holds_alternative<client::SignedIn>(event));
  }
  world->run_for(seconds(5));
  return world;
}

void reconnect_in(simulation::World& world, std::size_t index) {
  world.break_connection(index);
  world.run_for(minutes(1));
}

std::string note_in(simulation::World& world, std::size_t index) {
  reconnect_in(world, index);
  return std::get<TransparencyStatus>(world.ask(index, client::GetTransparency{})).note;
}

CheckpointComparison compare_in(simulation::World& world, std::size_t index, const std::string& note) {
  const client::Event event = world.ask(index, client::CompareCheckpoint{.note = note});
  const auto* comparison = std::get_if<CheckpointComparison>(&event);
  EXPECT_NE(comparison, nullptr);
  return comparison != nullptr ? *comparison : CheckpointComparison{};
}

std::size_t told_in(simulation::World& world, std::size_t index, SecurityNoticeKind kind) {
  return static_cast<std::size_t>(std::ranges::count_if(world.host(index).events, [&](const client::Event& event) {
    const auto* notice = std::get_if<client::SecurityNotice>(&event);
    return notice != nullptr && notice->kind == kind;
  }));
}

constexpr std::size_t ada = 0;
constexpr std::size_t bob = 1;
constexpr std::size_t eve = 2;
constexpr std::size_t joe = 3;

TEST(TwoViews, OfOneHonestServerAreConsistent) {
  const auto world = world_with({ada, bob});
  const std::string early = note_in(*world, ada);
  EXPECT_EQ(compare_in(*world, bob, early).result, ViewComparison::consistent);
  for (const std::size_t later : {eve, joe}) {
    (void)world->ask(later,
                     client::RegisterAccount{.name = world->host(later).name(), .password = "correct horse battery"});
  }
  world->run_for(seconds(5));
  reconnect_in(*world, bob);
  const CheckpointComparison older = compare_in(*world, bob, early);
  EXPECT_EQ(older.result, ViewComparison::consistent);
  EXPECT_EQ(older.other_size, 2u);
  EXPECT_EQ(older.own_size, 4u);
  const CheckpointComparison newer = compare_in(*world, ada, note_in(*world, bob));
  EXPECT_EQ(newer.result, ViewComparison::consistent) << "the own view is brought up to date first";
  EXPECT_EQ(newer.own_size, 4u);
}

TEST(TwoViews, OfASplitLogAreShownToDiffer) {
  const auto shown_to_ada = world_with({ada, bob, eve});
  const auto shown_to_bob = world_with({ada, bob, joe});
  const CheckpointComparison comparison = compare_in(*shown_to_bob, bob, note_in(*shown_to_ada, ada));
  EXPECT_EQ(comparison.result, ViewComparison::split_view);
  EXPECT_EQ(comparison.own_size, 3u);
  EXPECT_EQ(comparison.other_size, 3u);
  EXPECT_GT(comparison.text.size(), 20u);
  EXPECT_EQ(told_in(*shown_to_bob, bob, SecurityNoticeKind::log_split_view), 1u);
}

TEST(TwoViews, OfASplitLogDifferAtOtherSizesToo) {
  const auto shown_to_ada = world_with({ada, bob, eve});
  const auto shown_to_bob = world_with({ada, bob, joe, eve});
  EXPECT_EQ(compare_in(*shown_to_bob, bob, note_in(*shown_to_ada, ada)).result, ViewComparison::split_view);
  EXPECT_EQ(compare_in(*shown_to_ada, ada, note_in(*shown_to_bob, bob)).result, ViewComparison::split_view)
      << "a view that is longer than what the server shows now";
}

TEST(TwoViews, OfAnotherKeyAreOfAnotherLog) {
  const auto one = world_with({ada, bob});
  const auto other = world_with({ada, bob}, 2);
  EXPECT_EQ(compare_in(*one, ada, note_in(*other, ada)).result, ViewComparison::other_log);
  EXPECT_EQ(compare_in(*one, ada, "nothing").result, ViewComparison::not_authentic);
  std::string altered = note_in(*one, bob);
  altered[altered.find('\n') + 1] = '9';
  EXPECT_EQ(compare_in(*one, ada, altered).result, ViewComparison::not_authentic);
}

/// What the other world's server proves of an account.
wire::Proof proof_from(simulation::World& world, AccountId account, std::uint64_t known_size) {
  auto& server = world.server().server();
  return server.read([&](service::UnitOfWork& unit) {
    return service::TransparencyLog().prove(unit, {}, {account, known_size}, server.moment())->answer;
  });
}

void answer_from(simulation::World& world, simulation::World& other) {
  world.server().alter_answer = [&other](const ServerDouble::Exchange& exchange, wire::ServerFrame& frame) {
    const auto* asked = std::get_if<wire::GetProof>(&exchange.request.request);
    if (asked != nullptr) frame.answer = proof_from(other, asked->account, asked->known_size);
  };
}

TEST(ALogThatChanges, InHindsightIsTold) {
  const auto world = world_with({ada, bob, eve});
  const auto rewritten = world_with({ada, bob, joe, eve});
  const std::string before = note_in(*world, ada);
  answer_from(*world, *rewritten);
  reconnect_in(*world, ada);
  EXPECT_EQ(told_in(*world, ada, SecurityNoticeKind::log_forked), 1u);
  world->server().alter_answer = nullptr;
  EXPECT_EQ(note_in(*world, ada), before);
}

TEST(ALogThatChanges, ItsKeyIsTold) {
  const auto world = world_with({ada, bob});
  reconnect_in(*world, ada);
  const auto other = world_with({ada, bob}, 2);
  world->server().alter_answer = [&other](const ServerDouble::Exchange&, wire::ServerFrame& frame) {
    if (!std::holds_alternative<wire::Proof>(frame.answer)) return;
    const auto identity = std::get<client::Identity>(other->ask(ada, client::WhoAmI{}));
    frame.answer = proof_from(*other, identity.account, 2);
  };
  reconnect_in(*world, ada);
  EXPECT_EQ(told_in(*world, ada, SecurityNoticeKind::log_not_authentic), 1u);
}

}  // namespace
}  // namespace sotto::hostile
