#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <string>

#include "storage/sqlite/server_database.h"

namespace sotto::storage::sqlite {

/// What a copy is made of and where it goes.
struct CopyPlan {
  DatabaseFile from;
  /// Must not exist; its directory must.
  std::filesystem::path to;
};

/// Asked between steps, some hundred times a second: true gives the copying up.
using GiveUp = std::function<bool()>;

/// Copies a server's database as it is at one moment, also while a server works on it: what was acknowledged before the
/// call is in the copy. The copy is one file that needs nothing beside it, only its owner can read it, and when this
/// returns it was compared with itself (`PRAGMA quick_check`), is on the medium and has its name; under `to` there is
/// either the whole copy or nothing. While it runs, the server's write-ahead log grows by what is written meanwhile.
/// Returns the copy's size in octets. The error is a text for the operator.
[[nodiscard]] std::expected<std::uint64_t, std::string> copy_database(const CopyPlan& plan, const GiveUp& give_up);

/// Brings a copy, to which no server was ever started, to the newest schema and takes out what its devices may have
/// used up since it was made: one-time keys that were handed out must not be handed out again, and numbers of mailbox
/// items that were read are passed over. The error is a text for the operator.
[[nodiscard]] std::expected<void, std::string> prepare_restored(const DatabaseFile& copy);

/// Writes a file, or the entries of a directory, to the medium. The error is a text for the operator.
[[nodiscard]] std::expected<void, std::string> write_through(const std::filesystem::path& path);

}  // namespace sotto::storage::sqlite
