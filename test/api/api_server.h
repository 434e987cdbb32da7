#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <mutex>
#include <thread>

#include "bus/local_bus.h"
#include "crypto/system_random.h"
#include "gateway/gateway.h"
#include "service/testing/test_account.h"

namespace sotto::test {

enum class Backend : std::uint8_t { memory, sqlite };

/// The wall clock, moved by what a test says.
class MovableClock final : public Clock {
 public:
  [[nodiscard]] UnixMillis now() const override { return SystemClock().now() + Milliseconds{shift_.load()}; }
  void move(Milliseconds span) { shift_ += span.count; }

 private:
  std::atomic<std::int64_t> shift_ = 0;
};

class RecordedEvents final : public service::EventLog {
 public:
  void record(const service::SecurityEvent& event) override;
  [[nodiscard]] std::vector<service::SecurityEvent> take();

 private:
  std::mutex mutex_;
  std::vector<service::SecurityEvent> events_;
};

struct ApiOptions {
  Backend backend = Backend::memory;
  /// The name of a registered SQLite VFS; empty for the default.
  std::string vfs;
  gateway::GatewaySettings gateway;
  service::RateLimitSettings limits = service::RateLimitSettings::unlimited();
  gateway::PasswordPool::Settings passwords;
  std::optional<transport::CertificateFiles> certificate;
  gateway::WebApp web{};
};

/// A whole server but for its program, in this process.
class ApiServer {
 public:
  explicit ApiServer(ApiOptions options = {});
  ~ApiServer();
  ApiServer(const ApiServer&) = delete;
  ApiServer& operator=(const ApiServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::uint16_t admin_port() const { return admin_port_; }
  /// Stops in order and waits for it. False if it did not come to an end.
  bool stop();
  [[nodiscard]] gateway::Metrics metrics();
  [[nodiscard]] std::size_t connections();
  [[nodiscard]] std::size_t password_requests() const { return pool_.requests(); }

  MovableClock clock;
  crypto::SystemRandom random;
  RecordedEvents events;

  void reload_certificates();

  /// What a signed-in device can do, without the wire: for tokens that nobody was given.
  [[nodiscard]] const service::AccessTokens& tokens() const { return *tokens_; }
  void publish(const service::Notice& notice) { bus_.publish(notice); }

 private:
  [[nodiscard]] std::uint16_t listen(gateway::PortKind kind);
  template <class Function>
  auto on_network_thread(Function function);

  ApiOptions options_;
  std::filesystem::path directory_;
  boost::asio::io_context context_{1};
  bus::LocalBus bus_;
  std::unique_ptr<service::Storage> storage_;
  std::optional<service::AccessTokens> tokens_;
  std::optional<service::Passwords> passwords_;
  std::optional<service::Rules> rules_;
  service::EndedLogins ended_logins_{minutes(11)};
  service::RateLimits limits_;
  gateway::PasswordPool pool_;
  std::optional<gateway::Gateway> gateway_;
  std::uint16_t port_ = 0;
  std::uint16_t admin_port_ = 0;
  std::thread thread_;
};

}  // namespace sotto::test
