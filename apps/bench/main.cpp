#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>
#include <sys/resource.h>

#include "bench/groups.h"
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

void add_pace(CLI::App& form, Pace& pace) {
  form.add_option("--window", pace.window, "Messages that each sender keeps under way")
      ->check(CLI::Range(1, 500))
      ->capture_default_str();
  form.add_option("--rate", pace.rate, "Messages a second in all, instead of a window; 0 for the window")
      ->check(CLI::Range(0, 1'000'000))
      ->capture_default_str();
  form.add_option("--seconds", pace.seconds, "How long to measure")->check(CLI::Range(1, 600))->capture_default_str();
  form.add_option("--body", pace.body_size, "Octets in a message")
      ->check(CLI::Range(16, 60'000))
      ->capture_default_str();
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
  auto* pairs = app.add_subcommand("pairs", "One of each pair of accounts writes to the other");
  pairs->add_option("--pairs", pairs_options.pairs, "How many pairs")->check(CLI::Range(1, 500))->capture_default_str();
  add_pace(*pairs, pairs_options.pace);

  GroupsOptions groups_options;
  auto* groups = app.add_subcommand("group", "One member of a group writes to all others");
  groups->add_option("--groups", groups_options.groups, "How many groups")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  groups->add_option("--size", groups_options.size, "Members of each")
      ->check(CLI::Range(2, 1'000))
      ->capture_default_str();
  add_pace(*groups, groups_options.pace);

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
  if (groups->parsed()) return finish(run_groups(**server, groups_options), format);
  return finish(run_idle(**server, idle_options), format);
}
