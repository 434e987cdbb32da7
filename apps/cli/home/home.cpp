#include "cli/home/home.h"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "cli/home/private_file.h"

namespace sotto::cli {
namespace {

std::filesystem::path server_file(const std::filesystem::path& directory) { return directory / "server"; }

}  // namespace

std::optional<std::string> Home::remembered_server() const {
  const auto content = read_private_file(server_file(directory_));
  if (!content) return std::nullopt;
  std::string url(as_text(content->reveal()));
  while (!url.empty() && (url.back() == '\n' || url.back() == ' ')) url.pop_back();
  if (url.empty()) return std::nullopt;
  return url;
}

std::expected<void, Failure> Home::remember_server(const std::string& url) const {
  if (remembered_server() == url) return {};
  if (write_private_file(server_file(directory_), as_bytes(url + "\n"))) return {};
  return std::unexpected(Failure{.exit = ExitCode::failed,
                                 .code = "storage_failed",
                                 .text = "The server's address could not be written to the home."});
}

std::filesystem::path default_home_directory() {
  const char* home = std::getenv("HOME");
  if (home == nullptr || *home == '\0') return {};
  return std::filesystem::path(home) / ".local" / "share" / "sotto";
}

std::optional<HomeLock> HomeLock::take(const std::filesystem::path& directory) {
  const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return std::nullopt;
  while (::flock(descriptor, LOCK_EX) != 0) {
    if (errno == EINTR) continue;
    ::close(descriptor);
    return std::nullopt;
  }
  return HomeLock(descriptor);
}

HomeLock::~HomeLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace sotto::cli
