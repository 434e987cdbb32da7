#include "bench/peers/peer_streams.h"

#include <thread>

#include "bench/peers/xmpp_crowd.h"
#include "bench/process_usage.h"

namespace sotto::bench::peers {
namespace {

/// As many as those of whom `bench::run_login` chooses.
constexpr std::size_t accounts_that_log_in = 200;

std::string stream_account(std::size_t number) { return "account" + std::to_string(number); }

std::expected<std::vector<std::unique_ptr<XmppConnection>>, std::string> open_accounts(const PeerSite& site,
                                                                                       std::size_t count) {
  return open_streams({.endpoint = site.endpoint(),
                       .size = count,
                       .account = stream_account,
                       .purpose = Negotiation::Purpose::register_and_sign_in});
}

}  // namespace

std::expected<Report, std::string> run_idle(const PeerPlan& plan, const IdleOptions& options) {
  const auto site = PeerSite::open(plan);
  if (!site) return std::unexpected(site.error());
  // What the first streams bring into memory is of no single one.
  const auto first = open_accounts(**site, 1);
  if (!first) return std::unexpected(first.error());
  const std::uint64_t before = resident_kilobytes_of((*site)->server());
  Report report{.form = "idle", .unit = "operations"};
  const Measurement measurement((*site)->processes());
  const auto streams = open_streams({.endpoint = (*site)->endpoint(),
                                     .size = options.connections,
                                     .account = [](std::size_t number) { return stream_account(number + 1); },
                                     .purpose = Negotiation::Purpose::register_and_sign_in});
  if (!streams) return std::unexpected(streams.error());
  measurement.finish(report);
  report.count = options.connections;
  // What the server frees lazily it frees within this second.
  std::this_thread::sleep_for(std::chrono::seconds(1));
  report.server_resident_kilobytes = resident_kilobytes_of((*site)->server());
  const double growth = static_cast<double>(report.server_resident_kilobytes) - static_cast<double>(before);
  report.figures.push_back({"server_kb_per_connection", growth / static_cast<double>(options.connections)});
  return report;
}

std::expected<Report, std::string> run_login(const PeerPlan& plan, const LoginOptions& options) {
  const auto site = PeerSite::open(plan);
  if (!site) return std::unexpected(site.error());
  if (const auto made = open_accounts(**site, accounts_that_log_in); !made) return std::unexpected(made.error());
  XmppCrowd crowd({.endpoint = (*site)->endpoint(),
                   .size = std::numeric_limits<std::size_t>::max(),
                   .at_once = options.window,
                   .account = [](std::size_t number) { return stream_account(number % accounts_that_log_in); },
                   .goal = XmppCrowdPlan::Goal::bound,
                   .keep = XmppCrowdPlan::Keep::none});
  Report report{.form = "login", .unit = "operations"};
  const Measurement measurement((*site)->processes());
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(options.seconds);
  if (auto opened = crowd.open_until(end); !opened) return std::unexpected(opened.error());
  measurement.finish(report);
  report.count = crowd.complete();
  report.latency = crowd.latency();
  return report;
}

}  // namespace sotto::bench::peers
