#include "storage/sqlite/connection.h"

#include <algorithm>
#include <climits>
#include <sqlite3.h>
#include <utility>

#include "base/invariant.h"

namespace sotto::storage::sqlite {

namespace {

int open_flags(Access access) {
  // A connection belongs to one thread at a time, so SQLite's own mutexes are not needed.
  constexpr int always = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  switch (access) {
    case Access::read_only:
      return always | SQLITE_OPEN_READONLY;
    case Access::read_write:
      return always | SQLITE_OPEN_READWRITE;
    case Access::create:
      return always | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  }
  invariant(false);
  return always;
}

Error last_error(sqlite3* handle, int code) {
  if (handle == nullptr) return {.code = code, .text = sqlite3_errstr(code)};
  return {.code = code, .text = sqlite3_errmsg(handle)};
}

}  // namespace

std::expected<std::unique_ptr<Connection>, Error> Connection::open(const std::string& path,
                                                                   const OpenOptions& options) {
  // SQLite counts what it allocates under one lock of the whole process, which nobody reads here. Has an effect before
  // the first connection only.
  static const int without_statistics = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(without_statistics);
  sqlite3* handle = nullptr;
  const char* vfs = options.vfs.empty() ? nullptr : options.vfs.c_str();
  const int code = sqlite3_open_v2(path.c_str(), &handle, open_flags(options.access), vfs);
  if (code != SQLITE_OK) {
    Error error = last_error(handle, code);
    sqlite3_close_v2(handle);
    return std::unexpected(std::move(error));
  }
  std::unique_ptr<Connection> connection(new Connection(handle));
  sqlite3_busy_timeout(handle, static_cast<int>(std::clamp<std::int64_t>(options.busy_timeout.count, 0, INT_MAX)));
  // Plans that may depend on bound values are made anew for every use of a statement that is kept.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
  connection->execute("PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF");
  connection->execute(options.synchronous == Synchronous::full ? "PRAGMA synchronous = FULL"
                                                               : "PRAGMA synchronous = NORMAL");
  if (std::optional<Error> error = connection->take_failure()) return std::unexpected(std::move(*error));
  return connection;
}

Connection::~Connection() {
  for (auto& [sql, prepared] : prepared_) {
    invariant(!prepared.in_use);
    sqlite3_finalize(prepared.handle);
  }
  sqlite3_close_v2(handle_);
}

bool Connection::execute(std::string_view sql) {
  if (has_failed()) return false;
  check(sqlite3_exec(handle_, std::string(sql).c_str(), nullptr, nullptr, nullptr));
  return !has_failed();
}

Statement Connection::statement(std::string_view sql) {
  auto found = prepared_.find(sql);
  if (found == prepared_.end()) {
    sqlite3_stmt* handle = prepare(sql, SQLITE_PREPARE_PERSISTENT);
    if (handle == nullptr) return {*this, nullptr, nullptr, Statement::Owner::cache};
    found = prepared_.emplace(std::string(sql), Prepared{.handle = handle}).first;
  }
  Prepared& prepared = found->second;
  if (prepared.in_use) return {*this, prepare(sql, 0), nullptr, Statement::Owner::this_use};
  prepared.in_use = true;
  return {*this, prepared.handle, &prepared.in_use, Statement::Owner::cache};
}

sqlite3_stmt* Connection::prepare(std::string_view sql, unsigned flags) {
  if (has_failed()) return nullptr;
  sqlite3_stmt* handle = nullptr;
  check(sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), flags, &handle, nullptr));
  return handle;
}

bool Connection::begin_write() { return statement("BEGIN IMMEDIATE").run(); }

bool Connection::begin_read() { return statement("BEGIN").run(); }

bool Connection::commit() {
  if (!has_failed() && statement("COMMIT").run()) return true;
  roll_back();
  return false;
}

void Connection::roll_back() {
  // Some failures (disk full, I/O) have already rolled the transaction back.
  if (in_transaction()) sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
}

bool Connection::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

std::size_t Connection::changes() const { return static_cast<std::size_t>(sqlite3_changes(handle_)); }

std::int64_t Connection::last_insert_rowid() const { return sqlite3_last_insert_rowid(handle_); }

std::optional<Error> Connection::take_failure() { return std::exchange(failure_, std::nullopt); }

void Connection::record(Error error) {
  if (!failure_) failure_ = std::move(error);
}

void Connection::check(int code) {
  if (code != SQLITE_OK && !failure_) failure_ = last_error(handle_, code);
}

}  // namespace sotto::storage::sqlite
