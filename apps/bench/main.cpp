#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>
#include <sys/resource.h>

#include "bench/idle.h"
#include "bench/pairs.h"

namespace {

using namespace sotto::bench;

/// Every connection takes a descriptor here and one in the server, which inherits the limit.
void raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

template <class Report>
int finish(const std::expected<Report, std::string>& report, ReportFormat format) {
  if (!report) {
    std::cerr << "sotto-bench: " << report.error() << "\n";
    return 1;
  }
  std::cout << print(*report, format) << std::endl;
  return 0;
}

std::filesystem::path server_beside(const char* program) {
  std::error_code ignored;
  return std::filesystem::canonical(program, ignored).parent_path() / "sottod";
}

}  // namespace

int main(int count, char** arguments) {
  CLI::App app("Measures a Sotto server of its own, on this machine, with real accounts and full durability.");
  app.require_subcommand(1);
  bool json = false;
  std::filesystem::path program = server_beside("/proc/self/exe");
  app.add_flag("--json", json, "Print one JSON object instead of a table");
  app.add_option("--sottod", program, "The server to start")->capture_default_str();
  app.fallthrough();

  PairsOptions pairs_options;
  auto* pairs = app.add_subcommand("pairs", "Pairs of accounts write to each other, closed loop");
  pairs->add_option("--pairs", pairs_options.pairs, "How many pairs")->check(CLI::Range(1, 500))->capture_default_str();
  pairs->add_option("--window", pairs_options.window, "Messages under way in each pair")
      ->check(CLI::Range(1, 500))
      ->capture_default_str();
  pairs->add_option("--seconds", pairs_options.seconds, "How long to measure")
      ->check(CLI::Range(1, 600))
      ->capture_default_str();
  pairs->add_option("--body", pairs_options.body_size, "Octets in a message")
      ->check(CLI::Range(16, 60'000))
      ->capture_default_str();

  IdleOptions idle_options;
  auto* idle = app.add_subcommand("idle", "Streams that say nothing");
  idle->add_option("--connections", idle_options.connections, "How many streams")
      ->check(CLI::Range(1, 15'000))
      ->capture_default_str();
  CLI11_PARSE(app, count, arguments);

  raise_descriptor_limit();
  const ReportFormat format = json ? ReportFormat::json : ReportFormat::table;
  auto server = ServerProcess::start(program);
  if (!server) {
    std::cerr << "sotto-bench: " << server.error() << "\n";
    return 1;
  }
  if (pairs->parsed()) return finish(run_pairs(**server, pairs_options), format);
  return finish(run_idle(**server, idle_options), format);
}
