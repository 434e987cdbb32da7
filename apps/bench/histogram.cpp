#include "bench/histogram.h"

#include <algorithm>
#include <bit>

namespace sotto::bench {

std::size_t Histogram::slot(std::uint64_t microseconds) {
  if (microseconds < steps) return microseconds;
  const auto power = static_cast<unsigned>(std::bit_width(microseconds)) - 1 - steps_bits;
  if (power >= powers) return static_cast<std::size_t>(powers + 1) * steps - 1;
  return (static_cast<std::size_t>(power) + 1) * steps + ((microseconds >> power) - steps);
}

std::uint64_t Histogram::upper_edge(std::size_t slot) {
  if (slot < steps) return slot;
  const std::size_t power = slot / steps - 1;
  return ((slot % steps + steps + 1) << power) - 1;
}

void Histogram::record(std::uint64_t microseconds) {
  ++counts_[slot(microseconds)];
  ++count_;
  max_ = std::max(max_, microseconds);
}

std::uint64_t Histogram::quantile(double share) const {
  const auto wanted = static_cast<std::uint64_t>(share * static_cast<double>(count_) + 0.5);
  std::uint64_t seen = 0;
  for (std::size_t index = 0; index < counts_.size(); ++index) {
    seen += counts_[index];
    if (seen >= wanted && seen > 0) return std::min(upper_edge(index), max_);
  }
  return max_;
}

}  // namespace sotto::bench
