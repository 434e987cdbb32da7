#pragma once

#include "bench/idle.h"
#include "bench/login.h"
#include "bench/peers/peer_site.h"

namespace sotto::bench::peers {

/// As `bench::run_idle`, at a peer: streams of one reachable account each, and what the server's memory grew by for
/// them; its database's is left out. The error is a sentence.
std::expected<Report, std::string> run_idle(const PeerPlan& plan, const IdleOptions& options);

/// As `bench::run_login` by token, at a peer: connects, authenticates by SASL PLAIN against a password that is kept as
/// plain text, binds a resource, and resets the connection.
std::expected<Report, std::string> run_login(const PeerPlan& plan, const LoginOptions& options);

}  // namespace sotto::bench::peers
