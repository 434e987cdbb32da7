#pragma once

#include "bench/report.h"
#include "bench/server_process.h"

namespace sotto::bench {

struct IdleOptions {
  unsigned connections = 5'000;
};

/// Opens authenticated, resumed streams that then say nothing, and weighs the server before and after. The error is a
/// sentence.
std::expected<IdleReport, std::string> run_idle(ServerProcess& server, const IdleOptions& options);

}  // namespace sotto::bench
