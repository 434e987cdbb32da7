#pragma once

#include <expected>
#include <filesystem>
#include <string>

namespace sotto::storage::sqlite {

/// The directory that holds a server's data, claimed for this object alone: no second process, and no second object in
/// this one, can claim it before this one ends. The claim is a lock on the file `lock` inside, which the operating
/// system gives up with the process however that ends.
class DataDirectory {
 public:
  /// Creates the directory, readable by its owner only, if it does not exist. The error is a text for the operator.
  [[nodiscard]] static std::expected<DataDirectory, std::string> claim(const std::filesystem::path& path);

  DataDirectory(DataDirectory&& other) noexcept;
  DataDirectory& operator=(DataDirectory&&) = delete;
  ~DataDirectory();

  [[nodiscard]] std::filesystem::path database() const { return path_ / "sotto.db"; }

  /// Makes sure that the database file exists and only its owner can read it; SQLite gives the files that it puts
  /// beside it the same permissions. To be called before the database is opened.
  ///
  /// Also has the system read the log that a crash left from the medium. It may show octets there that never reached
  /// it, because a sync failed before the crash: what is built on those would be lost with them.
  [[nodiscard]] std::expected<void, std::string> prepare_database() const;

 private:
  DataDirectory(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}

  std::filesystem::path path_;
  int lock_;
};

}  // namespace sotto::storage::sqlite
