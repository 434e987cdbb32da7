#pragma once

#include "bench/report.h"
#include "bench/site.h"

namespace sotto::bench {

struct HistoryOptions {
  std::uint64_t messages = 200'000;
  /// Pages that are asked for at the same time.
  unsigned window = 4;
};

/// One reader pages back through a whole conversation, 200 entries at a time; an operation is a page. The error is a
/// sentence.
std::expected<Report, std::string> run_history(const std::filesystem::path& program, const HistoryOptions& options);

}  // namespace sotto::bench
