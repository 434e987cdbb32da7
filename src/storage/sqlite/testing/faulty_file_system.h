#pragma once

#include <atomic>
#include <string>

namespace sotto::storage::sqlite::testing {

/// A SQLite VFS that does what the default one does, except that writing can be made to fail as on a full or broken
/// medium. Registered for the life of the object; connections to it must be closed before. One at a time.
class FaultyFileSystem {
 public:
  enum class Fault : int {
    none,
    /// Writing and growing a file say that there is no space.
    full,
    /// Writing to the medium for good (fsync) fails.
    sync,
  };

  FaultyFileSystem();
  FaultyFileSystem(const FaultyFileSystem&) = delete;
  FaultyFileSystem& operator=(const FaultyFileSystem&) = delete;
  ~FaultyFileSystem();

  [[nodiscard]] std::string name() const { return "sotto-faulty"; }
  /// Any thread.
  void set(Fault fault);
};

}  // namespace sotto::storage::sqlite::testing
