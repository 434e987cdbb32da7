#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "storage/sqlite/database_copy.h"

namespace sotto::server {

// Backups of a server in a directory of their own: files whose names say when they were made, such as
// `sotto-20261122T010203Z.db`. Other files there are nobody's business here.

[[nodiscard]] std::string backup_name(UnixMillis at);
/// When a backup was made, to the second; nothing if the name is not one of a backup.
[[nodiscard]] std::optional<UnixMillis> time_of_backup(std::string_view name);

/// Where a server's database is, and where its backups go.
struct BackupPlaces {
  std::filesystem::path data;
  /// Made, for its owner alone, if it is not there.
  std::filesystem::path backups;
};

struct MadeBackup {
  std::filesystem::path path;
  /// Octets.
  std::uint64_t size = 0;
};

/// Makes a backup, also beside a running server (`storage::sqlite::copy_database`). The error is a text for the
/// operator.
[[nodiscard]] std::expected<MadeBackup, std::string> make_backup(const BackupPlaces& places, UnixMillis now,
                                                                 const storage::sqlite::GiveUp& give_up);

/// The newest backups are kept whatever their age: a clock that jumps ahead must not cost the last of them.
inline constexpr std::size_t backups_always_kept = 3;

/// Of the names of files in a directory those of backups made more than `age` before `now`.
[[nodiscard]] std::vector<std::string> expired_backups(std::vector<std::string> names, UnixMillis now,
                                                       Milliseconds age);

/// Removes those, and what interrupted backups left a day ago or earlier; returns how many. What cannot be removed
/// stays until the next time.
std::size_t remove_expired_backups(const std::filesystem::path& directory, UnixMillis now, Milliseconds age);

/// When the newest backup was made; nothing if there is none.
[[nodiscard]] std::optional<UnixMillis> newest_backup(const std::filesystem::path& directory);

/// Puts a backup into a data directory in which there is no database, and holds it against all invariants before it
/// gets its name. The directory stays as it was if anything is wrong. The error is a text for the operator, with what
/// `check_database` found.
[[nodiscard]] std::expected<void, std::string> restore_backup(const std::filesystem::path& backup,
                                                              const std::filesystem::path& data);

}  // namespace sotto::server
