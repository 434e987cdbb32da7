#include "storage/client/sqlite_database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>
#include <unordered_map>

#include "base/invariant.h"
#include "storage/sqlite/connection.h"

namespace sotto::storage {
namespace {

constexpr Milliseconds busy_timeout = seconds(10);

// Not SQLITE_TRANSIENT: that macro casts an integer to a function the old way.
const sqlite3_destructor_type copied_by_sqlite = reinterpret_cast<sqlite3_destructor_type>(-1);

client::DatabaseError error_of(int code) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return client::DatabaseError::busy;
    case SQLITE_FULL:
      return client::DatabaseError::full;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return client::DatabaseError::corrupt;
    default:
      return client::DatabaseError::failed;
  }
}

DatabaseOpenError open_error(const sqlite::Error& error) {
  const bool foreign = error_of(error.code) == client::DatabaseError::corrupt;
  return foreign ? DatabaseOpenError::not_a_database : DatabaseOpenError::not_accessible;
}

struct Prepared {
  sqlite3_stmt* handle = nullptr;
  bool in_use = false;
};

/// The first failure of the transaction under way, as SQLite's code; `SQLITE_OK` while there is none.
struct Failure {
  int code = SQLITE_OK;
  void note(int result) {
    if (code == SQLITE_OK) code = result;
  }
};

/// One use of a prepared statement. Without a handle it does nothing: the transaction has failed.
class SqliteStatement final : public client::Statement {
 public:
  SqliteStatement(Failure& failure, sqlite3_stmt* handle, bool* in_use)
      : failure_(failure), handle_(handle), in_use_(in_use) {}
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;
  ~SqliteStatement() override {
    if (handle_ == nullptr) return;
    if (in_use_ == nullptr) {
      sqlite3_finalize(handle_);
      return;
    }
    sqlite3_reset(handle_);
    sqlite3_clear_bindings(handle_);
    *in_use_ = false;
  }

  void bind_integer(int parameter, std::int64_t value) override {
    if (handle_ != nullptr) invariant(sqlite3_bind_int64(handle_, parameter + 1, value) != SQLITE_RANGE);
  }
  void bind_octets(int parameter, ByteView value) override {
    if (handle_ == nullptr) return;
    const void* data = value.empty() ? static_cast<const void*>("") : value.data();
    note_binding(sqlite3_bind_blob64(handle_, parameter + 1, data, value.size(), copied_by_sqlite));
  }
  void bind_text(int parameter, std::string_view value) override {
    if (handle_ == nullptr) return;
    const char* data = value.empty() ? "" : value.data();
    note_binding(sqlite3_bind_text64(handle_, parameter + 1, data, value.size(), copied_by_sqlite, SQLITE_UTF8));
  }
  void bind_null(int parameter) override {
    if (handle_ != nullptr) invariant(sqlite3_bind_null(handle_, parameter + 1) != SQLITE_RANGE);
  }

  bool step() override {
    if (handle_ == nullptr || ended_ || failure_.code != SQLITE_OK) return false;
    const int code = sqlite3_step(handle_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) failure_.note(code);
    ended_ = true;
    sqlite3_reset(handle_);
    return false;
  }
  std::int64_t integer(int column) override { return sqlite3_column_int64(handle_, column); }
  ByteView octets(int column) override {
    const void* data = sqlite3_column_blob(handle_, column);
    if (data == nullptr) return {};
    return {static_cast<const std::uint8_t*>(data), static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
  }
  bool is_null(int column) override { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }

 private:
  void note_binding(int code) {
    invariant(code != SQLITE_RANGE);
    if (code != SQLITE_OK) failure_.note(code);
  }

  Failure& failure_;
  sqlite3_stmt* handle_;
  bool* in_use_;
  bool ended_ = false;
};

/// Makes the file with rights for its owner alone; SQLite gives its companions the same. False if it cannot be had.
bool make_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return false;
  ::close(file);
  return true;
}

}  // namespace

class SqliteDatabase::Implementation {
 public:
  explicit Implementation(std::unique_ptr<sqlite::Connection> connection)
      : connection_(std::move(connection)), handle_(connection_->handle()) {}
  Implementation(const Implementation&) = delete;
  Implementation& operator=(const Implementation&) = delete;
  ~Implementation() {
    for (auto& [sql, prepared] : prepared_) {
      invariant(!prepared.in_use);
      sqlite3_finalize(prepared.handle);
    }
  }

  std::expected<void, client::DatabaseError> begin() {
    failure_ = {};
    const int code = execute("BEGIN IMMEDIATE");
    if (code != SQLITE_OK) return std::unexpected(error_of(code));
    return {};
  }

  std::expected<void, client::DatabaseError> commit() {
    if (failure_.code == SQLITE_OK) failure_.note(execute("COMMIT"));
    if (failure_.code == SQLITE_OK) return {};
    const client::DatabaseError error = error_of(failure_.code);
    roll_back();
    return std::unexpected(error);
  }

  void roll_back() {
    // Some failures (disk full, input or output) have rolled it back already.
    if (sqlite3_get_autocommit(handle_) == 0) execute("ROLLBACK");
    failure_ = {};
  }

  /// Pages are overwritten when they are freed (`secure_delete`), so the log is the only other copy.
  void scrub() { execute("PRAGMA wal_checkpoint(TRUNCATE)"); }

  std::unique_ptr<client::Statement> prepare(std::string_view sql) {
    // Statements are literals, so the address of the text names it.
    auto found = prepared_.find(sql.data());
    if (found == prepared_.end()) {
      sqlite3_stmt* handle = compile(sql, SQLITE_PREPARE_PERSISTENT);
      if (handle == nullptr) return std::make_unique<SqliteStatement>(failure_, nullptr, nullptr);
      found = prepared_.emplace(sql.data(), Prepared{.handle = handle}).first;
    }
    Prepared& prepared = found->second;
    if (prepared.in_use) return std::make_unique<SqliteStatement>(failure_, compile(sql, 0), nullptr);
    prepared.in_use = true;
    return std::make_unique<SqliteStatement>(failure_, prepared.handle, &prepared.in_use);
  }

  [[nodiscard]] std::int64_t changed_rows() const { return sqlite3_changes64(handle_); }

 private:
  int execute(const char* sql) { return sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr); }

  sqlite3_stmt* compile(std::string_view sql, unsigned flags) {
    if (failure_.code != SQLITE_OK) return nullptr;
    sqlite3_stmt* handle = nullptr;
    const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), flags, &handle, nullptr);
    if (code == SQLITE_OK) return handle;
    failure_.note(code);
    return nullptr;
  }

  std::unique_ptr<sqlite::Connection> connection_;
  sqlite3* handle_;
  std::unordered_map<const char*, Prepared> prepared_;
  Failure failure_;
};

std::expected<std::unique_ptr<SqliteDatabase>, DatabaseOpenError> SqliteDatabase::open(const std::string& path) {
  if (path != ":memory:" && !make_file(path)) return std::unexpected(DatabaseOpenError::not_accessible);
  auto connection = sqlite::Connection::open(path, {.access = sqlite::Access::create,
                                                    .synchronous = sqlite::Synchronous::full,
                                                    .busy_timeout = busy_timeout,
                                                    .vfs = {}});
  if (!connection) return std::unexpected(open_error(connection.error()));
  (*connection)->execute("PRAGMA journal_mode = WAL");
  (*connection)->execute("PRAGMA secure_delete = ON");
  if (const auto failure = (*connection)->take_failure()) return std::unexpected(open_error(*failure));
  auto implementation = std::make_unique<Implementation>(std::move(*connection));
  return std::unique_ptr<SqliteDatabase>(new SqliteDatabase(std::move(implementation)));
}

SqliteDatabase::SqliteDatabase(std::unique_ptr<Implementation> implementation)
    : implementation_(std::move(implementation)) {}
SqliteDatabase::~SqliteDatabase() = default;

std::expected<void, client::DatabaseError> SqliteDatabase::begin() { return implementation_->begin(); }
std::expected<void, client::DatabaseError> SqliteDatabase::commit() { return implementation_->commit(); }
void SqliteDatabase::roll_back() { implementation_->roll_back(); }
void SqliteDatabase::scrub() { implementation_->scrub(); }
std::unique_ptr<client::Statement> SqliteDatabase::prepare(std::string_view sql) {
  return implementation_->prepare(sql);
}
std::int64_t SqliteDatabase::changed_rows() { return implementation_->changed_rows(); }

}  // namespace sotto::storage
