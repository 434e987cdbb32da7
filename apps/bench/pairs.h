#pragma once

#include <expected>
#include <string>

#include "bench/report.h"
#include "bench/server_process.h"

namespace sotto::bench {

/// How hard, and for how long, pairs of accounts write to each other.
struct PairsOptions {
  unsigned pairs = 16;
  /// Messages that each sender keeps under way; the next goes out when one has reached its reader.
  unsigned window = 32;
  unsigned seconds = 5;
  std::size_t body_size = 400;
};

/// Closed loop: in each pair one side sends and the other reads. Fails if a message is lost, doubled or out of order.
/// The error is a sentence.
std::expected<DeliveryReport, std::string> run_pairs(ServerProcess& server, const PairsOptions& options);

}  // namespace sotto::bench
