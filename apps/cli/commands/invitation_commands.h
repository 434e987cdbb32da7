#pragma once

#include "cli/commands/command.h"

namespace sotto::cli {

/// Adds `group invite`, `invitations`, `revoke`, `join`, `requests`, `approve` and `decline` below `group`.
void add_invitation_commands(CommandTable& table, CLI::App& group);

}  // namespace sotto::cli
