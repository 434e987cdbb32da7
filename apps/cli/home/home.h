#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "cli/console/failure.h"

namespace sotto::cli {

/// The directory that holds one device of one account:
///
///   storage-key.json   where the database's key is kept (storage_key/storage_key.h)
///   storage.key        that key, if it is kept in a file
///   client.db          everything that the engine knows; texts and keys in it are sealed
///   server             the address of the server, one line
class Home {
 public:
  explicit Home(std::filesystem::path directory) : directory_(std::move(directory)) {}

  [[nodiscard]] const std::filesystem::path& directory() const { return directory_; }
  [[nodiscard]] std::filesystem::path database() const { return directory_ / "client.db"; }

  /// The address that `remember_server` was last given.
  [[nodiscard]] std::optional<std::string> remembered_server() const;
  [[nodiscard]] std::expected<void, Failure> remember_server(const std::string& url) const;

 private:
  std::filesystem::path directory_;
};

/// `~/.local/share/sotto`. Empty if there is no home directory.
[[nodiscard]] std::filesystem::path default_home_directory();

/// Holds the home for this process alone while it lives: for making its key, which must happen once.
class HomeLock {
 public:
  /// Waits for whoever holds it. Nothing if the directory cannot be opened.
  [[nodiscard]] static std::optional<HomeLock> take(const std::filesystem::path& directory);
  HomeLock(HomeLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  HomeLock& operator=(HomeLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~HomeLock();

 private:
  explicit HomeLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace sotto::cli
