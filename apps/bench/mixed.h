#pragma once

#include "bench/report.h"
#include "bench/site.h"

namespace sotto::bench {

struct MixedOptions {
  unsigned users = 10'000;
  /// Messages a second of all together.
  unsigned rate = 100;
  /// Users a second whose connection breaks and who come back.
  unsigned reconnects = 10;
  unsigned seconds = 6;
};

/// A day like any other: all users have a stream, in pairs that watch each other's presence; each message follows a
/// sign of typing and is marked as delivered and read by its reader; some users come and go. Open loop: latency counts
/// from when a message was due. The error is a sentence.
std::expected<Report, std::string> run_mixed(const std::filesystem::path& program, const MixedOptions& options);

}  // namespace sotto::bench
