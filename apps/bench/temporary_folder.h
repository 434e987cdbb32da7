#pragma once

#include <expected>
#include <filesystem>
#include <string>

namespace sotto::bench {

/// A folder of its own among the temporary files, which goes with the object.
class TemporaryFolder {
 public:
  /// The error is a sentence.
  [[nodiscard]] static std::expected<TemporaryFolder, std::string> make();
  ~TemporaryFolder();
  TemporaryFolder(TemporaryFolder&& other) noexcept;
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  explicit TemporaryFolder(std::filesystem::path path) : path_(std::move(path)) {}
  /// Empty if another object has the folder now.
  std::filesystem::path path_;
};

}  // namespace sotto::bench
