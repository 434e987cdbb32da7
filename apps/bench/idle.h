#pragma once

#include "bench/report.h"
#include "bench/site.h"

namespace sotto::bench {

struct IdleOptions {
  unsigned connections = 5'000;
  LoadConnection::Security security = LoadConnection::Security::plain;
};

/// Opens authenticated, resumed streams that then say nothing, and weighs the server before and after; an operation is
/// the opening of one. The error is a sentence.
std::expected<Report, std::string> run_idle(const std::filesystem::path& program, const IdleOptions& options);

}  // namespace sotto::bench
