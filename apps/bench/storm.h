#pragma once

#include "bench/report.h"
#include "bench/site.h"

namespace sotto::bench {

struct StormOptions {
  unsigned clients = 5'000;
  /// Connections that are being opened at the same time; the rest wait their turn as clients with a back-off do.
  unsigned at_once = 1'000;
  /// Messages that each client missed, in one conversation.
  unsigned missed = 20;
};

/// All clients have a stream; the server is killed and started again; all come back, authenticate and resume, each with
/// messages to replay, while 8 pairs that were there first exchange 200 messages a second. An operation is a client
/// that is back; latency counts from when the storm broke loose. The error is a sentence.
std::expected<Report, std::string> run_storm(const std::filesystem::path& program, const StormOptions& options);

}  // namespace sotto::bench
