// The pool takes at most as many requests as it has places, runs each task once, and drops what waits when it stops.
#include "gateway/password_pool.h"

#include <gtest/gtest.h>
#include <latch>

namespace sotto::gateway {
namespace {

TEST(PasswordPool, HasAsManyPlacesAsItSays) {
  PasswordPool pool({.threads = 1, .max_requests = 2});
  auto first = pool.take_place();
  const auto second = pool.take_place();
  ASSERT_TRUE(first && second);
  EXPECT_FALSE(pool.take_place());
  first.reset();
  EXPECT_TRUE(pool.take_place());
  EXPECT_EQ(pool.requests(), 1u);
}

TEST(PasswordPool, RunsEveryTaskOnce) {
  PasswordPool pool({.threads = 2, .max_requests = 1});
  constexpr int count = 500;
  std::latch done(count);
  std::atomic<int> runs = 0;
  for (int task = 0; task < count; ++task) {
    pool.run([&] {
      ++runs;
      done.count_down();
    });
  }
  done.wait();
  EXPECT_EQ(runs, count);
}

TEST(PasswordPool, AfterStopNothingRunsAnyMore) {
  PasswordPool pool({.threads = 1, .max_requests = 1});
  pool.stop();
  bool ran = false;
  pool.run([&] { ran = true; });
  pool.stop();
  EXPECT_FALSE(ran);
}

}  // namespace
}  // namespace sotto::gateway
