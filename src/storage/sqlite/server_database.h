#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <string>

#include "storage/sqlite/connection.h"

namespace sotto::storage::sqlite {

/// "SOTT" in ASCII; marks a file as a Sotto server's database.
inline constexpr std::int64_t server_application_id = 0x534F'5454;

struct DatabaseFile {
  std::filesystem::path path;
  /// The name of a registered SQLite VFS; empty for the default.
  std::string vfs;
};

/// Opens a server's database for writing, in WAL mode and brought to the newest schema. An empty file becomes one. The
/// error is a text for the operator: unreadable, foreign, or written by a newer version.
[[nodiscard]] std::expected<std::unique_ptr<Connection>, std::string> open_server_database(const DatabaseFile& file);

/// Opens one more connection to a database that `open_server_database` has opened.
[[nodiscard]] std::expected<std::unique_ptr<Connection>, std::string> open_again(const DatabaseFile& file,
                                                                                 Access access);

}  // namespace sotto::storage::sqlite
