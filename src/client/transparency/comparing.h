#pragma once

#include "client/turn.h"

namespace sotto::client {

/// Compares the own view of the log with a checkpoint that another client exported. First the own view is brought up to
/// date, so that an honest log is at least as long as the other view; then the server has to prove that it begins with
/// the other view. A server that cannot has shown two logs, and the two notes prove it.
void run_comparison(Turn& turn, WaitingCommand& waiting, const CompareCheckpoint& command);

void receive_comparison_proof(Turn& turn, const Asked& asked, const wire::Proof& proof);

}  // namespace sotto::client
