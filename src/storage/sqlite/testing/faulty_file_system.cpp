#include "storage/sqlite/testing/faulty_file_system.h"

#include <sqlite3.h>

namespace sotto::storage::sqlite::testing {

int FaultyFileSystem::failed(int code) {
  ++failures_;
  return code;
}

std::optional<int> FaultyFileSystem::read(std::string_view) {
  if (fault_ == Fault::read) return failed(SQLITE_IOERR_READ);
  return std::nullopt;
}

std::optional<int> FaultyFileSystem::write(const Write& call) {
  const Fault fault = fault_;
  if (fault == Fault::full || (fault == Fault::database_full && call.file.ends_with(".db"))) return failed(SQLITE_FULL);
  if (fault == Fault::write) return failed(SQLITE_IOERR_WRITE);
  return std::nullopt;
}

std::optional<int> FaultyFileSystem::sync(const Handle& handle, Directory) {
  const bool database = handle.file.ends_with(".db");
  Fault once = database ? Fault::one_database_sync : Fault::one_log_sync;
  const bool fails = (!database && fault_ == Fault::log_sync) || fault_.compare_exchange_strong(once, Fault::none);
  return fails ? std::optional(failed(SQLITE_IOERR_FSYNC)) : std::nullopt;
}

std::optional<int> FaultyFileSystem::share_memory(std::string_view) {
  if (fault_ == Fault::shared_memory_full) return failed(SQLITE_IOERR_SHMSIZE);
  return std::nullopt;
}

}  // namespace sotto::storage::sqlite::testing
