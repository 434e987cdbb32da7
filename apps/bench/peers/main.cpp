#include <CLI/CLI.hpp>
#include <iostream>
#include <sys/resource.h>

#include "bench/peers/comparison.h"

namespace {

using namespace sotto::bench;

/// Servers inherit the limit; each stream takes a descriptor here and one there.
void raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

int main(int count, char** arguments) {
  CLI::App app(
      "Measures Sotto, ejabberd and Prosody with the same works on this machine, each server with its own temporary "
      "data.");
  std::error_code ignored;
  peers::ComparisonPlan plan{
      .program = std::filesystem::canonical("/proc/self/exe", ignored).parent_path() / "sottod",
      .configurations = SOTTO_PEER_CONFIGURATIONS,
  };
  ReportFormat format = ReportFormat::table;
  app.add_flag_callback("--json", [&] { format = ReportFormat::json; }, "Print JSON objects instead of a table");
  app.add_option("works", plan.works, "Which works; all if none is named")
      ->check(CLI::IsMember(peers::names_of_works()));
  app.add_option("--rounds", plan.rounds, "How often, in turns; each figure is the best of them")
      ->check(CLI::Range(1, 20))
      ->capture_default_str();
  app.add_option("--seconds", plan.seconds, "How long to measure each work")
      ->check(CLI::Range(1, 60))
      ->capture_default_str();
  app.add_option("--sottod", plan.program, "Sotto's server")->check(CLI::ExistingFile)->capture_default_str();
  app.add_option("--configurations", plan.configurations, "The folder with the peers' configurations")
      ->check(CLI::ExistingDirectory)
      ->capture_default_str();
  CLI11_PARSE(app, count, arguments);
  raise_descriptor_limit();
  std::cout << peers::compare(plan, format) << std::flush;
  return 0;
}
