#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <string>
#include <sys/types.h>

#include "bench/load_connection.h"

namespace sotto::bench {

/// A `sottod` of our own on a temporary data directory and a free port. It ends, and its directory goes, with the
/// object.
class ServerProcess {
 public:
  /// `program` is the path of `sottod`. Rate limits are off and password hashing is cheap, because neither is what is
  /// measured; durability is as shipped. The error is a sentence.
  static std::expected<std::unique_ptr<ServerProcess>, std::string> start(const std::filesystem::path& program);
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  [[nodiscard]] Endpoint endpoint() const { return endpoint_; }
  /// User and system time so far, by the operating system's account.
  [[nodiscard]] std::uint64_t cpu_microseconds() const;
  [[nodiscard]] std::uint64_t resident_kilobytes() const;

 private:
  ServerProcess() = default;

  pid_t process_ = -1;
  std::filesystem::path data_;
  Endpoint endpoint_;
};

}  // namespace sotto::bench
