#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>

#include "service/ports/storage.h"

namespace sotto::storage::sqlite {

/// Counts how long something took on one thread; any thread may read.
class TimeCounter {
 public:
  using Clock = std::chrono::steady_clock;

  void note(Clock::duration duration) {
    constexpr auto& bounds = service::TimeCounts::bounds;
    const auto microseconds =
        static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(duration).count());
    const auto place = static_cast<std::size_t>(std::ranges::lower_bound(bounds, microseconds) - bounds.begin());
    counts_[place].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(microseconds, std::memory_order_relaxed);
  }

  void add_to(service::TimeCounts& total) const {
    for (std::size_t place = 0; place < counts_.size(); ++place) {
      total.counts[place] += counts_[place].load(std::memory_order_relaxed);
    }
    total.sum += sum_.load(std::memory_order_relaxed);
  }

 private:
  std::array<std::atomic<std::uint64_t>, service::TimeCounts::bounds.size() + 1> counts_{};
  std::atomic<std::uint64_t> sum_ = 0;
};

}  // namespace sotto::storage::sqlite
