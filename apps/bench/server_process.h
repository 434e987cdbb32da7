#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "bench/load_connection.h"
#include "transport/tls_server.h"

namespace sotto::bench {

struct ServerOptions {
  std::filesystem::path program;
  std::filesystem::path data;
  /// Of 127.0.0.1; 0 for one that is free.
  std::uint16_t port = 0;
  std::optional<transport::CertificateFiles> certificate = {};
};

/// A `sottod` of its own: durability and password hashing as shipped, no rate limits. Ended with the object.
class ServerProcess {
 public:
  /// Starts it and waits until it serves. The error is a sentence.
  static std::expected<std::unique_ptr<ServerProcess>, std::string> start(const ServerOptions& options);
  /// Asks the server to stop and waits for it.
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  /// Ends it as a crash would (SIGKILL) and waits until it is gone.
  void kill();

  [[nodiscard]] Endpoint endpoint() const { return endpoint_; }
  [[nodiscard]] int id() const { return process_; }

 private:
  ServerProcess() = default;
  void end(int signal);

  int process_ = -1;
  Endpoint endpoint_;
};

}  // namespace sotto::bench
