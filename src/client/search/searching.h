#pragma once

#include "client/turn.h"

namespace sotto::client {

/// Brings the index up to date, a bounded part in each transition, so that building it from a long timeline holds up
/// nothing else. Does nothing before the first search.
void pump_search(Turn& turn);

/// Answers once the index is up to date.
void run_search(Turn& turn, WaitingCommand& waiting, const SearchMessages& command);

}  // namespace sotto::client
