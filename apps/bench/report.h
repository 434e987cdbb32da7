#pragma once

#include <string>

#include "bench/histogram.h"

namespace sotto::bench {

/// What one form of the benchmark measured.
struct DeliveryReport {
  std::string form;
  std::uint64_t deliveries = 0;
  double seconds = 0;
  /// From handing a message to the socket until its reader has it.
  Histogram latency;
  std::uint64_t server_cpu_microseconds = 0;
  std::uint64_t server_resident_kilobytes = 0;
};

struct IdleReport {
  std::uint64_t connections = 0;
  std::uint64_t server_kilobytes_before = 0;
  std::uint64_t server_kilobytes_after = 0;
};

enum class ReportFormat : std::uint8_t { table, json };

[[nodiscard]] std::string print(const DeliveryReport& report, ReportFormat format);
[[nodiscard]] std::string print(const IdleReport& report, ReportFormat format);

}  // namespace sotto::bench
