#pragma once

#include <expected>
#include <filesystem>
#include <string>

#include "bench/report.h"

namespace sotto::bench {

/// Runs every form briefly, one after the other, and sets what it measured beside the marks that Sotto aims at: a
/// table, or one JSON object for each form, a line each. What could not be run says why in its place.
[[nodiscard]] std::string run_all(const std::filesystem::path& program, ReportFormat format);

}  // namespace sotto::bench
