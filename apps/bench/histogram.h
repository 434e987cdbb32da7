#pragma once

#include <array>
#include <cstdint>

namespace sotto::bench {

/// Counts durations from 1 µs to about 17 s with a relative error below 1 %, in constant memory: 64 linear steps in
/// each power of two, after the High Dynamic Range Histogram.
class Histogram {
 public:
  void record(std::uint64_t microseconds);

  /// The duration in microseconds that the given share (0 to 1) of the records does not exceed; 0 without records.
  [[nodiscard]] std::uint64_t quantile(double share) const;
  [[nodiscard]] std::uint64_t max() const { return max_; }
  [[nodiscard]] std::uint64_t count() const { return count_; }

 private:
  static constexpr unsigned steps_bits = 6;
  static constexpr unsigned steps = 1u << steps_bits;
  static constexpr unsigned powers = 18;

  static std::size_t slot(std::uint64_t microseconds);
  static std::uint64_t upper_edge(std::size_t slot);

  std::array<std::uint64_t, static_cast<std::size_t>(powers + 1) * steps> counts_{};
  std::uint64_t count_ = 0;
  std::uint64_t max_ = 0;
};

}  // namespace sotto::bench
