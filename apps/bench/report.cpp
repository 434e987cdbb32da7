#include "bench/report.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "bench/process_usage.h"

namespace sotto::bench {
namespace {

template <class... Arguments>
std::string formatted(const char* pattern, Arguments... arguments) {
  std::array<char, 1024> text{};
  const int length = std::snprintf(text.data(), text.size(), pattern, arguments...);
  return {text.data(), static_cast<std::size_t>(std::clamp(length, 0, static_cast<int>(text.size()) - 1))};
}

double milliseconds(std::uint64_t microseconds) { return static_cast<double>(microseconds) / 1000; }

double each(std::uint64_t microseconds, std::uint64_t count) {
  return static_cast<double>(microseconds) / static_cast<double>(std::max<std::uint64_t>(count, 1));
}

std::string json(const Report& report) {
  std::string text =
      formatted(R"({"form":"%s","%s":%llu,"seconds":%.3f,"%s_per_s":%.0f,)"
                R"("latency_ms":{"p50":%.3f,"p95":%.3f,"p99":%.3f,"max":%.3f},)"
                R"("server_cpu_us_per_delivery":%.2f,"client_cpu_us_per_delivery":%.2f,"server_rss_kb":%llu,)"
                R"("server_peak_rss_kb":%llu)",
                report.form.c_str(), report.unit.c_str(), static_cast<unsigned long long>(report.count), report.seconds,
                report.unit.c_str(), report.per_second(), report.milliseconds(0.5), report.milliseconds(0.95),
                report.milliseconds(0.99), milliseconds(report.latency.max()), report.microseconds_each(),
                each(report.client_cpu_microseconds, report.count),
                static_cast<unsigned long long>(report.server_resident_kilobytes),
                static_cast<unsigned long long>(report.server_peak_kilobytes));
  for (const Figure& figure : report.figures) text += formatted(R"(,"%s":%.3f)", figure.name.c_str(), figure.value);
  return text + "}";
}

std::string table(const Report& report) {
  std::string text = formatted(
      "%-8s %llu %s in %.2f s: %.0f/s\n"
      "         latency ms: p50 %.3f  p95 %.3f  p99 %.3f  max %.3f\n"
      "         processor, each: server %.2f us, load generator %.2f us; server %llu kB resident, %llu at most",
      report.form.c_str(), static_cast<unsigned long long>(report.count), report.unit.c_str(), report.seconds,
      report.per_second(), report.milliseconds(0.5), report.milliseconds(0.95), report.milliseconds(0.99),
      milliseconds(report.latency.max()), report.microseconds_each(),
      each(report.client_cpu_microseconds, report.count),
      static_cast<unsigned long long>(report.server_resident_kilobytes),
      static_cast<unsigned long long>(report.server_peak_kilobytes));
  for (const Figure& figure : report.figures) {
    text += formatted("\n         %s: %.3f", figure.name.c_str(), figure.value);
  }
  return text;
}

}  // namespace

double Report::per_second() const { return seconds > 0 ? static_cast<double>(count) / seconds : 0; }

double Report::microseconds_each() const { return each(server_cpu_microseconds, count); }

std::string print(const Report& report, ReportFormat format) {
  return format == ReportFormat::json ? json(report) : table(report);
}

double Report::milliseconds(double share) const { return bench::milliseconds(latency.quantile(share)); }

double Report::figure(std::string_view name) const {
  const auto found = std::ranges::find(figures, name, &Figure::name);
  return found == figures.end() ? 0 : found->value;
}

Measurement::Measurement(std::vector<int> server_processes)
    : server_(std::move(server_processes)),
      began_at_(std::chrono::steady_clock::now()),
      server_cpu_(cpu_microseconds_of(server_)),
      client_cpu_(own_cpu_microseconds()) {}

void Measurement::finish(Report& report) const {
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began_at_).count();
  report.server_cpu_microseconds = cpu_microseconds_of(server_) - server_cpu_;
  report.client_cpu_microseconds = own_cpu_microseconds() - client_cpu_;
  report.server_resident_kilobytes = resident_kilobytes_of(server_);
  report.server_peak_kilobytes = peak_kilobytes_of(server_);
}

}  // namespace sotto::bench
