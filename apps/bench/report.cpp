#include "bench/report.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace sotto::bench {
namespace {

template <class... Arguments>
std::string formatted(const char* pattern, Arguments... arguments) {
  std::array<char, 1024> text{};
  const int length = std::snprintf(text.data(), text.size(), pattern, arguments...);
  return {text.data(), static_cast<std::size_t>(std::clamp(length, 0, static_cast<int>(text.size()) - 1))};
}

double milliseconds(std::uint64_t microseconds) { return static_cast<double>(microseconds) / 1000; }

}  // namespace

std::string print(const DeliveryReport& report, ReportFormat format) {
  const char* pattern = format == ReportFormat::json
                            ? R"({"form":"%s","deliveries":%llu,"seconds":%.3f,"deliveries_per_s":%.0f,)"
                              R"("latency_ms":{"p50":%.3f,"p95":%.3f,"p99":%.3f,"max":%.3f},)"
                              R"("server_cpu_us_per_delivery":%.2f,"server_rss_kb":%llu})"
                            : "%-8s %llu deliveries in %.2f s: %.0f/s\n"
                              "         latency ms: p50 %.3f  p95 %.3f  p99 %.3f  max %.3f\n"
                              "         server: %.2f us of processor a delivery, %llu kB resident";
  const auto deliveries = static_cast<double>(std::max<std::uint64_t>(report.deliveries, 1));
  return formatted(pattern, report.form.c_str(), static_cast<unsigned long long>(report.deliveries), report.seconds,
                   static_cast<double>(report.deliveries) / report.seconds, milliseconds(report.latency.quantile(0.5)),
                   milliseconds(report.latency.quantile(0.95)), milliseconds(report.latency.quantile(0.99)),
                   milliseconds(report.latency.max()), static_cast<double>(report.server_cpu_microseconds) / deliveries,
                   static_cast<unsigned long long>(report.server_resident_kilobytes));
}

std::string print(const IdleReport& report, ReportFormat format) {
  const char* pattern =
      format == ReportFormat::json
          ? R"({"form":"idle","connections":%llu,"server_kb_per_connection":%.2f,"server_rss_kb":%llu})"
          : "idle     %llu connections: %.2f kB each, server %llu kB resident";
  const auto growth = static_cast<double>(report.server_kilobytes_after - report.server_kilobytes_before);
  return formatted(pattern, static_cast<unsigned long long>(report.connections),
                   growth / static_cast<double>(std::max<std::uint64_t>(report.connections, 1)),
                   static_cast<unsigned long long>(report.server_kilobytes_after));
}

}  // namespace sotto::bench
