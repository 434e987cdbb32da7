// Property: every quantile is within 2 % of the exact one, whatever the distribution, and never above the maximum.
#include "bench/histogram.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <vector>

namespace sotto::bench {
namespace {

TEST(Histogram, QuantilesAreCloseToExact) {
  std::vector<std::uint64_t> durations;
  Histogram histogram;
  std::uint64_t state = 42;
  for (int index = 0; index < 20'000; ++index) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    const double exponent = static_cast<double>(state >> 40) / static_cast<double>(1u << 24) * 7;
    durations.push_back(static_cast<std::uint64_t>(std::pow(10.0, exponent)));
    histogram.record(durations.back());
  }
  std::sort(durations.begin(), durations.end());
  for (const double share : {0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999}) {
    const auto rank = static_cast<std::size_t>(share * static_cast<double>(durations.size()) + 0.5) - 1;
    const auto exact = static_cast<double>(durations[rank]);
    EXPECT_NEAR(static_cast<double>(histogram.quantile(share)), exact, exact * 0.02 + 1) << share;
  }
  EXPECT_EQ(histogram.max(), durations.back());
  EXPECT_EQ(histogram.quantile(1), durations.back());
}

TEST(Histogram, KeepsWhatIsOutOfRange) {
  Histogram histogram;
  EXPECT_EQ(histogram.quantile(0.5), 0u);
  histogram.record(1'000'000'000'000);
  EXPECT_EQ(histogram.count(), 1u);
  EXPECT_GT(histogram.quantile(0.5), 16'000'000u);
}

}  // namespace
}  // namespace sotto::bench
