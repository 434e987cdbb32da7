#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/time.h"
#include "storage/sqlite/statement.h"

struct sqlite3;

namespace sotto::storage::sqlite {

/// What SQLite said. `code` is its extended result code (https://sqlite.org/rescode.html); `text` is for logs and
/// names no stored value.
struct Error {
  int code = 0;
  std::string text;
};

enum class Access : std::uint8_t {
  read_only,
  /// The file must exist.
  read_write,
  /// The file is created if it does not exist.
  create,
};

enum class Synchronous : std::uint8_t {
  /// The last commits may be lost when power fails; the file stays whole (WAL).
  normal,
  /// A commit that returned is on the medium.
  full,
};

struct OpenOptions {
  Access access = Access::create;
  Synchronous synchronous = Synchronous::full;
  /// How long a statement waits for another connection's lock.
  Milliseconds busy_timeout = {5'000};
  /// The name of a registered SQLite VFS; empty for the default.
  std::string vfs = {};
};

/// A connection to one SQLite database. Used by one thread at a time. It keeps the first failure of anything that was
/// done through it; from then on its statements do nothing until `take_failure`, so that callers write straight code
/// and check once before they commit.
class Connection {
 public:
  /// Opens the file with foreign keys enforced. ":memory:" is a private database in memory.
  [[nodiscard]] static std::expected<std::unique_ptr<Connection>, Error> open(const std::string& path,
                                                                              const OpenOptions& options);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  /// Every `Statement` must have ended.
  ~Connection();

  /// Runs one or more statements without parameters. `sql` is fixed text of the program, never made from data.
  /// False if one failed; the rest was not run.
  bool execute(std::string_view sql);

  /// Begins a use of the prepared form of `sql`, which is prepared at the first use and kept. `sql` is fixed text of
  /// the program with parameters for all data. Uses of the same text may be nested.
  [[nodiscard]] Statement statement(std::string_view sql);

  /// Begins a transaction that holds the write lock from the start.
  bool begin_write();
  /// Begins a transaction whose reads all see the state at its first read.
  bool begin_read();
  /// False if it failed, and then the transaction was rolled back. After an earlier failure it is rolled back too.
  bool commit();
  /// Ends the transaction without effect, if there is one. Works after a failure and leaves that recorded.
  void roll_back();
  [[nodiscard]] bool in_transaction() const;

  /// Rows that the last INSERT, UPDATE or DELETE changed.
  [[nodiscard]] std::size_t changes() const;
  [[nodiscard]] std::int64_t last_insert_rowid() const;

  [[nodiscard]] bool has_failed() const { return failure_.has_value(); }
  /// The first failure since the last call, if any; the connection is usable again afterwards.
  std::optional<Error> take_failure();
  /// Records a failure that the caller found out itself, such as a value that cannot be right.
  void record(Error error);

  /// SQLite's own handle, for what this class does not offer.
  [[nodiscard]] sqlite3* handle() const { return handle_; }

 private:
  friend class Statement;

  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  struct Prepared {
    sqlite3_stmt* handle = nullptr;
    bool in_use = false;
  };

  explicit Connection(sqlite3* handle) : handle_(handle) {}

  /// Records a failure if `code` is one.
  void check(int code);
  [[nodiscard]] sqlite3_stmt* prepare(std::string_view sql, unsigned flags);

  sqlite3* handle_;
  // Node-based, so that the address of `in_use` stays.
  std::unordered_map<std::string, Prepared, TextHash, std::equal_to<>> prepared_;
  std::optional<Error> failure_;
};

/// A transaction that is rolled back unless `commit` was called.
class WriteTransaction {
 public:
  explicit WriteTransaction(Connection& connection) : connection_(connection) { connection_.begin_write(); }
  WriteTransaction(const WriteTransaction&) = delete;
  WriteTransaction& operator=(const WriteTransaction&) = delete;
  ~WriteTransaction() { connection_.roll_back(); }

  /// False if anything in the transaction failed; nothing of it took effect then.
  [[nodiscard]] bool commit() { return connection_.commit(); }

 private:
  Connection& connection_;
};

}  // namespace sotto::storage::sqlite
