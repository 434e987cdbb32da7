#pragma once

#include "client/running_command.h"

namespace sotto::client {

// What others are shown of this account, what it is shown of them, and whom it has blocked.

void run_command(RunningCommand& running, const ChangePrivacy& command);
void run_command(RunningCommand& running, const WatchPresence& command);
void run_command(RunningCommand& running, const BlockAccount& command);
void run_command(RunningCommand& running, const ListBlockedAccounts& command);

/// The answer to a question of one of these commands. False if it is none that they call for.
bool receive_privacy(Turn& turn, const Asked& asked, const wire::Answer& answer);

/// Names those of whose presence this process wants to be told, once on each stream.
void pump_presence(Turn& turn);
void receive_presence(Turn& turn, const wire::Presence& presence);

}  // namespace sotto::client
