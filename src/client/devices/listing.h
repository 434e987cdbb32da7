#pragma once

#include "client/running_command.h"

namespace sotto::client {

// Devices and logins as the user sees them.

void run_command(RunningCommand& running, const ListDevices& command);
void run_command(RunningCommand& running, const ListLogins& command);
void run_command(RunningCommand& running, const NameDevice& command);

/// Answers the command that asked for the logins: with them, or with the devices that they tell the last use of.
void receive_logins(Turn& turn, const Asked& asked, const wire::Logins& logins);

}  // namespace sotto::client
