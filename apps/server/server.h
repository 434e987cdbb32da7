#pragma once

#include "server/operator_log.h"
#include "server/settings.h"

namespace sotto::server {

enum class ExitCode : int {
  success = 0,
  /// The server could not start or had to stop; the log says why.
  failure = 1,
  /// The command line or the configuration is wrong.
  usage = 2,
};

/// Builds the server, serves until SIGTERM or SIGINT, and takes it down in order. Writes one line to standard output
/// when it accepts connections: `sottod listening on http://127.0.0.1:7380`.
[[nodiscard]] ExitCode serve(const Settings& settings, OperatorLog& log);

}  // namespace sotto::server
