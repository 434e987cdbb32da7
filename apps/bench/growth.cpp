#include "bench/growth.h"

#include <algorithm>

#include "bench/crowd.h"
#include "bench/message_ids.h"
#include "bench/questions.h"
#include "bench/rooms.h"
#include "bench/upkeep.h"
#include "service/conversations.h"

namespace sotto::bench {
namespace {

constexpr unsigned pairs = 16;
constexpr std::uint64_t messages_of_a_pair = 2'000;
constexpr unsigned acquaintances = 50;
/// As many of a circle do the work at both servers; all of the small one.
constexpr unsigned workers = 2 * acquaintances + 1;
/// Of those who come back: in how many conversations they missed something, and how many entries in each.
constexpr std::size_t missed_in = 10;
constexpr std::uint64_t missed_in_each = 2;
/// Questions under way; of messages as many as share a commit when the pairs write.
constexpr unsigned window = 8;
constexpr unsigned wide_window = 512;
/// Of the pairs in all, while backups are made.
constexpr unsigned quiet_rate = 2'000;

/// What a piece of work cost a server.
struct Cost {
  std::uint64_t count = 0;
  double cpu_microseconds = 0;
  Histogram latency;
};
using Costs = std::expected<Cost, std::string>;

/// One of the two servers.
class Town {
 public:
  static std::expected<Town, std::string> open(const SitePlan& plan) {
    auto site = Site::open(plan);
    if (!site) return std::unexpected(site.error());
    Town town(std::move(*site), plan.people.circle.people);
    for (unsigned worker = 0; worker < workers; ++worker) {
      auto stream = town.site_->stream(town.resident(worker));
      if (!stream) return std::unexpected(stream.error());
      town.streams_.push_back(std::move(*stream));
    }
    return town;
  }

  /// The pairs write.
  Costs send(const Pace& pace) {
    std::vector<Room> rooms;
    for (std::size_t number = 0; number < pairs; ++number) {
      auto room = direct_room(*site_, 2 * number);
      if (!room) return std::unexpected(room.error());
      rooms.push_back(std::move(*room));
    }
    auto report = run_rooms(site_->server().id(), std::move(rooms), pace);
    if (!report) return std::unexpected(report.error());
    report_ = std::move(*report);
    return Cost{report_.count, report_.microseconds_each(), report_.latency};
  }

  /// One message in each conversation that a worker has with those who follow.
  Costs send_elsewhere() {
    return ask(wide_window, [this](Questions& questions) {
      for (unsigned step = 1; step <= acquaintances; ++step) {
        for (unsigned worker = 0; worker < workers; ++worker) {
          questions.add(worker, wire::Send{conversation(worker, step), 1, ids_.next(), Bytes(400, 0x5a)});
        }
      }
    });
  }

  /// The newest page of the same conversations.
  Costs read_pages() {
    return ask(window, [this](Questions& questions) {
      for (unsigned step = 1; step <= acquaintances; ++step) {
        for (unsigned worker = 0; worker < workers; ++worker) {
          questions.add(worker, wire::ReadLog{conversation(worker, step), 0, wire::max_page_entries});
        }
      }
    });
  }

  /// Full pages of one pair's history.
  Costs read_history() {
    auto reader = site_->stream(0);
    if (!reader) return std::unexpected(reader.error());
    const ConversationId log =
        service::direct_conversation_id(site_->residents()[0].caller.account, site_->residents()[1].caller.account);
    return ask(window, {reader->get()}, [&](Questions& questions) {
      for (unsigned round = 0; round < 20; ++round) {
        for (std::uint64_t after = 0; after < messages_of_a_pair; after += wire::max_page_entries) {
          questions.add(0, wire::ReadLog{log, after, wire::max_page_entries});
        }
      }
    });
  }

  /// The workers come back with new connections.
  Costs come_back() {
    const auto cursors = read_cursors();
    if (!cursors) return std::unexpected(cursors.error());
    Crowd crowd(
        {.endpoint = site_->endpoint(),
         .size = workers,
         .at_once = window,
         .token =
             [this](std::size_t worker) { return site_->population().token(site_->residents()[resident(worker)]); },
         .cursors = [&](std::size_t worker) { return (*cursors)[worker]; },
         .missed_entries = missed_in * missed_in_each});
    Report report;
    const Measurement measurement(site_->server().id());
    if (auto opened = crowd.open_until(std::chrono::steady_clock::now() + std::chrono::seconds(30)); !opened) {
      return std::unexpected(opened.error());
    }
    measurement.finish(report);
    report.count = crowd.complete();
    if (report.count != workers) return std::unexpected("not all came back within 30 s");
    return Cost{report.count, report.microseconds_each(), crowd.latency()};
  }

  [[nodiscard]] const std::filesystem::path& data() const { return site_->data(); }

  /// Of the last `send`.
  [[nodiscard]] const Report& report() const { return report_; }

 private:
  Town(std::unique_ptr<Site> site, unsigned people) : site_(std::move(site)), people_(people) {}

  /// The number of a worker's neighbour in the circle. The workers of a large circle stand far apart.
  [[nodiscard]] std::size_t resident(std::size_t worker, std::size_t step = 0) const {
    return 2 * pairs + (worker * people_ / workers + step) % people_;
  }

  [[nodiscard]] ConversationId conversation(unsigned worker, unsigned step) const {
    return service::direct_conversation_id(site_->residents()[resident(worker)].caller.account,
                                           site_->residents()[resident(worker, step)].caller.account);
  }

  template <class Fill>
  Costs ask(unsigned at_once, std::vector<LoadConnection*> streams, const Fill& fill) {
    Questions questions(std::move(streams));
    fill(questions);
    Report report;
    const Measurement measurement(site_->server().id());
    if (auto asked = questions.ask_all(at_once); !asked) return std::unexpected(asked.error());
    measurement.finish(report);
    report.count = questions.latency().count();
    return Cost{report.count, report.microseconds_each(), questions.latency()};
  }

  template <class Fill>
  Costs ask(unsigned at_once, const Fill& fill) {
    std::vector<LoadConnection*> streams;
    for (const auto& stream : streams_) streams.push_back(stream.get());
    return ask(at_once, std::move(streams), fill);
  }

  /// Of each worker: all conversations, up to the end but for what was missed in some.
  std::expected<std::vector<std::vector<wire::Cursor>>, std::string> read_cursors() {
    std::vector<std::vector<wire::Cursor>> cursors;
    for (unsigned worker = 0; worker < workers; ++worker) {
      auto stream = site_->stream(resident(worker));
      if (!stream) return std::unexpected(stream.error());
      auto listed = (*stream)->call(wire::ListConversations{});
      if (!listed) return std::unexpected(listed.error());
      auto& own = cursors.emplace_back();
      for (const wire::Conversation& each : std::get<wire::Conversations>(*listed).conversations) {
        own.push_back({each.conversation, each.head - (own.size() < missed_in ? missed_in_each : 0)});
      }
    }
    return cursors;
  }

  std::unique_ptr<Site> site_;
  unsigned people_;
  MessageIds ids_;
  std::vector<std::unique_ptr<LoadConnection>> streams_;
  Report report_;
};

SitePlan plan_of(const std::filesystem::path& program, const GrowthOptions& options, unsigned people) {
  return {.program = program,
          .people = {.accounts = 2 * pairs,
                     .pairing = PopulationPlan::Pairing::neighbours,
                     .messages = messages_of_a_pair,
                     .circle = {.people = people, .acquaintances = acquaintances, .messages = options.messages}}};
}

double ratio(double large, double small) { return small > 0 ? large / small : 0; }

struct Work {
  std::string name;
  std::function<Costs(Town&)> run;
  /// Of so many rounds the cheapest counts, since others may use the machine too.
  unsigned rounds = 3;
};

/// Does the work at both, one after the other, and appends what it cost.
std::expected<void, std::string> compare(Town& small, Town& large, const Work& work, Report& report) {
  const std::string& name = work.name;
  std::array<Cost, 2> cheapest;
  for (unsigned round = 0; round < work.rounds; ++round) {
    for (const bool is_large : {false, true}) {
      const Costs cost = work.run(is_large ? large : small);
      if (!cost) return std::unexpected(name + ": " + cost.error());
      Cost& best = cheapest[is_large ? 1 : 0];
      if (best.count == 0 || cost->cpu_microseconds < best.cpu_microseconds) best = *cost;
    }
  }
  const auto p50 = [](const Cost& cost) { return static_cast<double>(cost.latency.quantile(0.5)) / 1000; };
  report.figures.push_back({name + "_cpu_us_small", cheapest[0].cpu_microseconds});
  report.figures.push_back({name + "_cpu_us_large", cheapest[1].cpu_microseconds});
  report.figures.push_back({name + "_cpu_ratio", ratio(cheapest[1].cpu_microseconds, cheapest[0].cpu_microseconds)});
  report.figures.push_back({name + "_p50_ms_small", p50(cheapest[0])});
  report.figures.push_back({name + "_p50_ms_large", p50(cheapest[1])});
  report.figures.push_back({name + "_p50_ratio", ratio(p50(cheapest[1]), p50(cheapest[0]))});
  return {};
}

/// How the pairs fare, as much as they can write and at a rate.
std::expected<void, std::string> watch_pairs(const std::string& name, Town& town, unsigned seconds, Report& report) {
  const auto saturated = town.send({.seconds = seconds});
  if (!saturated) return std::unexpected(name + ": " + saturated.error());
  report.figures.push_back({name + "_deliveries_per_s", town.report().per_second()});
  const auto paced = town.send({.rate = quiet_rate, .seconds = seconds});
  if (!paced) return std::unexpected(name + ": " + paced.error());
  for (const auto& [suffix, quantile] : {std::pair("_p50_ms", 0.5), std::pair("_p99_ms", 0.99)}) {
    report.figures.push_back({name + suffix, static_cast<double>(paced->latency.quantile(quantile)) / 1000});
  }
  return {};
}

/// The operator's work at the large server.
std::expected<void, std::string> keep_up(Town& large, const UpkeepPlan& plan, unsigned seconds, Report& report) {
  if (auto watched = watch_pairs("without_backup", large, seconds, report); !watched) return watched;
  {
    BackupsAllTheTime backups(plan);
    if (auto watched = watch_pairs("during_backup", large, seconds, report); !watched) return watched;
    const auto took = backups.end();
    if (!took) return std::unexpected(took.error());
    report.figures.push_back({"backup_s", *took});
  }
  const auto checked = run_upkeep(plan, {"check"});
  if (!checked) return std::unexpected(checked.error());
  report.figures.push_back({"check_s", *checked});
  return {};
}

std::expected<Report, std::string> compare_all(Town& small, Town& large, unsigned seconds) {
  // The second message to a conversation finds it remembered, so each is sent but one.
  const std::vector<Work> works = {{"resume", [](Town& town) { return town.come_back(); }},
                                   {"page", [](Town& town) { return town.read_pages(); }},
                                   {"history", [](Town& town) { return town.read_history(); }},
                                   {"elsewhere", [](Town& town) { return town.send_elsewhere(); }, 1},
                                   {"send", [seconds](Town& town) { return town.send({.seconds = seconds}); }}};
  Report report;
  for (const Work& work : works) {
    if (auto compared = compare(small, large, work, report); !compared) return std::unexpected(compared.error());
  }
  Report result = large.report();
  result.form = "growth";
  result.figures = std::move(report.figures);
  result.figures.push_back({"small_deliveries_per_s", small.report().per_second()});
  return result;
}

}  // namespace

std::expected<Report, std::string> run_growth(const std::filesystem::path& program, const GrowthOptions& options) {
  const unsigned people = std::max(workers, options.conversations / acquaintances);
  SitePlan plan = plan_of(program, options, people);
  if (!options.kept.empty()) {
    plan.kept = options.kept / (std::to_string(people) + "-" + std::to_string(options.messages));
  }
  auto small = Town::open(plan_of(program, options, workers));
  if (!small) return std::unexpected(small.error());
  const auto began_at = std::chrono::steady_clock::now();
  auto large = Town::open(plan);
  if (!large) return std::unexpected(large.error());
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began_at;
  auto report = compare_all(*small, *large, options.seconds);
  if (!report) return report;
  if (options.upkeep == GrowthOptions::Upkeep::backup_and_check) {
    if (auto kept = keep_up(*large, {program, large->data()}, options.seconds, *report); !kept) {
      return std::unexpected(kept.error());
    }
  }
  const double conversations = people * acquaintances + pairs;
  report->figures.push_back({"conversations", conversations});
  report->figures.push_back(
      {"messages", static_cast<double>(people * acquaintances * options.messages + pairs * messages_of_a_pair)});
  report->figures.push_back({"preparation_s", took.count()});
  return report;
}

}  // namespace sotto::bench
