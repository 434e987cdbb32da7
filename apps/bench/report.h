#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "bench/histogram.h"

namespace sotto::bench {

/// A figure that only one form has.
struct Figure {
  std::string name;
  double value = 0;
};

/// What one form of the benchmark measured.
struct Report {
  std::string form;
  /// What is counted: `deliveries` or `operations`.
  std::string unit = "deliveries";
  std::uint64_t count = 0;
  double seconds = 0;
  /// Of each that was counted, in the sense of the form.
  Histogram latency = {};
  std::uint64_t server_cpu_microseconds = 0;
  std::uint64_t client_cpu_microseconds = 0;
  std::uint64_t server_resident_kilobytes = 0;
  /// The most that was ever resident, the preparation included.
  std::uint64_t server_peak_kilobytes = 0;
  std::vector<Figure> figures = {};

  [[nodiscard]] double per_second() const;
  /// Of the server's processor time.
  [[nodiscard]] double microseconds_each() const;
  /// Of the latency that the given share (0 to 1) does not exceed.
  [[nodiscard]] double milliseconds(double share) const;
  /// The form's own figure of this name; 0 if it has none.
  [[nodiscard]] double figure(std::string_view name) const;
};

enum class ReportFormat : std::uint8_t { table, json };

/// JSON is one object: `form`, the count, `<unit>_per_s`, `latency_ms`, `server_cpu_us_per_delivery` (of what is
/// counted), `client_cpu_us_per_delivery`, `server_rss_kb`, `server_peak_rss_kb`, then the form's own figures.
[[nodiscard]] std::string print(const Report& report, ReportFormat format);

/// Weighs a span of the benchmark: begins with the object.
class Measurement {
 public:
  explicit Measurement(int server_process) : Measurement(std::vector<int>{server_process}) {}
  /// Of a server that is several processes, each with its children.
  explicit Measurement(std::vector<int> server_processes);
  /// Fills in time, processor and memory until now; the count is the caller's.
  void finish(Report& report) const;

 private:
  std::vector<int> server_;
  std::chrono::steady_clock::time_point began_at_;
  std::uint64_t server_cpu_;
  std::uint64_t client_cpu_;
};

}  // namespace sotto::bench
