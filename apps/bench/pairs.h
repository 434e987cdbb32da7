#pragma once

#include "bench/rooms.h"

namespace sotto::bench {

struct PairsOptions {
  unsigned pairs = 16;
  Pace pace;
};

/// Pairs of accounts, one of which writes to the other. The error is a sentence.
std::expected<Report, std::string> run_pairs(const std::filesystem::path& program, const PairsOptions& options);

}  // namespace sotto::bench
