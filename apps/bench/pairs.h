#pragma once

#include "bench/rooms.h"

namespace sotto::bench {

struct PairsOptions {
  unsigned pairs = 16;
  /// Accounts in the database who do not write, to see what size costs; in pairs too.
  unsigned others = 0;
  /// Messages that every conversation holds before.
  std::uint64_t messages = 0;
  Pace pace;
};

/// Pairs of accounts, one of which writes to the other. The error is a sentence.
std::expected<Report, std::string> run_pairs(const std::filesystem::path& program, const PairsOptions& options);

}  // namespace sotto::bench
