#include "cli/home/private_file.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sotto::cli {
namespace {

constexpr std::size_t largest_file = 64 * 1024;

/// Closes what it holds.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

bool write_all(int descriptor, ByteView content) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    content = content.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

bool sync_directory(const std::filesystem::path& directory) {
  const Descriptor opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return opened.is_open() && ::fsync(opened.number()) == 0;
}

std::expected<std::size_t, FileError> readable_size(const Descriptor& file) {
  struct stat status{};
  if (::fstat(file.number(), &status) != 0 || !S_ISREG(status.st_mode)) return std::unexpected(FileError::failed);
  if ((status.st_mode & 077) != 0 || status.st_uid != ::geteuid()) return std::unexpected(FileError::open_to_others);
  if (static_cast<std::size_t>(status.st_size) > largest_file) return std::unexpected(FileError::too_large);
  return static_cast<std::size_t>(status.st_size);
}

}  // namespace

std::expected<SecretBuffer, FileError> read_private_file(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!file.is_open()) return std::unexpected(errno == ENOENT ? FileError::missing : FileError::failed);
  const auto size = readable_size(file);
  if (!size) return std::unexpected(size.error());
  SecretBuffer content(*size);
  std::size_t filled = 0;
  while (filled < *size) {
    const ssize_t got = ::read(file.number(), content.writable().data() + filled, *size - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return std::unexpected(FileError::failed);
    filled += static_cast<std::size_t>(got);
  }
  return content;
}

std::expected<void, FileError> write_private_file(const std::filesystem::path& path, ByteView content) {
  std::filesystem::path unfinished = path;
  unfinished += ".new";
  ::unlink(unfinished.c_str());
  {
    const Descriptor file(::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file.is_open()) return std::unexpected(FileError::failed);
    if (!write_all(file.number(), content) || ::fsync(file.number()) != 0) return std::unexpected(FileError::failed);
  }
  if (::rename(unfinished.c_str(), path.c_str()) != 0) return std::unexpected(FileError::failed);
  if (!sync_directory(path.parent_path())) return std::unexpected(FileError::failed);
  return {};
}

std::expected<void, FileError> make_private_directory(const std::filesystem::path& path) {
  std::error_code failure;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), failure);
  if (failure) return std::unexpected(FileError::failed);
  if (::mkdir(path.c_str(), 0700) == 0) return {};
  struct stat status{};
  if (errno != EEXIST || ::stat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
    return std::unexpected(FileError::failed);
  }
  if (status.st_uid != ::geteuid()) return std::unexpected(FileError::open_to_others);
  if ((status.st_mode & 077) == 0) return {};
  const bool empty = std::filesystem::is_empty(path, failure);
  if (failure || !empty) return std::unexpected(FileError::open_to_others);
  if (::chmod(path.c_str(), 0700) != 0) return std::unexpected(FileError::failed);
  return {};
}

}  // namespace sotto::cli
