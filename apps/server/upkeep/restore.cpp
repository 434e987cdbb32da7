#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "server/upkeep/backup_files.h"
#include "server/upkeep/check.h"
#include "storage/sqlite/data_directory.h"

namespace sotto::server {
namespace {

using RestoreResult = std::expected<void, std::string>;
using storage::sqlite::DataDirectory;

std::unexpected<std::string> cannot_restore(std::string_view what, const std::filesystem::path& path,
                                            const std::error_code& failure) {
  return std::unexpected("cannot " + std::string(what) + " " + path.string() + ": " + failure.message());
}

/// What a new file system and a claimed directory hold does not count.
RestoreResult check_empty(const std::filesystem::path& data) {
  std::error_code failure;
  std::filesystem::directory_iterator file(data, failure);
  if (failure) return cannot_restore("read", data, failure);
  for (const std::filesystem::directory_iterator end; file != end; file.increment(failure)) {
    const std::string name = file->path().filename().string();
    if (name == "lock" || name == "lost+found") continue;
    return std::unexpected("the data directory " + data.string() + " is not empty: there is " + name +
                           ". Restore into another one, or move what is there away first");
  }
  return {};
}

/// For the owner alone from the first octet on.
RestoreResult copy_for_owner(const std::filesystem::path& from, const std::filesystem::path& into) {
  const int file = ::open(into.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
  if (file < 0) return cannot_restore("create", into, {errno, std::generic_category()});
  ::close(file);
  std::error_code failure;
  std::filesystem::copy_file(from, into, std::filesystem::copy_options::overwrite_existing, failure);
  if (failure) return cannot_restore("copy", from, failure);
  if (::chmod(into.c_str(), S_IRUSR | S_IWUSR) != 0) {
    return cannot_restore("restrict the permissions of", into, {errno, std::generic_category()});
  }
  return {};
}

/// The file must hold against everything as it is, and again after it was prepared.
RestoreResult check_whole(const std::filesystem::path& file) {
  const auto findings = check_database(file);
  if (!findings) return std::unexpected(findings.error());
  if (all_hold(*findings)) return {};
  return std::unexpected("the backup is damaged:\n" + print_findings(*findings));
}

RestoreResult bring_in(const std::filesystem::path& backup, const std::filesystem::path& unfinished) {
  if (auto copied = copy_for_owner(backup, unfinished); !copied) return copied;
  if (auto prepared = storage::sqlite::prepare_restored({.path = unfinished, .vfs = {}}); !prepared) return prepared;
  if (auto whole = check_whole(unfinished); !whole) return whole;
  return storage::sqlite::write_through(unfinished);
}

void remove_traces(const std::filesystem::path& unfinished) {
  for (const char* beside : {"", "-wal", "-shm", "-journal"}) {
    std::error_code ignored;
    std::filesystem::remove(unfinished.string() + beside, ignored);
  }
}

}  // namespace

std::expected<void, std::string> restore_backup(const std::filesystem::path& backup,
                                                const std::filesystem::path& data) {
  std::error_code failure;
  if (!std::filesystem::is_regular_file(backup, failure)) {
    return std::unexpected("there is no backup " + backup.string());
  }
  const auto claimed = DataDirectory::claim(data);
  if (!claimed) return std::unexpected(claimed.error());
  if (auto empty = check_empty(data); !empty) return empty;
  const std::filesystem::path unfinished = data / "sotto.db.partial";
  if (auto brought = bring_in(backup, unfinished); !brought) {
    remove_traces(unfinished);
    return brought;
  }
  std::filesystem::rename(unfinished, claimed->database(), failure);
  if (failure) {
    remove_traces(unfinished);
    return cannot_restore("name", claimed->database(), failure);
  }
  return storage::sqlite::write_through(data);
}

}  // namespace sotto::server
