#include "storage/sqlite/data_directory.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace sotto::storage::sqlite {

namespace {

constexpr mode_t owner_only_file = S_IRUSR | S_IWUSR;
constexpr mode_t owner_only_directory = S_IRWXU;

std::unexpected<std::string> cannot(std::string_view what, const std::filesystem::path& path, int error) {
  return std::unexpected("cannot " + std::string(what) + " " + path.string() + ": " +
                         std::generic_category().message(error));
}

std::expected<void, std::string> make_directory(const std::filesystem::path& path) {
  const std::filesystem::path parent = path.parent_path();
  std::error_code ignored;
  if (!parent.empty()) std::filesystem::create_directories(parent, ignored);
  if (::mkdir(path.c_str(), owner_only_directory) != 0 && errno != EEXIST) {
    return cannot("create the data directory", path, errno);
  }
  struct stat status = {};
  if (::stat(path.c_str(), &status) != 0) return cannot("open the data directory", path, errno);
  if (!S_ISDIR(status.st_mode)) return cannot("use as data directory", path, ENOTDIR);
  if ((status.st_mode & S_IWOTH) != 0) {
    return std::unexpected("the data directory " + path.string() + " can be written by every user; run: chmod 700 " +
                           path.string());
  }
  return {};
}

/// Makes the directory's own name durable. Not every file system can, and not every parent may be opened.
void sync_parent(const std::filesystem::path& path) {
  const int parent = ::open((std::filesystem::absolute(path) / "..").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (parent < 0) return;
  ::fsync(parent);
  ::close(parent);
}

std::expected<int, std::string> open_for_owner(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, owner_only_file);
  if (file < 0) return cannot("open", path, errno);
  if (::fchmod(file, owner_only_file) != 0) {
    const int error = errno;
    ::close(file);
    return cannot("restrict the permissions of", path, error);
  }
  return file;
}

/// Brings to the medium what waits for it, and drops what the system remembers of the file.
std::expected<void, std::string> read_from_medium(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) return errno == ENOENT ? std::expected<void, std::string>() : cannot("open", path, errno);
  const bool synced = ::fsync(file) == 0;
  const int error = errno;
  ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
  ::close(file);
  return synced ? std::expected<void, std::string>() : cannot("sync", path, error);
}

}  // namespace

std::expected<DataDirectory, std::string> DataDirectory::claim(const std::filesystem::path& path) {
  if (const auto made = make_directory(path); !made) return std::unexpected(made.error());
  sync_parent(path);
  const std::filesystem::path lock_path = path / "lock";
  const std::expected<int, std::string> lock = open_for_owner(lock_path);
  if (!lock) return std::unexpected(lock.error());
  if (::flock(*lock, LOCK_EX | LOCK_NB) != 0) {
    const int error = errno;
    ::close(*lock);
    if (error != EWOULDBLOCK) return cannot("lock", lock_path, error);
    return std::unexpected("the data directory " + path.string() + " is in use by another server");
  }
  return DataDirectory(path, *lock);
}

DataDirectory::DataDirectory(DataDirectory&& other) noexcept
    : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)) {}

DataDirectory::~DataDirectory() {
  if (lock_ >= 0) ::close(lock_);
}

std::expected<void, std::string> DataDirectory::prepare_database() const {
  const std::expected<int, std::string> file = open_for_owner(database());
  if (!file) return std::unexpected(file.error());
  ::close(*file);
  return read_from_medium(database().string() + "-wal");
}

}  // namespace sotto::storage::sqlite
