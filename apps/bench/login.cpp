#include "bench/login.h"

#include <chrono>
#include <future>
#include <limits>
#include <thread>

#include "bench/crowd.h"
#include "bench/rooms.h"

namespace sotto::bench {
namespace {

constexpr unsigned sign_in_people = 200;
constexpr unsigned messages_per_second = 200;

std::expected<Report, std::string> run_tokens(Site& site, const LoginOptions& options) {
  // A token says in seconds when it was issued. A server that has run for longer than a token lives, as most have,
  // knows each of them to be its own, and so must this one.
  std::this_thread::sleep_for(std::chrono::milliseconds(1'100));
  std::vector<std::string> tokens;
  for (const Resident& resident : site.residents()) tokens.push_back(site.population().token(resident));
  Crowd crowd({.endpoint = site.endpoint(),
               .size = std::numeric_limits<std::size_t>::max(),
               .at_once = options.window,
               .token = [&](std::size_t number) { return tokens[number % tokens.size()]; },
               .goal = CrowdPlan::Goal::authenticated,
               .keep = CrowdPlan::Keep::none});
  Report report{.form = "login", .unit = "operations"};
  const Measurement measurement(site.server().id());
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(options.seconds);
  if (auto opened = crowd.open_until(end); !opened) return std::unexpected(opened.error());
  measurement.finish(report);
  report.count = crowd.complete();
  report.latency = crowd.latency();
  return report;
}

/// Signs in over one stream, always `window` at the same time.
class SigningIn final : public FrameSink {
 public:
  SigningIn(Site& site, LoadConnection& stream) : site_(site), stream_(stream) {}

  std::expected<void, std::string> run(const LoginOptions& options) {
    stream_.make_nonblocking();
    poller_.watch(stream_);
    for (unsigned count = 0; count < options.window; ++count) begin_one();
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(options.seconds);
    while (std::chrono::steady_clock::now() < end) {
      if (auto flushed = poller_.flush(stream_); !flushed) return flushed;
      if (auto polled = poller_.poll(*this, std::chrono::milliseconds(100)); !polled) return polled;
      if (!fault_.empty()) return std::unexpected(fault_);
    }
    return {};
  }

  void on_frame(LoadConnection& /*connection*/, const wire::ServerFrame& frame) override {
    if (const auto* error = std::get_if<wire::Error>(&frame.answer)) fault_ = "refused: " + error->message;
    if (!std::holds_alternative<wire::SignedIn>(frame.answer)) return;
    const auto took = std::chrono::steady_clock::now() - begun_at_[frame.id - first_id_];
    latency.record(static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(took).count()));
    begin_one();
  }

  Histogram latency;

 private:
  void begin_one() {
    const Resident& resident = site_.residents()[begun_at_.size() % site_.residents().size()];
    const std::uint64_t id = stream_.queue(resident.keys.sign_in());
    if (begun_at_.empty()) first_id_ = id;
    begun_at_.push_back(std::chrono::steady_clock::now());
  }

  Site& site_;
  LoadConnection& stream_;
  Poller poller_;
  std::uint64_t first_id_ = 0;
  std::vector<std::chrono::steady_clock::time_point> begun_at_;
  std::string fault_;
};

std::expected<Report, std::string> run_passwords(Site& site, const LoginOptions& options) {
  auto room = direct_room(site, 0);
  if (!room) return std::unexpected(room.error());
  auto stream = site.stream(2);
  if (!stream) return std::unexpected(stream.error());
  std::vector<Room> rooms;
  rooms.push_back(std::move(*room));
  auto others = std::async(std::launch::async, [&, rooms = std::move(rooms)]() mutable {
    return run_rooms(site.server().id(), std::move(rooms), {.rate = messages_per_second, .seconds = options.seconds});
  });
  Report report{.form = "login-password", .unit = "operations"};
  SigningIn signing_in(site, **stream);
  const Measurement measurement(site.server().id());
  const auto ran = signing_in.run(options);
  measurement.finish(report);
  const auto messages = others.get();
  if (!ran) return std::unexpected(ran.error());
  if (!messages) return std::unexpected(messages.error());
  report.count = signing_in.latency.count();
  report.latency = signing_in.latency;
  report.figures.push_back({"others_p99_ms", static_cast<double>(messages->latency.quantile(0.99)) / 1000});
  return report;
}

}  // namespace

std::expected<Report, std::string> run_login(const std::filesystem::path& program, const LoginOptions& options) {
  const bool by_password = options.kind == LoginOptions::Kind::password;
  PopulationPlan people{.accounts = sign_in_people};
  if (by_password) people.password_cost = crypto::argon2id_login_cost;
  auto site = Site::open({.program = program, .people = people});
  if (!site) return std::unexpected(site.error());
  return by_password ? run_passwords(**site, options) : run_tokens(**site, options);
}

}  // namespace sotto::bench
