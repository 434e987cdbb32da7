#include "bench/idle.h"

#include <chrono>
#include <thread>

#include "bench/process_usage.h"

namespace sotto::bench {
namespace {

/// Residents among whom the streams are shared out.
constexpr unsigned idle_people = 100;

}  // namespace

std::expected<Report, std::string> run_idle(const std::filesystem::path& program, const IdleOptions& options) {
  auto site = Site::open({.program = program, .people = {.accounts = idle_people}, .security = options.security});
  if (!site) return std::unexpected(site.error());
  const int server = (*site)->server().id();
  const std::uint64_t before = resident_kilobytes_of(server);
  Report report{.form = options.security == LoadConnection::Security::tls ? "idle-tls" : "idle", .unit = "operations"};
  const Measurement measurement(server);
  std::vector<std::unique_ptr<LoadConnection>> connections;
  for (unsigned number = 0; number < options.connections; ++number) {
    const auto begun_at = std::chrono::steady_clock::now();
    auto connection = (*site)->stream(number % idle_people);
    if (!connection) return std::unexpected(connection.error());
    if (auto resumed = (*connection)->call(wire::Resume{}); !resumed) return std::unexpected(resumed.error());
    const auto took = std::chrono::steady_clock::now() - begun_at;
    report.latency.record(
        static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(took).count()));
    connections.push_back(std::move(*connection));
  }
  report.count = options.connections;
  measurement.finish(report);
  // What the server frees lazily it frees within this second.
  std::this_thread::sleep_for(std::chrono::seconds(1));
  report.server_resident_kilobytes = resident_kilobytes_of(server);
  const auto growth = static_cast<double>(report.server_resident_kilobytes - before);
  report.figures.push_back({"server_kb_per_connection", growth / static_cast<double>(options.connections)});
  return report;
}

}  // namespace sotto::bench
