#pragma once

#include "bench/groups.h"
#include "bench/pairs.h"
#include "bench/peers/peer_site.h"

namespace sotto::bench::peers {

/// As `bench::run_pairs`, at a peer: one account of each pair writes to the other, and every message is in an archive,
/// or the run fails. The error is a sentence.
std::expected<Report, std::string> run_pairs(const PeerPlan& plan, const PairsOptions& options);

/// As `bench::run_groups`, at a peer: in each room one occupant writes to all others, and the room has every message
/// in its archive, or the run fails.
std::expected<Report, std::string> run_groups(const PeerPlan& plan, const GroupsOptions& options);

}  // namespace sotto::bench::peers
