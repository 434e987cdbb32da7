#include "server/upkeep/backup_files.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <functional>
#include <sys/stat.h>
#include <system_error>

namespace sotto::server {
namespace {

constexpr std::string_view name_prefix = "sotto-";
constexpr std::string_view name_suffix = ".db";
constexpr std::string_view unfinished_suffix = ".db.partial";
constexpr const char* time_format = "%Y%m%dT%H%M%SZ";
constexpr std::size_t time_size = sizeof "20260101T000000Z" - 1;

std::vector<std::string> names_in(const std::filesystem::path& directory) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (std::filesystem::directory_iterator file(directory, ignored), end; file != end; file.increment(ignored)) {
    names.push_back(file->path().filename().string());
  }
  return names;
}

/// Files of backups that nobody works at any more.
std::size_t remove_unfinished(const std::filesystem::path& directory) {
  std::size_t removed = 0;
  for (const std::string& name : names_in(directory)) {
    if (!name.starts_with(name_prefix) || !name.ends_with(unfinished_suffix)) continue;
    std::error_code failure;
    const auto changed = std::filesystem::last_write_time(directory / name, failure);
    const auto age = std::filesystem::file_time_type::clock::now() - changed;
    if (failure || age < std::chrono::hours(24)) continue;
    if (std::filesystem::remove(directory / name, failure)) ++removed;
  }
  return removed;
}

}  // namespace

std::string backup_name(UnixMillis at) {
  const auto seconds = static_cast<std::time_t>(at.value / 1'000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::string text(time_size + 1, '\0');
  text.resize(std::strftime(text.data(), text.size(), time_format, &parts));
  return std::string(name_prefix) + text + std::string(name_suffix);
}

std::optional<UnixMillis> time_of_backup(std::string_view name) {
  if (name.size() != name_prefix.size() + time_size + name_suffix.size()) return std::nullopt;
  if (!name.starts_with(name_prefix) || !name.ends_with(name_suffix)) return std::nullopt;
  const std::string text(name.substr(name_prefix.size(), time_size));
  std::tm parts{};
  const char* const end = ::strptime(text.c_str(), time_format, &parts);
  if (end == nullptr || *end != '\0') return std::nullopt;
  const std::time_t seconds = ::timegm(&parts);
  if (seconds < 0) return std::nullopt;
  const UnixMillis at{static_cast<std::uint64_t>(seconds) * 1'000};
  // What is read must be what would be written, so that no other name is taken for a backup's.
  return backup_name(at) == name ? std::optional(at) : std::nullopt;
}

std::expected<MadeBackup, std::string> make_backup(const BackupPlaces& places, UnixMillis now,
                                                   const storage::sqlite::GiveUp& give_up) {
  std::error_code failure;
  const std::filesystem::path parent = places.backups.parent_path();
  if (!parent.empty()) std::filesystem::create_directories(parent, failure);
  if (::mkdir(places.backups.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
    return std::unexpected("cannot create the directory " + places.backups.string() + ": " +
                           std::generic_category().message(errno));
  }
  MadeBackup made{.path = places.backups / backup_name(now)};
  const auto size =
      storage::sqlite::copy_database({.from = {.path = places.data / "sotto.db", .vfs = {}}, .to = made.path}, give_up);
  if (!size) return std::unexpected(size.error());
  made.size = *size;
  return made;
}

std::vector<std::string> expired_backups(std::vector<std::string> names, UnixMillis now, Milliseconds age) {
  std::erase_if(names, [](const std::string& name) { return !time_of_backup(name); });
  // The names sort as the times do.
  std::ranges::sort(names, std::greater<>());
  names.erase(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), backups_always_kept)));
  std::erase_if(names, [&](const std::string& name) { return now < *time_of_backup(name) + age; });
  return names;
}

std::size_t remove_expired_backups(const std::filesystem::path& directory, UnixMillis now, Milliseconds age) {
  std::size_t removed = remove_unfinished(directory);
  for (const std::string& name : expired_backups(names_in(directory), now, age)) {
    std::error_code ignored;
    if (std::filesystem::remove(directory / name, ignored)) ++removed;
  }
  return removed;
}

std::optional<UnixMillis> newest_backup(const std::filesystem::path& directory) {
  std::optional<UnixMillis> newest;
  for (const std::string& name : names_in(directory)) newest = std::max(newest, time_of_backup(name));
  return newest;
}

}  // namespace sotto::server
