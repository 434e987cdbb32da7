#pragma once

#include "bench/report.h"
#include "bench/site.h"

namespace sotto::bench {

struct LoginOptions {
  /// An access token on a new connection, or a password, which the server hashes at its full cost.
  enum class Kind : std::uint8_t { token, password } kind = Kind::token;
  /// Logins under way at the same time.
  unsigned window = 64;
  unsigned seconds = 4;
};

/// By token: connects, upgrades, authenticates, and resets the connection. By password: signs in over one stream, while
/// two others exchange 200 messages a second, whose latency is told too. The error is a sentence.
std::expected<Report, std::string> run_login(const std::filesystem::path& program, const LoginOptions& options);

}  // namespace sotto::bench
