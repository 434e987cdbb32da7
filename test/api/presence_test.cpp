// Who is online is told to those who may know, as long as they may (threat 24), and the stored time is written for
// those who show it.
#include <gtest/gtest.h>
#include <thread>

#include "api/poll_client.h"
#include "api/signed_in.h"

namespace sotto::test {
namespace {

using wire::ErrorCode;

class PresenceApi : public ::testing::Test {
 protected:
  static ApiOptions options() {
    ApiOptions options;
    options.gateway.presence_linger = std::chrono::milliseconds(100);
    options.gateway.last_seen_interval = std::chrono::milliseconds(100);
    return options;
  }
  static std::vector<wire::Presence> watch(StreamClient& client, std::vector<AccountId> accounts) {
    return std::get<wire::Presences>(client.ask(wire::WatchPresence{std::move(accounts)})).presences;
  }
  static wire::Presence next_presence(StreamClient& client) {
    while (const auto push = client.next_push()) {
      if (const auto* presence = std::get_if<wire::Presence>(&*push)) return *presence;
    }
    return {};
  }

  ApiServer server_{options()};
  Person ada_{server_, "ada"};
  Person bob_{server_, "bob"};
  const AccountId bob_account_ = bob_.signed_in.account;
};

TEST_F(PresenceApi, CompanionsSeeEachOtherComeAndGo) {
  (void)ada_.open_with(bob_);
  const auto ada = ada_.live_stream();
  auto presences = watch(*ada, {bob_account_});
  ASSERT_EQ(presences.size(), 1u);
  EXPECT_FALSE(presences[0].online);
  const auto authenticated_only = bob_.stream();
  auto bob = bob_.live_stream();
  EXPECT_TRUE(next_presence(*ada).online);
  bob.reset();
  const wire::Presence gone = next_presence(*ada);
  EXPECT_FALSE(gone.online);
  EXPECT_GT(gone.last_seen, UnixMillis{});
  // Written or not, the time is the same.
  for (int count = 0; count < 5; ++count) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    presences = watch(*ada, {bob_account_});
    ASSERT_EQ(presences.size(), 1u);
    EXPECT_EQ(presences[0].last_seen, gone.last_seen);
  }
}

TEST_F(PresenceApi, APolledStreamIsAsOnlineAsAnother) {
  (void)ada_.open_with(bob_);
  const auto ada = ada_.live_stream();
  (void)watch(*ada, {bob_account_});
  PollClient bob(server_.port());
  ASSERT_TRUE(std::holds_alternative<wire::Authenticated>(bob.ask(wire::Authenticate{bob_.token()})));
  ASSERT_TRUE(std::holds_alternative<wire::Resumed>(bob.ask(wire::Resume{})));
  EXPECT_TRUE(next_presence(*ada).online);
  EXPECT_EQ(bob.close().status, 200u);
  EXPECT_FALSE(next_presence(*ada).online);
}

TEST_F(PresenceApi, Threat24StrangersSeeNothing) {
  const auto ada = ada_.live_stream();
  EXPECT_TRUE(watch(*ada, {bob_account_}).empty());
}

TEST_F(PresenceApi, Threat24WhoHidesOrBlocksIsGoneAtOnce) {
  (void)ada_.open_with(bob_);
  const auto ada = ada_.live_stream();
  const auto bob = bob_.live_stream();
  ASSERT_TRUE(watch(*ada, {bob_account_}).at(0).online);
  wire::Privacy hidden;
  hidden.presence = wire::Audience::nobody;
  ASSERT_TRUE(std::holds_alternative<wire::Done>(bob->ask(wire::SetPrivacy{hidden})));
  EXPECT_FALSE(next_presence(*ada).online);
  EXPECT_TRUE(watch(*ada, {bob_account_}).empty());
  ASSERT_TRUE(std::holds_alternative<wire::Done>(bob->ask(wire::SetPrivacy{})));
  ASSERT_TRUE(watch(*ada, {bob_account_}).at(0).online);
  ASSERT_TRUE(std::holds_alternative<wire::Done>(bob->ask(wire::SetBlocked{ada_.signed_in.account, true})));
  EXPECT_FALSE(next_presence(*ada).online);
  EXPECT_TRUE(watch(*ada, {bob_account_}).empty());
}

TEST_F(PresenceApi, IsWatchedByStreamsAlone) {
  EXPECT_EQ(ada_.ask("watch_presence", wire::WatchPresence{}).status, 404u);
}

}  // namespace
}  // namespace sotto::test
