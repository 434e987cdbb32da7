#include "bench/summary.h"

#include <array>
#include <cstdio>
#include <functional>
#include <iostream>
#include <optional>

#include "bench/groups.h"
#include "bench/growth.h"
#include "bench/history.h"
#include "bench/idle.h"
#include "bench/login.h"
#include "bench/mixed.h"
#include "bench/pairs.h"
#include "bench/relay.h"
#include "bench/storm.h"

namespace sotto::bench {
namespace {

using Result = std::expected<Report, std::string>;

/// A figure of a report and what it should be.
struct Mark {
  enum class Bound : std::uint8_t { at_least, at_most };

  std::string_view what;
  double (*of)(const Report& report);
  Bound bound;
  double target;
};

struct Row {
  std::string_view work;
  std::function<Result()> run;
  std::vector<Mark> marks;
};

double per_second(const Report& report) { return report.per_second(); }
double microseconds_each(const Report& report) { return report.microseconds_each(); }
double p50(const Report& report) { return report.milliseconds(0.5); }
double p99(const Report& report) { return report.milliseconds(0.99); }
double kilobytes_each(const Report& report) { return report.figure("server_kb_per_connection"); }
double all_back(const Report& report) { return report.figure("all_back_s"); }
double others_p99(const Report& report) { return report.figure("others_p99_ms"); }
double entries_per_second(const Report& report) { return report.figure("entries_per_s"); }

double ratio_of_send(const Report& report) { return report.figure("send_cpu_ratio"); }
double ratio_of_send_elsewhere(const Report& report) { return report.figure("elsewhere_cpu_ratio"); }
double ratio_of_resume(const Report& report) { return report.figure("resume_cpu_ratio"); }
double ratio_of_page(const Report& report) { return report.figure("page_cpu_ratio"); }

constexpr Mark::Bound least = Mark::Bound::at_least;
constexpr Mark::Bound most = Mark::Bound::at_most;

std::vector<Row> message_rows(const std::filesystem::path& program) {
  const auto pairs = [program](PairsOptions options) { return [=] { return run_pairs(program, options); }; };
  const auto group = [program](GroupsOptions options) { return [=] { return run_groups(program, options); }; };
  return {{"1:1, saturated",
           pairs({.pace = {.seconds = 4}}),
           {{"deliveries/s", per_second, least, 40'000}, {"us each", microseconds_each, most, 20}}},
          {"1:1, one in flight",
           pairs({.pairs = 1, .pace = {.window = 1, .seconds = 4}}),
           {{"p50 ms", p50, most, 0.5}, {"p99 ms", p99, most, 2}}},
          {"1:1, open loop 5,000/s", pairs({.pace = {.rate = 5'000, .seconds = 4}}), {{"p99 ms", p99, most, 5}}},
          {"group of 50",
           group({.pace = {.window = 16, .seconds = 4}}),
           {{"deliveries/s", per_second, least, 300'000}, {"us each", microseconds_each, most, 3}}},
          {"group of 1,000",
           group({.size = 1'000, .pace = {.window = 16, .seconds = 4}}),
           {{"deliveries/s", per_second, least, 300'000}, {"us each", microseconds_each, most, 3}}}};
}

std::vector<Row> connection_rows(const std::filesystem::path& program) {
  using Security = LoadConnection::Security;
  const auto idle = [program](Security security) {
    return [=] { return run_idle(program, {.connections = 2'000, .security = security}); };
  };
  const auto login = [program](LoginOptions options) { return [=] { return run_login(program, options); }; };
  return {{"idle connection", idle(Security::plain), {{"kB each", kilobytes_each, most, 8}}},
          {"idle connection, TLS", idle(Security::tls), {{"kB each", kilobytes_each, most, 25}}},
          {"login by token", login({.seconds = 3}), {{"logins/s", per_second, least, 10'000}}},
          {"login by password",
           login({.kind = LoginOptions::Kind::password, .window = 8}),
           {{"others' p99 ms", others_p99, most, 50}}},
          {"storm",
           [=] { return run_storm(program, {.clients = 9'000}); },
           {{"s until all are back", all_back, most, 5}, {"others' p99 ms", others_p99, most, 50}}}};
}

std::vector<Row> other_rows(const std::filesystem::path& program) {
  return {
      {"history of 200,000", [=] { return run_history(program, {}); }, {{"entries/s", entries_per_second, least, 0}}},
      {"mixed, 9,000 users", [=] { return run_mixed(program, {.users = 9'000}); }, {{"p99 ms", p99, most, 50}}},
      {"20,000 conversations",
       [=] { return run_growth(program, {}); },
       {{"send, to empty", ratio_of_send, most, 1.5},
        {"elsewhere, to empty", ratio_of_send_elsewhere, most, 1.5},
        {"resume, to empty", ratio_of_resume, most, 1.5},
        {"page, to empty", ratio_of_page, most, 1.5}}},
      {"relay, 1:1 (no server)",
       [] { return run_relay({.pace = {.seconds = 2}}); },
       {{"deliveries/s", per_second, least, 0}, {"us each", microseconds_each, most, 0}}},
      {"relay, group of 50",
       [] { return run_relay({.rooms = 2, .readers = 49, .pace = {.window = 16, .seconds = 2}}); },
       {{"deliveries/s", per_second, least, 0}, {"us each", microseconds_each, most, 0}}}};
}

/// A target of 0 is none.
std::string line(std::string_view work, const Mark& mark, double value) {
  const bool met = mark.bound == least ? value >= mark.target : value <= mark.target;
  std::array<char, 64> target{};
  if (mark.target > 0) {
    std::snprintf(target.data(), target.size(), "%s %.10g", mark.bound == least ? ">=" : "<=", mark.target);
  }
  std::array<char, 256> text{};
  std::snprintf(text.data(), text.size(), "%-24.*s %-21.*s %12.2f %12s  %s\n", static_cast<int>(work.size()),
                work.data(), static_cast<int>(mark.what.size()), mark.what.data(), value, target.data(),
                mark.target == 0 ? ""
                : met            ? "reached"
                                 : "missed");
  return text.data();
}

std::string lines(const Row& row, const Result& result) {
  if (!result) return std::string(row.work) + ": " + result.error() + "\n";
  std::string text;
  for (const Mark& mark : row.marks) text += line(row.work, mark, mark.of(*result));
  return text;
}

}  // namespace

std::string run_all(const std::filesystem::path& program, ReportFormat format) {
  std::vector<Row> rows = message_rows(program);
  for (auto more : {connection_rows(program), other_rows(program)}) rows.insert(rows.end(), more.begin(), more.end());
  std::string text;
  for (const Row& row : rows) {
    std::cerr << row.work << "..." << std::endl;
    const Result result = row.run();
    if (format == ReportFormat::table) {
      text += lines(row, result);
    } else {
      text += result ? print(*result, format) + "\n" : "";
      if (!result) std::cerr << "sotto-bench: " << result.error() << "\n";
    }
  }
  return text;
}

}  // namespace sotto::bench
