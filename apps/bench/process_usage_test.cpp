// A process counts with its children, those that have ended too, and others come and go meanwhile without harm.
#include "bench/process_usage.h"

#include <atomic>
#include <csignal>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace sotto::bench {
namespace {

/// A child that takes processor time until the object ends, or for a minute.
class BusyChild {
 public:
  BusyChild() : process_(::fork()) {
    if (process_ != 0) return;
    ::alarm(60);
    for (volatile unsigned turns = 0;;) turns = turns + 1;
  }
  ~BusyChild() {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  BusyChild(const BusyChild&) = delete;
  BusyChild& operator=(const BusyChild&) = delete;
  [[nodiscard]] int id() const { return process_; }

 private:
  int process_;
};

TEST(ProcessUsage, CountsChildrenAndThoseThatHaveEnded) {
  const std::uint64_t before = cpu_microseconds_of(::getpid());
  {
    const BusyChild child;
    while (cpu_microseconds_of(child.id()) < 100'000) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_GE(cpu_microseconds_of(::getpid()), before + 50'000);
  EXPECT_GT(resident_kilobytes_of(::getpid()), 0U);
}

TEST(ProcessUsage, BearsProcessesThatEndMeanwhile) {
  std::atomic<bool> done = false;
  std::thread others([&] {
    while (!done) {
      const int process = ::fork();
      if (process == 0) ::_exit(0);
      ::waitpid(process, nullptr, 0);
    }
  });
  for (int count = 0; count < 100; ++count) EXPECT_GT(resident_kilobytes_of(::getpid()), 0U);
  done = true;
  others.join();
}

TEST(ProcessUsage, OfNobodyIsNothing) {
  EXPECT_EQ(cpu_microseconds_of(std::span<const int>{}), 0U);
  EXPECT_EQ(resident_kilobytes_of(0x7ffffffe), 0U);
}

}  // namespace
}  // namespace sotto::bench
