#pragma once

namespace sotto::cli {

/// What `sotto` ends with. Scripts rely on the numbers.
enum class ExitCode : int {
  done = 0,
  /// What was asked for did not happen; the message says why.
  failed = 1,
  /// The command line, or a value on it, is not possible.
  usage = 2,
  /// The home holds no account, or its login has ended.
  not_signed_in = 3,
  /// Fewer messages came than were waited for.
  timed_out = 4,
  /// The server could not be reached, or cannot serve at the moment.
  unreachable = 5,
  /// Refused to protect the person: a changed identity, a forged answer, a tampered database, a wrong passphrase.
  refused_for_security = 6,
  /// Ended by Ctrl-C, as shells count it.
  interrupted = 130,
};

}  // namespace sotto::cli
