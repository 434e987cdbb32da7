#pragma once

#include "cli/commands/command.h"

namespace sotto::cli {

/// Adds `devices add` and `devices remove` below `devices`.
void add_device_changes(CommandTable& table, CLI::App& devices);

}  // namespace sotto::cli
