#pragma once

#include <string>

#include "cli/console/exit_code.h"
#include "client/client_error.h"

namespace sotto::cli {

/// Why a command came to nothing, for a person, a program and the shell.
struct Failure {
  ExitCode exit = ExitCode::failed;
  /// Stable name for programs, as `--json` prints it.
  std::string code;
  /// One English sentence or two, for people.
  std::string text;
};

[[nodiscard]] Failure failure_from(const client::ClientError& error);

[[nodiscard]] ExitCode exit_code_of(client::ClientErrorCode code);

}  // namespace sotto::cli
