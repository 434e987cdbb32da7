#pragma once

#include "bench/history.h"
#include "bench/peers/peer_site.h"

namespace sotto::bench::peers {

/// As `bench::run_history`, at a peer: pages back through one account's archive (XEP-0313), 200 messages at a time, one
/// page after the other, because each page is asked for by the oldest message of the one before; `window` counts for
/// nothing. The archive is filled in the database before. The error is a sentence.
std::expected<Report, std::string> run_history(const PeerPlan& plan, const HistoryOptions& options);

}  // namespace sotto::bench::peers
