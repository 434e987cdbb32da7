// A timer wheel reports every deadline once, never early and at most one tick late, whatever the order of scheduling,
// rescheduling, cancelling and long pauses.
#include "transport/timer_wheel.h"

#include <gtest/gtest.h>
#include <map>
#include <random>

namespace sotto::transport {
namespace {

using std::chrono::milliseconds;

const MonotonicTime start{};

TEST(TimerWheel, ReportsWhatIsDueAndNothingEarlier) {
  TimerWheel wheel(start, milliseconds(100));
  TimerWheel::Entry entry(7);
  wheel.schedule(entry, start + milliseconds(250));
  EXPECT_TRUE(wheel.advance(start + milliseconds(249)).empty());
  EXPECT_EQ(wheel.advance(start + milliseconds(350)), std::vector<std::uint64_t>{7});
  EXPECT_FALSE(entry.scheduled());
  EXPECT_TRUE(wheel.advance(start + milliseconds(10'000)).empty());
}

TEST(TimerWheel, ADeadlineBeyondOneRevolutionWaits) {
  TimerWheel wheel(start, milliseconds(10), 8);
  TimerWheel::Entry entry(1);
  wheel.schedule(entry, start + milliseconds(1'000));
  for (int at = 0; at < 1'000; at += 10) EXPECT_TRUE(wheel.advance(start + milliseconds(at)).empty()) << at;
  EXPECT_EQ(wheel.advance(start + milliseconds(1'010)).size(), 1u);
}

TEST(TimerWheel, APastDeadlineComesWithTheNextTick) {
  TimerWheel wheel(start, milliseconds(10), 8);
  EXPECT_TRUE(wheel.advance(start + milliseconds(500)).empty());
  TimerWheel::Entry entry(1);
  wheel.schedule(entry, start + milliseconds(20));
  EXPECT_EQ(wheel.advance(start + milliseconds(510)).size(), 1u);
}

TEST(TimerWheel, EntriesAndWheelMayBeDestroyedInAnyOrder) {
  TimerWheel::Entry survivor(1);
  {
    TimerWheel wheel(start, milliseconds(10), 8);
    TimerWheel::Entry gone(2);
    wheel.schedule(survivor, start + milliseconds(20));
    wheel.schedule(gone, start + milliseconds(20));
  }
  EXPECT_FALSE(survivor.scheduled());
}

TEST(TimerWheel, RandomSchedulesAgreeWithAPlainMap) {
  std::mt19937 random(11);
  TimerWheel wheel(start, milliseconds(10), 16);
  std::vector<std::unique_ptr<TimerWheel::Entry>> entries;
  for (std::uint64_t key = 0; key < 50; ++key) entries.push_back(std::make_unique<TimerWheel::Entry>(key));
  std::map<std::uint64_t, std::int64_t> expected;
  std::int64_t now = 0;
  for (int step = 0; step < 20'000; ++step) {
    const std::uint64_t key = random() % entries.size();
    if (random() % 4 == 0) {
      entries[key]->unlink();
      expected.erase(key);
    } else {
      const std::int64_t due = now + static_cast<std::int64_t>(random() % 500);
      wheel.schedule(*entries[key], start + milliseconds(due));
      expected[key] = due;
    }
    now += random() % 50 == 0 ? 700 : static_cast<std::int64_t>(random() % 15);
    for (const std::uint64_t fired : wheel.advance(start + milliseconds(now))) {
      ASSERT_TRUE(expected.contains(fired));
      ASSERT_LE(expected[fired], now);
      expected.erase(fired);
    }
    for (const auto& [waiting, due] : expected) ASSERT_GT(due + 20, now) << waiting;
  }
}

}  // namespace
}  // namespace sotto::transport
