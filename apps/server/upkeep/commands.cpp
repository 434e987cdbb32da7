#include "server/upkeep/commands.h"

#include <cstdio>

#include "server/upkeep/backup_files.h"
#include "server/upkeep/check.h"

namespace sotto::server {
namespace {

ExitCode tell_failure(const std::string& reason) {
  std::fprintf(stderr, "sottod: %s\n", reason.c_str());
  return ExitCode::failure;
}

std::filesystem::path place_for_backups(const Settings& settings, const std::filesystem::path& asked) {
  if (!asked.empty()) return asked;
  if (!settings.backup.directory.empty()) return settings.backup.directory;
  return std::filesystem::path(settings.server.data) / "backups";
}

}  // namespace

ExitCode run_backup(const Settings& settings, const std::filesystem::path& directory) {
  const BackupPlaces places{.data = settings.server.data, .backups = place_for_backups(settings, directory)};
  const auto made = make_backup(places, SystemClock().now(), [] { return false; });
  if (!made) return tell_failure(made.error());
  std::printf("%s\n", made->path.c_str());
  return ExitCode::success;
}

ExitCode run_restore(const Settings& settings, const std::filesystem::path& backup) {
  if (const auto restored = restore_backup(backup, settings.server.data); !restored) {
    return tell_failure(restored.error());
  }
  std::printf("%s is restored into %s\n", backup.c_str(), settings.server.data.c_str());
  return ExitCode::success;
}

ExitCode run_check(const Settings& settings, const std::filesystem::path& file) {
  const auto findings = check_database(file.empty() ? std::filesystem::path(settings.server.data) / "sotto.db" : file);
  if (!findings) return tell_failure(findings.error());
  std::fputs(print_findings(*findings).c_str(), stdout);
  return all_hold(*findings) ? ExitCode::success : ExitCode::failure;
}

}  // namespace sotto::server
