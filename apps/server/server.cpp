#include "server/server.h"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <cstdio>
#include <future>
#include <sys/resource.h>
#include <thread>
#include <utility>

#include "bus/local_bus.h"
#include "crypto/system_random.h"
#include "gateway/gateway.h"
#include "server/jobs.h"
#include "server/upkeep/backup_schedule.h"
#include "server/web_folder.h"
#include "service/transparency_log.h"
#include "storage/sqlite/sqlite_storage.h"

namespace sotto::server {
namespace {

using boost::system::error_code;
using service::Verdict;
using service::WorkOutcome;

/// A sign that the server could not be built; the log holds the reason.
struct Failure {};

/// Every connection is a file.
void raise_file_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

/// Loads the key that signs access tokens, or makes it at the first start.
class LoadKeyWork final : public service::Work {
 public:
  using Result = std::optional<crypto::Ed25519KeyPair>;

  LoadKeyWork(Random& random, std::promise<Result>& result) : random_(random), result_(result) {}

  Verdict run(service::UnitOfWork& unit) override {
    auto loaded = service::load_token_signing_key(unit, random_);
    if (!loaded) return Verdict::undo;
    key_ = std::move(*loaded);
    return Verdict::keep;
  }
  void finish(WorkOutcome outcome) override {
    result_.set_value(outcome == WorkOutcome::committed ? std::move(key_) : std::nullopt);
  }

 private:
  Random& random_;
  std::promise<Result>& result_;
  Result key_;
};

/// Names the transparency log, and enters accounts that are older than it, some at a time.
class PrepareLogWork final : public service::Work {
 public:
  struct Result {
    service::LogPreparation preparation = service::LogPreparation::damaged;
    std::size_t entered = 0;
  };
  /// Borrowed until the work is finished.
  struct Parts {
    const std::string& origin;
    const Clock& clock;
    Random& random;
    std::promise<std::optional<Result>>& result;
  };
  static constexpr std::size_t accounts_at_a_time = 1'000;

  explicit PrepareLogWork(const Parts& parts) : parts_(parts) {}

  Verdict run(service::UnitOfWork& unit) override {
    const service::Moment moment{parts_.clock.now(), parts_.random};
    result_.preparation = service::prepare_transparency_log(unit, parts_.origin, parts_.random);
    const auto entered = service::log_earlier_accounts(unit, accounts_at_a_time, moment);
    if (!entered) result_.preparation = service::LogPreparation::damaged;
    if (result_.preparation == service::LogPreparation::damaged) return Verdict::undo;
    result_.entered = *entered;
    return Verdict::keep;
  }
  void finish(WorkOutcome outcome) override {
    parts_.result.set_value(outcome == WorkOutcome::committed ? std::optional(result_) : std::nullopt);
  }

 private:
  Parts parts_;
  Result result_;
};

gateway::GatewaySettings gateway_settings(const Settings& settings) {
  gateway::GatewaySettings result;
  result.authentication_timeout = std::chrono::seconds(settings.limits.authentication_seconds);
  result.idle_timeout = std::chrono::seconds(settings.limits.idle_seconds);
  result.max_connections = static_cast<std::size_t>(settings.limits.connections);
  result.max_connections_per_address = static_cast<std::size_t>(settings.limits.connections_per_address);
  result.trusted_proxies = settings.server.trusted_proxies;
  result.allowed_origins = settings.server.allowed_origins;
  if (!settings.server.public_url.empty()) result.allowed_origins.push_back(settings.server.public_url);
  using enum gateway::RegistrationPolicy;
  result.registration = settings.accounts.registration == "open" ? open : closed;
  using gateway::EventAddresses;
  result.event_addresses = settings.log.addresses ? EventAddresses::written : EventAddresses::left_out;
  return result;
}

crypto::Argon2idCost password_cost(const Settings& settings) {
  return {.memory_kib = static_cast<std::uint32_t>(settings.accounts.password_memory_kib),
          .passes = static_cast<std::uint32_t>(settings.accounts.password_passes)};
}

/// A hash takes a processor for a tenth of a second, and messages must find one that is free.
std::size_t password_threads(const Settings& settings) {
  if (settings.accounts.password_threads > 0) return static_cast<std::size_t>(settings.accounts.password_threads);
  return std::max<std::size_t>(std::thread::hardware_concurrency() / 2, 1);
}

gateway::PasswordPool::Settings pool_settings(const Settings& settings) {
  return {.threads = password_threads(settings),
          .max_requests = static_cast<std::size_t>(settings.accounts.password_queue)};
}

BackupSchedule::Settings backup_settings(const Settings& settings) {
  return {.places = {.data = settings.server.data, .backups = settings.backup.directory},
          .interval = hours(settings.backup.interval_hours),
          .retention = days(settings.backup.retention_days)};
}

std::unique_ptr<storage::SqliteStorage> open_storage(const Settings& settings, OperatorLog& log,
                                                     std::function<void()> on_lost) {
  storage::SqliteSettings options;
  options.on_lost = std::move(on_lost);
  options.on_failure = [&log](std::string_view text) {
    log.write(LogLevel::error, "storage failed", {{"reason", std::string(text)}});
  };
  auto storage = storage::SqliteStorage::open(settings.server.data, std::move(options));
  if (storage) return std::move(*storage);
  log.write(LogLevel::error, "the data directory cannot be used", {{"reason", storage.error()}});
  throw Failure{};
}

crypto::Ed25519KeyPair load_key(service::Storage& storage, Random& random, OperatorLog& log) {
  std::promise<LoadKeyWork::Result> promise;
  auto future = promise.get_future();
  auto refused = storage.submit_write(std::make_unique<LoadKeyWork>(random, promise));
  auto key = refused ? std::nullopt : future.get();
  if (key) return std::move(*key);
  log.write(LogLevel::error, "the token signing key cannot be loaded; is the database damaged?");
  throw Failure{};
}

std::string log_origin(const Settings& settings) {
  if (!settings.transparency.origin.empty()) return settings.transparency.origin;
  const std::string& url = settings.server.public_url;
  const std::size_t scheme_end = url.find("://");
  return (scheme_end == std::string::npos ? "sotto.invalid" : url.substr(scheme_end + 3)) + "/transparency";
}

/// Before anything is served: from here on every account has an entry.
void prepare_log(const Settings& settings, service::Storage& storage, const Clock& clock, Random& random,
                 OperatorLog& log) {
  const std::string origin = log_origin(settings);
  std::size_t entered = 0;
  while (true) {
    std::promise<std::optional<PrepareLogWork::Result>> promise;
    auto future = promise.get_future();
    auto refused = storage.submit_write(std::make_unique<PrepareLogWork>(
        PrepareLogWork::Parts{.origin = origin, .clock = clock, .random = random, .result = promise}));
    const auto result = refused ? std::nullopt : future.get();
    if (!result) {
      log.write(LogLevel::error, "the transparency log cannot be prepared; is the database damaged?");
      throw Failure{};
    }
    entered += result->entered;
    if (result->entered == PrepareLogWork::accounts_at_a_time) continue;
    if (entered > 0) {
      log.write(LogLevel::info, "accounts entered in the transparency log", {{"accounts", std::to_string(entered)}});
    }
    if (result->preparation == service::LogPreparation::named_otherwise) {
      log.write(LogLevel::warning, "the transparency log keeps the name of its first start", {{"configured", origin}});
    }
    return;
  }
}

gateway::WebApp load_web_app(const Settings& settings, OperatorLog& log) {
  if (settings.web.root == "none") return gateway::WebApp();
  const std::filesystem::path folder(settings.web.root.empty() ? installed_web_folder().string() : settings.web.root);
  if (folder.empty()) return gateway::WebApp();
  auto files = read_web_folder(folder);
  if (files) return gateway::WebApp(std::move(*files));
  log.write(LogLevel::error, "the web app cannot be served", {{"reason", files.error()}});
  throw Failure{};
}

/// All objects of the server. What is declared later uses what is declared earlier.
class Server {
 public:
  Server(const Settings& settings, OperatorLog& log)
      : settings_(settings),
        log_(log),
        gateway_settings_(gateway_settings(settings)),
        storage_(open_storage(settings, log, [this] { stop_for_lost_storage(); })),
        tokens_(load_key(*storage_, random_, log), token_settings_, clock_.now()),
        passwords_(password_cost(settings), random_),
        rules_(tokens_, passwords_),
        ended_logins_(Milliseconds{token_settings_.lifetime.count + token_settings_.clock_skew.count}),
        limits_(settings.limits.enabled ? service::RateLimitSettings::defaults()
                                        : service::RateLimitSettings::unlimited()),
        pool_(pool_settings(settings)),
        web_(load_web_app(settings, log)),
        gateway_({.context = context_,
                  .storage = *storage_,
                  .rules = rules_,
                  .tokens = tokens_,
                  .ended_logins = ended_logins_,
                  .limits = limits_,
                  .passwords = pool_,
                  .bus = bus_,
                  .events = log_,
                  .clock = clock_,
                  .random = random_,
                  .web = web_,
                  .warn = [this](std::string_view text) { log_.write(LogLevel::warning, text); },
                  .version = SOTTO_VERSION,
                  .numbers = [this] { return numbers(); }},
                 gateway_settings_),
        signals_(context_, SIGTERM, SIGINT),
        reload_signal_(context_, SIGHUP),
        jobs_({.context = context_, .storage = *storage_, .clock = clock_, .log = log_}),
        backups_({.context = context_, .clock = clock_, .log = log_}, backup_settings(settings)) {
    bus_.add_listener(gateway_);
  }

  /// Other threads end first, because they hand values over to the gateway.
  ~Server() {
    // It reads what the storage wants to close.
    backups_.stop();
    pool_.stop();
    storage_.reset();
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Returns when the server was stopped; a failure if it stopped by itself.
  [[nodiscard]] ExitCode run() {
    prepare_log(settings_, *storage_, clock_, random_, log_);
    const std::string url = listen();
    await_signals();
    jobs_.start();
    if (!settings_.backup.directory.empty()) backups_.start();
    std::printf("sottod listening on %s\n", url.c_str());
    if (web_.installed()) tell_of_web_app(url);
    std::fflush(stdout);
    context_.run();
    log_.write(LogLevel::info, "stopped");
    return exit_code_;
  }

 private:
  /// Of what this server does beside serving.
  [[nodiscard]] std::vector<gateway::NamedNumber> numbers() const {
    if (settings_.backup.directory.empty()) return {};
    return backups_.numbers();
  }

  void tell_of_web_app(const std::string& url) {
    const std::string& named = settings_.server.public_url;
    std::printf("web app at %s/\n", (named.empty() ? url : named).c_str());
    const bool local = transport::parse_endpoint(settings_.server.listen)->address().is_loopback();
    if (!named.empty() || local) return;
    log_.write(LogLevel::warning,
               "the web app works under the server's address only: server.public_url does not say its name");
  }

  std::string listen() {
    const auto endpoint = *transport::parse_endpoint(settings_.server.listen);
    gateway::Gateway::Address address{.endpoint = endpoint, .kind = gateway::PortKind::api, .certificate = {}};
    const bool encrypted = !settings_.tls.certificate.empty();
    if (encrypted) address.certificate = {settings_.tls.certificate, settings_.tls.private_key};
    const std::string bound = open_port(address);
    if (!encrypted && !endpoint.address().is_loopback()) {
      log_.write(LogLevel::warning,
                 "listening beyond this machine without TLS: passwords and tokens pass readable unless a proxy in "
                 "front encrypts",
                 {{"address", bound}});
    }
    if (!settings_.admin.listen.empty()) open_admin_port();
    return (encrypted ? "https://" : "http://") + bound;
  }

  std::string open_port(const gateway::Gateway::Address& address) {
    const auto bound = gateway_.listen(address);
    if (bound) return transport::to_text(*bound);
    log_.write(LogLevel::error, "cannot listen", {{"reason", bound.error()}});
    throw Failure{};
  }

  /// A second server on this machine finds the usual address taken; that is no reason not to serve.
  void open_admin_port() {
    const auto endpoint = *transport::parse_endpoint(settings_.admin.listen);
    const auto bound = gateway_.listen({.endpoint = endpoint, .kind = gateway::PortKind::admin, .certificate = {}});
    if (bound) {
      log_.write(LogLevel::info, "metrics served", {{"address", transport::to_text(*bound)}});
    } else {
      log_.write(LogLevel::warning, "metrics are not served", {{"reason", bound.error()}});
    }
  }

  void await_signals() {
    signals_.async_wait([this](const error_code& code, int signal) {
      if (code) return;
      log_.write(LogLevel::info, "stopping", {{"signal", std::to_string(signal)}});
      stop();
    });
    await_reload();
  }

  /// Any thread. Whoever starts the server again makes the storage read back what is on the medium.
  void stop_for_lost_storage() {
    boost::asio::post(context_, [this] {
      log_.write(LogLevel::error, "stopping, because a sync failed: only a server that is started again may write");
      exit_code_ = ExitCode::failure;
      signals_.cancel();
      stop();
    });
  }

  void stop() {
    if (std::exchange(stopping_, true)) return;
    gateway_.stop([this] { context_.stop(); });
  }

  void await_reload() {
    reload_signal_.async_wait([this](const error_code& code, int) {
      if (code) return;
      gateway_.reload_certificates();
      await_reload();
    });
  }

  const Settings& settings_;
  OperatorLog& log_;
  gateway::GatewaySettings gateway_settings_;
  SystemClock clock_;
  crypto::SystemRandom random_;
  boost::asio::io_context context_{1};
  bus::LocalBus bus_;
  std::unique_ptr<storage::SqliteStorage> storage_;
  service::AccessTokenSettings token_settings_;
  service::AccessTokens tokens_;
  service::Passwords passwords_;
  service::Rules rules_;
  service::EndedLogins ended_logins_;
  service::RateLimits limits_;
  gateway::PasswordPool pool_;
  gateway::WebApp web_;
  gateway::Gateway gateway_;
  boost::asio::signal_set signals_;
  boost::asio::signal_set reload_signal_;
  Jobs jobs_;
  BackupSchedule backups_;
  bool stopping_ = false;
  ExitCode exit_code_ = ExitCode::success;
};

}  // namespace

ExitCode serve(const Settings& settings, OperatorLog& log) {
  transport::ignore_broken_pipes();
  raise_file_limit();
  try {
    return Server(settings, log).run();
  } catch (const Failure&) {
    return ExitCode::failure;
  }
}

}  // namespace sotto::server
