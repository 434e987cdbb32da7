#pragma once

#include <atomic>
#include <string>

#include "storage/sqlite/testing/layered_file_system.h"

namespace sotto::storage::sqlite::testing {

/// A SQLite VFS that does what the default one does, except that it can be made to fail as on a full or broken medium.
/// One at a time.
class FaultyFileSystem final : private FileCalls {
 public:
  enum class Fault : int {
    none,
    /// Writing and growing a file say that there is no space.
    full,
    /// There is space in the log, none in the database.
    database_full,
    /// No space for the memory that connections share.
    shared_memory_full,
    /// Writing fails.
    write,
    /// Writing the log to the medium for good (fsync) fails.
    log_sync,
    /// It fails once, and then works as if nothing had happened.
    one_log_sync,
    /// The same for the database itself.
    one_database_sync,
    /// Reading fails.
    read,
  };

  FaultyFileSystem() : files_("sotto-faulty", *this) {}

  [[nodiscard]] const std::string& name() const { return files_.name(); }
  /// Any thread.
  void set(Fault fault) { fault_ = fault; }
  /// Any thread: calls that failed so far.
  [[nodiscard]] std::size_t failures() const { return failures_; }

 private:
  std::optional<int> read(std::string_view file) override;
  std::optional<int> write(const Write& call) override;
  std::optional<int> sync(const Handle& handle, Directory directory) override;
  std::optional<int> share_memory(std::string_view file) override;
  [[nodiscard]] int failed(int code);

  std::atomic<Fault> fault_ = Fault::none;
  std::atomic<std::size_t> failures_ = 0;
  LayeredFileSystem files_;
};

}  // namespace sotto::storage::sqlite::testing
