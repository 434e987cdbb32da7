#pragma once

#include <expected>
#include <memory>
#include <string>

#include "bench/load_connection.h"

namespace sotto::bench {

/// A child process that copies octets: from the sender of a room to its readers. Ended with the object.
class RelayProcess {
 public:
  /// The error is a sentence.
  static std::expected<std::unique_ptr<RelayProcess>, std::string> start();
  ~RelayProcess();
  RelayProcess(const RelayProcess&) = delete;
  RelayProcess& operator=(const RelayProcess&) = delete;

  enum class Role : std::uint8_t { reader, sender };
  struct Seat {
    std::uint8_t room = 0;
    Role role = Role::reader;
  };
  /// A connection that has its seat when this returns.
  [[nodiscard]] std::expected<std::unique_ptr<LoadConnection>, std::string> connect(const Seat& seat) const;

  [[nodiscard]] int id() const { return process_; }

 private:
  RelayProcess() = default;
  int process_ = -1;
  Endpoint endpoint_;
};

}  // namespace sotto::bench
