#pragma once

#include <compare>
#include <cstdint>

namespace sotto {

/// A span of time in milliseconds.
struct Milliseconds {
  std::int64_t count = 0;
  friend auto operator<=>(const Milliseconds&, const Milliseconds&) = default;
};

constexpr Milliseconds seconds(std::int64_t count) { return {count * 1'000}; }
constexpr Milliseconds minutes(std::int64_t count) { return {count * 60'000}; }
constexpr Milliseconds hours(std::int64_t count) { return {count * 3'600'000}; }
constexpr Milliseconds days(std::int64_t count) { return {count * 86'400'000}; }

/// A point in time: milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
struct UnixMillis {
  std::uint64_t value = 0;
  friend auto operator<=>(const UnixMillis&, const UnixMillis&) = default;
  friend constexpr UnixMillis operator+(UnixMillis point, Milliseconds span) {
    return {point.value + static_cast<std::uint64_t>(span.count)};
  }
  friend constexpr Milliseconds operator-(UnixMillis later, UnixMillis earlier) {
    return {static_cast<std::int64_t>(later.value) - static_cast<std::int64_t>(earlier.value)};
  }
};

/// Where the time comes from. Only the outermost rooms ask it; everything that decides is handed a `UnixMillis`.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual UnixMillis now() const = 0;
};

/// The operating system's wall clock.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] UnixMillis now() const override;
};

}  // namespace sotto
