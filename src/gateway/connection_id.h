#pragma once

#include <cstdint>

namespace sotto::gateway {

/// Names a connection, or a polled stream, for as long as the server runs; a value that other threads may carry about.
/// The slot is used again after a connection is gone, with another generation.
struct ConnectionId {
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;

  /// Slots from here on are those of polled streams, which belong to no one connection.
  static constexpr std::uint32_t first_polled_slot = std::uint32_t{1} << 31;

  [[nodiscard]] bool is_polled() const { return slot >= first_polled_slot; }
  [[nodiscard]] std::uint64_t packed() const { return std::uint64_t{generation} << 32 | slot; }
  static ConnectionId unpacked(std::uint64_t value) {
    return {static_cast<std::uint32_t>(value), static_cast<std::uint32_t>(value >> 32)};
  }
  friend bool operator==(const ConnectionId&, const ConnectionId&) = default;
};

}  // namespace sotto::gateway
