#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/reply.h"
#include "service/limits.h"
#include "service/ports/storage.h"
#include "wire/error.h"

namespace sotto::gateway {

/// Counts how long requests took. Bounds in seconds, each bucket with all below it.
class DurationHistogram {
 public:
  static constexpr std::array bounds{0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2.0};

  void observe(std::chrono::duration<double> duration);

  [[nodiscard]] const std::array<std::uint64_t, bounds.size() + 1>& counts() const { return counts_; }
  [[nodiscard]] double sum() const { return sum_; }

 private:
  std::array<std::uint64_t, bounds.size() + 1> counts_{};  // Not cumulative; the last is beyond all bounds.
  double sum_ = 0;
};

/// What happened since the server began. Written and read on the network's thread only.
struct Metrics {
  std::uint64_t connections_accepted = 0;
  std::uint64_t connections_refused_total = 0;
  std::uint64_t connections_refused_address = 0;
  std::uint64_t accept_exhausted = 0;
  std::uint64_t tls_handshakes_failed = 0;
  std::uint64_t origins_refused = 0;
  std::uint64_t messages_in = 0;
  std::uint64_t octets_in = 0;
  std::uint64_t octets_out = 0;
  std::uint64_t malformed = 0;
  std::uint64_t pushes = 0;
  std::uint64_t pushes_dropped = 0;
  std::uint64_t behind = 0;
  std::uint64_t timeouts = 0;
  std::uint64_t reading_paused = 0;
  /// How requests ended; `unspecified` stands for granted.
  std::map<std::pair<OperationIndex, wire::ErrorCode>, std::uint64_t> requests;
  DurationHistogram request_duration;

  void count_request(const Reply& reply, transport::MonotonicTime now);
};

enum class NumberKind : std::uint8_t { counter, gauge };

/// A number of somebody else's, for the page of metrics. Names and texts live as long as the program.
struct NamedNumber {
  std::string_view name;
  std::string_view help;
  NumberKind kind = NumberKind::gauge;
  double value = 0;
};

/// What is at this moment.
struct Gauges {
  std::size_t connections = 0;
  std::size_t streams = 0;
  std::size_t password_requests = 0;
  service::StorageLoad storage;
  /// Rate limits.
  std::size_t limit_buckets = 0;
  std::array<std::uint64_t, service::action_count> limits_hit{};
  std::size_t polled_streams = 0;
  std::string_view version;
  UnixMillis started_at;
  std::vector<NamedNumber> numbers = {};
};

/// The text exposition format of Prometheus, with the process's memory and files.
[[nodiscard]] std::string metrics_text(const Metrics& metrics, const Gauges& gauges);

}  // namespace sotto::gateway
