#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

struct sqlite3_vfs;

namespace sotto::storage::sqlite::testing {

/// What stands between SQLite and the operating system's files. Each function returns SQLite's result code in place of
/// the real call, which is then not made, or nothing to let it go on. Called on SQLite's threads. A file is named
/// without its folder, such as "sotto.db-wal"; a temporary one has no name.
class FileCalls {
 public:
  enum class Directory : std::uint8_t {
    as_it_is,
    /// The call also makes durable which files there are.
    synced,
  };
  struct Write {
    std::string_view file;
    std::uint64_t offset = 0;
    ByteView octets;
  };
  /// One opening of a file; each connection has its own.
  struct Handle {
    std::string_view file;
    const void* number = nullptr;
  };

  virtual ~FileCalls() = default;
  virtual std::optional<int> open(const Handle&) { return std::nullopt; }
  virtual std::optional<int> read(std::string_view) { return std::nullopt; }
  virtual std::optional<int> write(const Write&) { return std::nullopt; }
  virtual std::optional<int> truncate(std::string_view, std::uint64_t) { return std::nullopt; }
  virtual std::optional<int> sync(const Handle&, Directory) { return std::nullopt; }
  virtual std::optional<int> remove(std::string_view, Directory) { return std::nullopt; }
  /// Growing the memory that connections share.
  virtual std::optional<int> share_memory(std::string_view) { return std::nullopt; }
  /// `PRAGMA name = value`; what is answered here, SQLite itself passes over.
  virtual std::optional<int> pragma(std::string_view, std::string_view) { return std::nullopt; }
};

/// A SQLite VFS over the default one with `FileCalls` in between. Registered for the life of the object; connections to
/// it must be closed before. Several may live beside one another under different names.
class LayeredFileSystem {
 public:
  /// Borrows `calls`.
  LayeredFileSystem(std::string name, FileCalls& calls);
  LayeredFileSystem(const LayeredFileSystem&) = delete;
  LayeredFileSystem& operator=(const LayeredFileSystem&) = delete;
  ~LayeredFileSystem();

  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  std::string name_;
  std::unique_ptr<sqlite3_vfs> vfs_;
};

}  // namespace sotto::storage::sqlite::testing
