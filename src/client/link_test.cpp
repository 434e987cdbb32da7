// The link asks each question once at a time, forgets everything with its stream, and comes back later and later, with
// jitter, but never later than a minute.

#include "client/link.h"

#include <gtest/gtest.h>
#include <set>

#include "crypto/testing/deterministic_random.h"

namespace sotto::client {
namespace {

class LinkTest : public ::testing::Test {
 protected:
  void open() {
    link_.want_stream();
    link_.tick(now_);
    link_.opened();
  }
  Milliseconds pause_after_loss() {
    link_.closed({.reason = StreamClosed::Reason::lost, .now = now_}, random_);
    const Milliseconds pause = link_.retry_at().value_or(now_) - now_;
    now_ = now_ + pause;
    link_.tick(now_);
    return pause;
  }

  Link link_;
  crypto::DeterministicRandom random_{3};
  UnixMillis now_{1'000'000};
};

TEST_F(LinkTest, WantsNoStreamUntilAsked) {
  EXPECT_EQ(link_.phase(), Phase::idle);
  link_.want_stream();
  EXPECT_EQ(link_.phase(), Phase::opening);
  link_.want_none();
  EXPECT_EQ(link_.phase(), Phase::closing);
}

TEST_F(LinkTest, AsksTheSameQuestionOnceAtATime) {
  open();
  const AskGetAccount question{.account = random_.next<AccountId>(), .conversation = std::nullopt};
  EXPECT_TRUE(link_.may_ask(key_of(question), now_));
  const std::uint64_t id = link_.ask({.question = question, .command = 0, .since = now_});
  EXPECT_FALSE(link_.may_ask(key_of(question), now_));
  const AskGetAccount other{.account = random_.next<AccountId>(), .conversation = std::nullopt};
  EXPECT_TRUE(link_.may_ask(key_of(other), now_));
  EXPECT_TRUE(link_.answered(id).has_value());
  EXPECT_FALSE(link_.answered(id).has_value());
  EXPECT_TRUE(link_.may_ask(key_of(question), now_));
}

TEST_F(LinkTest, PausedQuestionWaits) {
  open();
  link_.pause(key_of(AskPrekeyStock{}), now_ + seconds(5));
  EXPECT_FALSE(link_.may_ask(key_of(AskPrekeyStock{}), now_));
  EXPECT_EQ(link_.wake_at(now_), now_ + seconds(5));
  EXPECT_TRUE(link_.may_ask(key_of(AskPrekeyStock{}), now_ + seconds(5)));
}

TEST_F(LinkTest, AnAttemptThatWaitsBeginsAtOnceIfItIsHurried) {
  link_.hurry();
  EXPECT_EQ(link_.phase(), Phase::idle) << "nothing waits";
  open();
  link_.closed({.reason = StreamClosed::Reason::lost, .now = now_}, random_);
  EXPECT_EQ(link_.phase(), Phase::waiting);
  link_.hurry();
  EXPECT_EQ(link_.phase(), Phase::opening);
  EXPECT_FALSE(link_.retry_at());
}

TEST_F(LinkTest, BoundsItsQuestions) {
  open();
  for (std::size_t index = 0; index < max_questions; ++index) {
    static_cast<void>(link_.ask({.question = AskUpload{index}, .command = 0, .since = now_}));
  }
  EXPECT_FALSE(link_.may_ask(key_of(AskResume{}), now_));
}

TEST_F(LinkTest, UnansweredQuestionIsOverdue) {
  open();
  static_cast<void>(link_.ask({.question = AskResume{}, .command = 0, .since = now_}));
  EXPECT_FALSE(link_.is_overdue(now_ + answer_timeout));
  EXPECT_TRUE(link_.is_overdue(now_ + answer_timeout + Milliseconds{1}));
}

TEST_F(LinkTest, ForgetsWhatWasAskedOnALostStream) {
  open();
  const std::uint64_t id = link_.ask({.question = AskResume{}, .command = 0, .since = now_});
  pause_after_loss();
  EXPECT_FALSE(link_.answered(id).has_value());
}

TEST_F(LinkTest, PausesGrowAndAreBounded) {
  open();
  std::int64_t longest = 0;
  for (int attempt = 0; attempt < 20; ++attempt) longest = std::max(longest, pause_after_loss().count);
  EXPECT_LE(longest, 60'000);
  EXPECT_GE(longest, 30'000);
  link_.opened();
  link_.authenticated();
  link_.resumed();
  EXPECT_LE(pause_after_loss().count, 250);
}

TEST_F(LinkTest, TwoClientsDoNotComeBackTogether) {
  std::set<Milliseconds> pauses;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    crypto::DeterministicRandom random(seed);
    Link link;
    link.want_stream();
    for (int attempt = 0; attempt < 6; ++attempt) link.closed({.reason = {}, .now = now_}, random);
    pauses.insert(link.retry_at().value_or(now_) - now_);
  }
  EXPECT_GT(pauses.size(), 40U);
}

}  // namespace
}  // namespace sotto::client
