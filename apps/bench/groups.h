#pragma once

#include "bench/rooms.h"

namespace sotto::bench {

struct GroupsOptions {
  unsigned groups = 2;
  /// Members of each, the one who writes among them.
  unsigned size = 50;
  /// How many of them never read what is pushed to them, to see what the server keeps for such.
  unsigned deaf = 0;
  Pace pace{.window = 16};
};

/// Groups with a signed chain, in each of which one member writes and all others read. The error is a sentence.
std::expected<Report, std::string> run_groups(const std::filesystem::path& program, const GroupsOptions& options);

}  // namespace sotto::bench
