#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/secret.h"

namespace sotto::cli {

enum class FileError : std::uint8_t {
  missing,
  /// Someone other than its owner may read or write it.
  open_to_others,
  /// Larger than any file that this program writes for itself (64 KiB).
  too_large,
  /// The operating system refused; `errno` tells why.
  failed,
};

/// Reads a file that only its owner may touch. Follows no symbolic link.
[[nodiscard]] std::expected<SecretBuffer, FileError> read_private_file(const std::filesystem::path& path);

/// Replaces the file by `content` with mode 0600, atomically: after a crash the old content stands or the new one.
[[nodiscard]] std::expected<void, FileError> write_private_file(const std::filesystem::path& path, ByteView content);

/// Makes sure that the directory exists, belongs to this user and is closed to others (mode 0700). A directory that
/// stands open is closed when it is empty, else refused: something else may rely on it.
[[nodiscard]] std::expected<void, FileError> make_private_directory(const std::filesystem::path& path);

}  // namespace sotto::cli
