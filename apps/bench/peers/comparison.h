#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "bench/report.h"

namespace sotto::bench::peers {

struct ComparisonPlan {
  /// Sotto's server.
  std::filesystem::path program;
  std::filesystem::path configurations;
  /// Names of works (`names_of_works`); all if empty.
  std::vector<std::string> works = {};
  /// How often each server does each work, in turns; each figure is the best of them.
  unsigned rounds = 1;
  /// How long each work is measured.
  unsigned seconds = 4;
};

[[nodiscard]] std::vector<std::string> names_of_works();

/// Lets each of the servers do the works, one after the other, and sets their figures side by side: a table, or one
/// JSON object for each figure, a line each. What could not be run says why on the standard error and has no figure.
[[nodiscard]] std::string compare(const ComparisonPlan& plan, ReportFormat format);

}  // namespace sotto::bench::peers
