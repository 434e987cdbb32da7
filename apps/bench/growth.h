#pragma once

#include "bench/report.h"
#include "bench/site.h"

namespace sotto::bench {

struct GrowthOptions {
  /// Of the large server, beside those of its pairs; each with `messages` entries.
  unsigned conversations = 20'000;
  std::uint64_t messages = 10;
  /// How long the pairs write at each server, each time.
  unsigned seconds = 2;
  /// Where the large server's data is kept for later runs with the same two numbers; empty to throw it away.
  std::filesystem::path kept = {};
  /// Whether the large server's operator makes backups and checks the data, too.
  enum class Upkeep : std::uint8_t { none, backup_and_check } upkeep = Upkeep::none;
};

/// The same work at a server that holds hardly more than the people who do it, and at one that holds many others, their
/// conversations and messages: pairs write; messages go to conversations that nobody has used lately; people come back
/// to what they missed; pages of history are read. With upkeep, pairs write at
/// the large server while backups are made of it. Of each the server's processor time and the latency, and the ratios
/// of the large server to the small one. The count and the latency of the report are those of the pairs at the large
/// server. The error is a sentence.
std::expected<Report, std::string> run_growth(const std::filesystem::path& program, const GrowthOptions& options);

}  // namespace sotto::bench
