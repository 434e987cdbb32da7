#pragma once

#include "client/turn.h"

namespace sotto::client {

/// Commands that wait at the same time.
inline constexpr std::size_t max_waiting_commands = 256;
/// How long a command waits for the server.
inline constexpr Milliseconds command_timeout = seconds(30);

/// Takes a new command: carries it out, or lets it wait for the server.
void take_command(Turn& turn, CommandFrame frame);

/// Goes on with the commands that wait: each is carried out, fails, or waits on.
void run_waiting(Turn& turn);

/// Whether a command waits that needs a stream although nobody is logged in.
[[nodiscard]] bool wants_login(const Memory& memory);

}  // namespace sotto::client
