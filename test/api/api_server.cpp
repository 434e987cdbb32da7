#include "api/api_server.h"

#include <boost/asio/post.hpp>
#include <future>
#include <unistd.h>

#include "base/invariant.h"
#include "base/text_encoding.h"
#include "storage/memory/memory_storage.h"
#include "storage/sqlite/sqlite_storage.h"

namespace sotto::test {
namespace {

/// Cheap enough for many tests; no server would be run with it.
constexpr crypto::Argon2idCost password_cost{.memory_kib = 8, .passes = 1};
constexpr std::chrono::seconds patience{30};

std::filesystem::path fresh_directory(Random& random) {
  ByteArray<8> name{};
  random.fill(name);
  return std::filesystem::temp_directory_path() / ("sotto-api-test-" + to_hex(name));
}

std::unique_ptr<service::Storage> open_storage(const ApiOptions& options, const std::filesystem::path& directory) {
  if (options.backend == Backend::memory) return std::make_unique<storage::MemoryStorage>();
  storage::SqliteSettings settings;
  settings.vfs = options.vfs;
  auto storage = storage::SqliteStorage::open(directory, std::move(settings));
  invariant(storage.has_value());
  return std::move(*storage);
}

}  // namespace

void RecordedEvents::record(const service::SecurityEvent& event) {
  const std::lock_guard lock(mutex_);
  events_.push_back(event);
}

std::vector<service::SecurityEvent> RecordedEvents::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(events_, {});
}

ApiServer::ApiServer(ApiOptions options)
    : options_(std::move(options)),
      directory_(fresh_directory(random)),
      storage_(open_storage(options_, directory_)),
      limits_(options_.limits),
      pool_(options_.passwords) {
  transport::ignore_broken_pipes();
  tokens_.emplace(crypto::generate_ed25519(random), service::AccessTokenSettings{}, clock.now());
  passwords_.emplace(password_cost, random);
  rules_.emplace(*tokens_, *passwords_);
  gateway_.emplace(gateway::Gateway::Parts{.context = context_,
                                           .storage = *storage_,
                                           .rules = *rules_,
                                           .tokens = *tokens_,
                                           .ended_logins = ended_logins_,
                                           .limits = limits_,
                                           .passwords = pool_,
                                           .bus = bus_,
                                           .events = events,
                                           .clock = clock,
                                           .random = random,
                                           .web = options_.web,
                                           .warn = [](std::string_view) {}},
                   options_.gateway);
  bus_.add_listener(*gateway_);
  port_ = listen(gateway::PortKind::api);
  admin_port_ = listen(gateway::PortKind::admin);
  thread_ = std::thread([this] {
    const auto work = boost::asio::make_work_guard(context_);
    context_.run();
  });
}

std::uint16_t ApiServer::listen(gateway::PortKind kind) {
  const bool api = kind == gateway::PortKind::api;
  const auto endpoint = gateway_->listen({.endpoint = *transport::parse_endpoint("127.0.0.1:0"),
                                          .kind = kind,
                                          .certificate = api ? options_.certificate : std::nullopt});
  invariant(endpoint.has_value());
  return endpoint->port();
}

template <class Function>
auto ApiServer::on_network_thread(Function function) {
  std::promise<decltype(function())> promise;
  auto future = promise.get_future();
  boost::asio::post(context_, [&] { promise.set_value(function()); });
  return future.get();
}

gateway::Metrics ApiServer::metrics() {
  return on_network_thread([this] { return gateway_->metrics(); });
}

std::size_t ApiServer::connections() {
  return on_network_thread([this] { return gateway_->connections(); });
}

void ApiServer::reload_certificates() {
  (void)on_network_thread([this] {
    gateway_->reload_certificates();
    return true;
  });
}

bool ApiServer::stop() {
  std::promise<void> stopped;
  auto future = stopped.get_future();
  boost::asio::post(context_, [&] { gateway_->stop([&stopped] { stopped.set_value(); }); });
  return future.wait_for(patience) == std::future_status::ready;
}

ApiServer::~ApiServer() {
  context_.stop();
  thread_.join();
  pool_.stop();
  storage_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

}  // namespace sotto::test
