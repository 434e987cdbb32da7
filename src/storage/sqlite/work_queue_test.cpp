// Properties: what goes in comes out once and in order; the queue never holds more than its capacity; a closed queue
// takes nothing in and gives out the rest.
#include "storage/sqlite/work_queue.h"

#include <gtest/gtest.h>
#include <thread>

namespace sotto::storage::sqlite {
namespace {

class NumberedWork final : public service::Work {
 public:
  explicit NumberedWork(std::size_t number) : number_(number) {}
  service::Verdict run(service::UnitOfWork&) override { return service::Verdict::keep; }
  void finish(service::WorkOutcome) override {}
  [[nodiscard]] std::size_t number() const { return number_; }

 private:
  std::size_t number_;
};

std::size_t number_of(const std::unique_ptr<service::Work>& work) {
  return dynamic_cast<const NumberedWork&>(*work).number();
}

TEST(WorkQueue, WhatGoesInComesOutInOrderAcrossThreads) {
  constexpr std::size_t count = 20'000;
  WorkQueue queue(64);
  std::thread producer([&] {
    for (std::size_t number = 0; number < count; ++number) {
      std::unique_ptr<service::Work> work = std::make_unique<NumberedWork>(number);
      while ((work = queue.push(std::move(work))) != nullptr) std::this_thread::yield();
    }
    queue.close();
  });
  std::vector<std::unique_ptr<service::Work>> taken;
  std::size_t expected = 0;
  while (queue.wait_and_take(taken, 7)) {
    EXPECT_LE(taken.size(), 7U);
    for (const auto& work : taken) EXPECT_EQ(number_of(work), expected++);
    taken.clear();
  }
  producer.join();
  EXPECT_EQ(expected, count);
}

TEST(WorkQueue, AFullQueueHandsBackUntilThereIsRoom) {
  WorkQueue queue(2);
  EXPECT_EQ(queue.push(std::make_unique<NumberedWork>(1)), nullptr);
  EXPECT_EQ(queue.push(std::make_unique<NumberedWork>(2)), nullptr);
  const auto back = queue.push(std::make_unique<NumberedWork>(3));
  ASSERT_NE(back, nullptr);
  EXPECT_EQ(number_of(back), 3U);
  std::vector<std::unique_ptr<service::Work>> taken;
  queue.take(taken, 1);
  EXPECT_EQ(queue.push(std::make_unique<NumberedWork>(4)), nullptr);
  queue.take(taken, 5);
  ASSERT_EQ(taken.size(), 3U);
  EXPECT_EQ(number_of(taken[2]), 4U);
}

TEST(WorkQueue, AClosedQueueGivesOutTheRestAndTakesNothing) {
  WorkQueue queue(2);
  EXPECT_EQ(queue.push(std::make_unique<NumberedWork>(1)), nullptr);
  queue.close();
  EXPECT_NE(queue.push(std::make_unique<NumberedWork>(2)), nullptr);
  std::vector<std::unique_ptr<service::Work>> taken;
  EXPECT_TRUE(queue.wait_and_take(taken, 5));
  EXPECT_EQ(taken.size(), 1U);
  EXPECT_FALSE(queue.wait_and_take(taken, 5));
}

}  // namespace
}  // namespace sotto::storage::sqlite
