#include "bench/peers/comparison.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <functional>
#include <iostream>

#include "bench/peers/peer_history.h"
#include "bench/peers/peer_rooms.h"
#include "bench/peers/peer_streams.h"

namespace sotto::bench::peers {
namespace {

using Result = std::expected<Report, std::string>;

constexpr std::size_t servers = 3;
constexpr std::array<const char*, servers> server_names{"sotto", "ejabberd", "prosody"};

/// What is read of a report.
struct Figured {
  enum class Better : std::uint8_t { more, less };

  const char* name;
  double (*of)(const Report& report);
  Better better;
};

constexpr Figured rate{"each_per_s", [](const Report& report) { return report.per_second(); }, Figured::Better::more};
constexpr Figured processor{"server_cpu_us_each", [](const Report& report) { return report.microseconds_each(); },
                            Figured::Better::less};
constexpr Figured median{"p50_ms", [](const Report& report) { return report.milliseconds(0.5); },
                         Figured::Better::less};
constexpr Figured tail{"p99_ms", [](const Report& report) { return report.milliseconds(0.99); }, Figured::Better::less};
constexpr Figured memory{"kb_per_connection",
                         [](const Report& report) { return report.figure("server_kb_per_connection"); },
                         Figured::Better::less};

constexpr Figured entries{"entries_per_s", [](const Report& report) { return report.figure("entries_per_s"); },
                          Figured::Better::more};

struct Work {
  const char* name;
  const char* meaning;
  std::vector<Figured> figures;
  /// By the numbers of `server_names`.
  std::array<std::function<Result()>, servers> runs;
};

/// The three runs of a work with the same options.
template <class Options>
std::array<std::function<Result()>, servers> runs_of(const ComparisonPlan& plan, const Options& options,
                                                     Result (*of_sotto)(const std::filesystem::path&, const Options&),
                                                     Result (*of_peer)(const PeerPlan&, const Options&)) {
  const auto peer = [=](Peer which) {
    return [=] { return of_peer({.peer = which, .configurations = plan.configurations}, options); };
  };
  return {[=] { return of_sotto(plan.program, options); }, peer(Peer::ejabberd), peer(Peer::prosody)};
}

std::vector<Work> works_of(const ComparisonPlan& plan) {
  const auto pairs = [&](const PairsOptions& options) {
    return runs_of<PairsOptions>(plan, options, bench::run_pairs, run_pairs);
  };
  const unsigned seconds = plan.seconds;
  return {{"saturated",
           "1:1, 16 pairs, 32 under way in each",
           {rate, processor, median, tail},
           pairs({.pace = {.window = 32, .seconds = seconds}})},
          {"single",
           "1:1, one pair, one under way",
           {rate, processor, median, tail},
           pairs({.pairs = 1, .pace = {.window = 1, .seconds = seconds}})},
          {"paced",
           "1:1, 16 pairs, open loop 100/s",
           {processor, median, tail},
           pairs({.pace = {.rate = 100, .seconds = seconds}})},
          {"group",
           "2 groups of 50, 16 under way in each",
           {rate, processor, median, tail},
           runs_of<GroupsOptions>(plan, {.pace = {.window = 16, .seconds = seconds}}, bench::run_groups, run_groups)},
          {"idle",
           "1,000 idle streams",
           {memory},
           runs_of<IdleOptions>(plan, {.connections = 1'000}, bench::run_idle, run_idle)},
          {"login",
           "login, 64 under way; Sotto by token, peers by password",
           {rate, processor, median, tail},
           runs_of<LoginOptions>(plan, {.seconds = seconds}, bench::run_login, run_login)},
          {"history",
           "pages of 200 messages of 20,000, one after the other",
           {entries, processor, median, tail},
           runs_of<HistoryOptions>(plan, {.messages = 20'000, .window = 1}, bench::run_history, run_history)}};
}

/// Of each figure of a work the best that each server reached; nothing if it never ended the work.
using Best = std::vector<std::array<std::optional<double>, servers>>;

void note(Best& best, const Work& work, std::size_t server, const Report& report) {
  for (std::size_t number = 0; number < work.figures.size(); ++number) {
    const Figured& figured = work.figures[number];
    const double value = figured.of(report);
    std::optional<double>& kept = best[number][server];
    const bool is_better = figured.better == Figured::Better::more ? value > kept : value < kept;
    if (!kept || is_better) kept = value;
  }
}

Best measure_all(const Work& work, unsigned rounds) {
  Best best(work.figures.size());
  for (unsigned round = 0; round < rounds; ++round) {
    for (std::size_t server = 0; server < servers; ++server) {
      std::cerr << work.name << ": " << server_names[server] << "..." << std::endl;
      Result result = work.runs[server]();
      if (result && result->count == 0) result = std::unexpected("nothing was done in the time");
      if (result) {
        note(best, work, server, *result);
      } else {
        std::cerr << "sotto-bench-peers: " << result.error() << std::endl;
      }
    }
  }
  return best;
}

template <class... Arguments>
std::string laid_out(const char* pattern, Arguments... arguments) {
  std::array<char, 256> text{};
  std::snprintf(text.data(), text.size(), pattern, arguments...);
  return text.data();
}

/// How many times better Sotto's figure is than the peer's.
std::optional<double> times_better(const Figured& figured, const Best::value_type& values, std::size_t peer) {
  if (!values[0] || !values[peer]) return std::nullopt;
  const double more = figured.better == Figured::Better::more ? *values[0] : *values[peer];
  const double less = figured.better == Figured::Better::more ? *values[peer] : *values[0];
  if (less <= 0) return std::nullopt;
  return more / less;
}

std::string table_cell(const std::optional<double>& value) {
  return value ? laid_out(*value < 100 ? "%.2f" : "%.0f", *value) : "-";
}

std::string table_line(const Figured& figured, const Best::value_type& values) {
  return laid_out("  %-20s %11s %11s %11s %10s %10s\n", figured.name, table_cell(values[0]).c_str(),
                  table_cell(values[1]).c_str(), table_cell(values[2]).c_str(),
                  table_cell(times_better(figured, values, 1)).c_str(),
                  table_cell(times_better(figured, values, 2)).c_str());
}

std::string json_line(const Work& work, const Figured& figured, const Best::value_type& values) {
  const auto number = [](const std::optional<double>& value) { return value ? laid_out("%.3f", *value) : "null"; };
  std::string text = laid_out(R"({"work":"%s","figure":"%s")", work.name, figured.name);
  for (std::size_t server = 0; server < servers; ++server) {
    text += laid_out(R"(,"%s":%s)", server_names[server], number(values[server]).c_str());
  }
  for (std::size_t peer = 1; peer < servers; ++peer) {
    text += laid_out(R"(,"times_better_than_%s":%s)", server_names[peer],
                     number(times_better(figured, values, peer)).c_str());
  }
  return text + "}\n";
}

bool is_wanted(const ComparisonPlan& plan, const Work& work) {
  return plan.works.empty() || std::ranges::find(plan.works, work.name) != plan.works.end();
}

}  // namespace

std::vector<std::string> names_of_works() {
  std::vector<std::string> names;
  for (const Work& work : works_of({})) names.emplace_back(work.name);
  return names;
}

std::string compare(const ComparisonPlan& plan, ReportFormat format) {
  std::string text;
  if (format == ReportFormat::table) {
    text = laid_out("%-22s %11s %11s %11s %10s %10s\n", "", "Sotto", "ejabberd", "Prosody", "x ejabberd", "x Prosody");
  }
  for (const Work& work : works_of(plan)) {
    if (!is_wanted(plan, work)) continue;
    const Best best = measure_all(work, plan.rounds);
    if (format == ReportFormat::table) text += std::string(work.meaning) + "\n";
    for (std::size_t number = 0; number < work.figures.size(); ++number) {
      text += format == ReportFormat::table ? table_line(work.figures[number], best[number])
                                            : json_line(work, work.figures[number], best[number]);
    }
  }
  return text;
}

}  // namespace sotto::bench::peers
