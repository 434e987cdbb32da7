// A login that ended is remembered as long as an access token of it may live, and not longer.
#include "service/ended_logins.h"

#include <gtest/gtest.h>

#include "crypto/testing/deterministic_random.h"
#include "service/context.h"
#include "service/testing/start.h"

namespace sotto::service {
namespace {

using testing::start;

TEST(EndedLogins, RemembersALoginForTheLifeOfItsTokens) {
  crypto::DeterministicRandom random(1);
  EndedLogins ended(minutes(11));
  const auto first = random.next<LoginId>();
  const auto second = random.next<LoginId>();
  EXPECT_FALSE(ended.contains(first));
  ended.add(first, start);
  EXPECT_TRUE(ended.contains(first));
  ended.add(second, start + minutes(11));
  EXPECT_TRUE(ended.contains(first)) << "its tokens may live to the end of this millisecond";
  ended.add(second, start + minutes(11) + Milliseconds{1});
  EXPECT_FALSE(ended.contains(first));
  EXPECT_TRUE(ended.contains(second));
  EXPECT_EQ(ended.size(), 1u);
}

TEST(EndedLogins, LearnsFromNotices) {
  crypto::DeterministicRandom random(2);
  EndedLogins ended(minutes(11));
  const auto login = random.next<LoginId>();
  Notice notice;
  notice.frame = push_frame(wire::Typing{});
  ended.note(notice, start);
  EXPECT_EQ(ended.size(), 0u);
  notice.frame = push_frame(wire::LoginEnded{login});
  ended.note(notice, start);
  EXPECT_TRUE(ended.contains(login));
}

}  // namespace
}  // namespace sotto::service
