// Watchers are told of who comes and goes, not of reconnects, and of nothing that somebody hid (threat 24).
#include "gateway/presence_board.h"

#include <gtest/gtest.h>

namespace sotto::gateway {
namespace {

class PresenceRecorder final : public Subscriber {
 public:
  void push(Push& push) override { told.push_back(std::get<wire::Presence>(push.frame().answer)); }
  std::vector<wire::Presence> told;
};

AccountId account(std::uint8_t number) {
  AccountId id;
  id.bytes[0] = number;
  return id;
}

class PresenceBoardTest : public ::testing::Test {
 protected:
  using Times = PresenceBoard::Times;

  [[nodiscard]] Times at(int seconds) const {
    return {.now = begin_ + std::chrono::seconds(seconds), .clock = {static_cast<std::uint64_t>(seconds) * 1'000}};
  }
  /// Account 1 watches account 2.
  wire::Presence watch(int asked_at = 0) {
    std::vector<wire::Presence> presences{{.account = account(2), .online = false, .last_seen = {}}};
    board_.watch({.watcher = account(1), .subscriber = watcher_, .asked_at = at(asked_at).now}, presences);
    return presences.empty() ? wire::Presence{} : presences.front();
  }
  static service::Notice hidden(std::uint8_t who, service::NoticeKind kind, std::uint8_t from = 0) {
    return {.account = account(who),
            .device = std::nullopt,
            .except_device = std::nullopt,
            .frame = service::push_frame(wire::Presence{.account = account(who), .online = false, .last_seen = {}}),
            .kind = kind,
            .watcher = account(from)};
  }

  transport::MonotonicTime begin_ = transport::MonotonicTime{} + std::chrono::hours(1);
  PresenceBoard board_{std::chrono::seconds(5)};
  PresenceRecorder watcher_;
};

TEST_F(PresenceBoardTest, WatchersAreToldOfWhoComesAndGoes) {
  EXPECT_FALSE(watch().online);
  board_.arrive(account(2));
  board_.arrive(account(2));
  ASSERT_EQ(watcher_.told.size(), 1u) << "a second stream is no news";
  EXPECT_TRUE(watcher_.told[0].online);
  board_.leave(account(2), at(10));
  board_.leave(account(2), at(20));
  board_.tick(at(24).now);
  EXPECT_EQ(watcher_.told.size(), 1u);
  board_.tick(at(25).now);
  ASSERT_EQ(watcher_.told.size(), 2u);
  EXPECT_FALSE(watcher_.told[1].online);
  EXPECT_EQ(watcher_.told[1].last_seen, at(20).clock);
}

TEST_F(PresenceBoardTest, AReconnectIsShownToNobody) {
  board_.arrive(account(2));
  EXPECT_TRUE(watch().online);
  board_.leave(account(2), at(10));
  EXPECT_TRUE(watch().online);
  board_.arrive(account(2));
  board_.tick(at(60).now);
  EXPECT_TRUE(watcher_.told.empty());
  EXPECT_TRUE(board_.take_seen(10).empty());
}

TEST_F(PresenceBoardTest, WhatIsNotWrittenYetIsShownAndGivenOutOnce) {
  board_.arrive(account(2));
  board_.leave(account(2), at(10));
  board_.tick(at(20).now);
  EXPECT_EQ(watch().last_seen, at(10).clock);
  EXPECT_TRUE(board_.take_seen(0).empty());
  const auto seen = board_.take_seen(10);
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].account, account(2));
  EXPECT_EQ(seen[0].at, at(10).clock);
  EXPECT_EQ(watch().last_seen, at(10).clock) << "the storage may not show it yet";
  EXPECT_TRUE(board_.take_seen(10).empty());
}

TEST_F(PresenceBoardTest, TheEndOfTheServerLetsNobodyLinger) {
  board_.arrive(account(2));
  board_.leave(account(2), at(10));
  board_.end_lingering();
  EXPECT_EQ(board_.take_seen(10).size(), 1u);
}

TEST_F(PresenceBoardTest, AStreamThatEndedIsToldNothing) {
  watch();
  board_.forget(watcher_);
  board_.arrive(account(2));
  EXPECT_TRUE(watcher_.told.empty());
  EXPECT_EQ(board_.watched(), 0u);
}

TEST_F(PresenceBoardTest, WatchingOthersEndsTheWatchesBefore) {
  watch();
  std::vector<wire::Presence> none;
  board_.watch({.watcher = account(1), .subscriber = watcher_, .asked_at = at(1).now}, none);
  board_.arrive(account(2));
  EXPECT_TRUE(watcher_.told.empty());
}

TEST_F(PresenceBoardTest, Threat24WhoHidesIsUnknownFromThenOn) {
  board_.arrive(account(2));
  watch();
  board_.hide(hidden(2, service::NoticeKind::presence_hidden), at(1).now);
  ASSERT_EQ(watcher_.told.size(), 1u);
  EXPECT_FALSE(watcher_.told[0].online);
  EXPECT_EQ(watcher_.told[0].last_seen, UnixMillis{});
  board_.leave(account(2), at(2));
  board_.tick(at(60).now);
  EXPECT_EQ(watcher_.told.size(), 1u);
}

TEST_F(PresenceBoardTest, Threat24WhoHidesIsShownNothingEither) {
  watch();
  board_.hide(hidden(1, service::NoticeKind::presence_hidden), at(1).now);
  board_.arrive(account(2));
  EXPECT_TRUE(watcher_.told.empty());
}

TEST_F(PresenceBoardTest, Threat24ABlockEndsThatWatchAlone) {
  PresenceRecorder other;
  std::vector<wire::Presence> presences{{.account = account(2), .online = false, .last_seen = {}}};
  board_.watch({.watcher = account(3), .subscriber = other, .asked_at = at(0).now}, presences);
  watch();
  board_.hide(hidden(2, service::NoticeKind::presence_hidden_from_watcher, 1), at(1).now);
  board_.arrive(account(2));
  ASSERT_EQ(watcher_.told.size(), 1u);
  EXPECT_FALSE(watcher_.told[0].online);
  ASSERT_EQ(other.told.size(), 1u);
  EXPECT_TRUE(other.told[0].online);
}

TEST_F(PresenceBoardTest, Threat24AnAnswerThatWasOvertakenByTheHidingIsEmptied) {
  board_.arrive(account(2));
  board_.hide(hidden(2, service::NoticeKind::presence_hidden), at(5).now);
  EXPECT_FALSE(watch(4).online) << "asked before it was hidden";
  EXPECT_EQ(board_.watched(), 0u);
  EXPECT_TRUE(watch(6).online) << "and shown again since";
}

}  // namespace
}  // namespace sotto::gateway
