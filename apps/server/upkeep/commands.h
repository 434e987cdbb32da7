#pragma once

#include <filesystem>

#include "server/server.h"

namespace sotto::server {

// `sottod backup`, `restore` and `check`: results to standard output, what is wrong to standard error.

/// Prints the path of the backup that was made in `directory`; if that is empty, in `backup.directory`, and without one
/// in `backups` below the data directory.
[[nodiscard]] ExitCode run_backup(const Settings& settings, const std::filesystem::path& directory);

[[nodiscard]] ExitCode run_restore(const Settings& settings, const std::filesystem::path& backup);

/// Prints a line for each invariant. Looks at the file if one is named, else at the database of the data directory.
[[nodiscard]] ExitCode run_check(const Settings& settings, const std::filesystem::path& file);

}  // namespace sotto::server
