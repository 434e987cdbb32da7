#include "bench/storm.h"

#include <future>
#include <thread>

#include "bench/crowd.h"
#include "bench/rooms.h"

namespace sotto::bench {
namespace {

constexpr unsigned other_pairs = 8;
constexpr unsigned messages_per_second = 200;
/// Of the others' messages; the storm begins after their first second.
constexpr unsigned seconds_of_others = 6;
constexpr std::chrono::seconds longest_storm{30};

/// The clients come after the residents of the other pairs.
CrowdPlan plan_of(const Site& site, const std::vector<std::string>& tokens, const StormOptions& options) {
  return {.endpoint = site.endpoint(),
          .size = options.clients,
          .at_once = options.at_once,
          .token = [&tokens](std::size_t number) { return tokens[number]; },
          .missed_entries = options.missed};
}

std::expected<std::vector<Room>, std::string> open_rooms(const Site& site) {
  std::vector<Room> rooms;
  for (std::size_t number = 0; number < other_pairs; ++number) {
    auto room = direct_room(site, 2 * number);
    if (!room) return std::unexpected(room.error());
    rooms.push_back(std::move(*room));
  }
  return rooms;
}

/// What the storm does to those who were there.
std::expected<Report, std::string> break_loose(Site& site, const std::vector<std::string>& tokens,
                                               const StormOptions& options) {
  auto rooms = open_rooms(site);
  if (!rooms) return std::unexpected(rooms.error());
  auto others = std::async(std::launch::async, [&, rooms = std::move(*rooms)]() mutable {
    return run_rooms(site.server().id(), std::move(rooms), {.rate = messages_per_second, .seconds = seconds_of_others});
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(1'200));
  Crowd crowd(plan_of(site, tokens, options));
  Report report{.form = "storm", .unit = "operations"};
  const Measurement measurement(site.server().id());
  const auto opened = crowd.open_until(std::chrono::steady_clock::now() + longest_storm);
  measurement.finish(report);
  const auto messages = others.get();
  if (!opened) return std::unexpected(opened.error());
  if (!messages) return std::unexpected(messages.error());
  if (crowd.complete() != options.clients) return std::unexpected("not all clients came back within 30 s");
  report.count = crowd.complete();
  report.latency = crowd.back_after();
  report.figures.push_back({"all_back_s", report.seconds});
  report.figures.push_back({"others_p99_ms", static_cast<double>(messages->latency.quantile(0.99)) / 1000});
  return report;
}

}  // namespace

std::expected<Report, std::string> run_storm(const std::filesystem::path& program, const StormOptions& options) {
  const unsigned clients = options.clients + options.clients % 2;
  auto site = Site::open({.program = program,
                          .people = {.accounts = 2 * other_pairs + clients,
                                     .pairing = PopulationPlan::Pairing::neighbours,
                                     .messages = options.missed}});
  if (!site) return std::unexpected(site.error());
  std::vector<std::string> tokens;
  for (std::size_t number = 0; number < options.clients; ++number) {
    tokens.push_back((*site)->population().token((*site)->residents()[2 * other_pairs + number]));
  }
  {
    Crowd before(plan_of(**site, tokens, options));
    if (auto opened = before.open_until(std::chrono::steady_clock::now() + longest_storm); !opened) {
      return std::unexpected(opened.error());
    }
    (*site)->server().kill();
  }
  if (auto restarted = (*site)->restart(); !restarted) return std::unexpected(restarted.error());
  return break_loose(**site, tokens, options);
}

}  // namespace sotto::bench
