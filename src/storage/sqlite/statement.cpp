#include "storage/sqlite/statement.h"

#include <sqlite3.h>
#include <utility>

#include "base/invariant.h"
#include "storage/sqlite/connection.h"

namespace sotto::storage::sqlite {

namespace {

// Not SQLITE_TRANSIENT: that macro casts an integer to a function the old way.
const sqlite3_destructor_type copied_by_sqlite = reinterpret_cast<sqlite3_destructor_type>(-1);
const sqlite3_destructor_type kept_by_caller = nullptr;

}  // namespace

Statement::Statement(Statement&& other) noexcept
    : connection_(other.connection_),
      handle_(std::exchange(other.handle_, nullptr)),
      in_use_(std::exchange(other.in_use_, nullptr)),
      owner_(other.owner_) {}

Statement::~Statement() {
  if (handle_ == nullptr) return;
  if (owner_ == Owner::this_use) {
    sqlite3_finalize(handle_);
    return;
  }
  sqlite3_reset(handle_);
  sqlite3_clear_bindings(handle_);
  *in_use_ = false;
}

void Statement::start_binding(std::size_t count) {
  if (handle_ == nullptr) return;
  invariant(std::cmp_equal(count, sqlite3_bind_parameter_count(handle_)));
  sqlite3_reset(handle_);
}

void Statement::bind_integer(int index, std::int64_t value) {
  if (handle_ != nullptr) connection_.check(sqlite3_bind_int64(handle_, index, value));
}

void Statement::bind_null(int index) {
  if (handle_ != nullptr) connection_.check(sqlite3_bind_null(handle_, index));
}

void Statement::bind_text(Lifetime lifetime, int index, std::string_view value) {
  if (handle_ == nullptr) return;
  // A null pointer would bind NULL instead of the empty text.
  const char* data = value.empty() ? "" : value.data();
  const auto keep = lifetime == Lifetime::copied ? copied_by_sqlite : kept_by_caller;
  connection_.check(sqlite3_bind_text64(handle_, index, data, value.size(), keep, SQLITE_UTF8));
}

void Statement::bind_blob(Lifetime lifetime, int index, ByteView value) {
  if (handle_ == nullptr) return;
  const void* data = value.empty() ? static_cast<const void*>("") : value.data();
  const auto keep = lifetime == Lifetime::copied ? copied_by_sqlite : kept_by_caller;
  connection_.check(sqlite3_bind_blob64(handle_, index, data, value.size(), keep));
}

bool Statement::step() {
  if (handle_ == nullptr || connection_.has_failed()) return false;
  const int code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) connection_.check(code);
  sqlite3_reset(handle_);
  return false;
}

bool Statement::run_to_end() {
  if (handle_ == nullptr || connection_.has_failed()) return false;
  int code = SQLITE_ROW;
  while (code == SQLITE_ROW) code = sqlite3_step(handle_);
  if (code != SQLITE_DONE) connection_.check(code);
  sqlite3_reset(handle_);
  return code == SQLITE_DONE;
}

bool Statement::is_null(int column) const { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(handle_, column); }

std::uint64_t Statement::unsigned_integer(int column) const { return static_cast<std::uint64_t>(integer(column)); }

std::string_view Statement::text(int column) const {
  const unsigned char* data = sqlite3_column_text(handle_, column);
  if (data == nullptr) return {};
  return {reinterpret_cast<const char*>(data), static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

ByteView Statement::blob(int column) const {
  const void* data = sqlite3_column_blob(handle_, column);
  if (data == nullptr) return {};
  return {static_cast<const std::uint8_t*>(data), static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

Bytes Statement::bytes(int column) const {
  const ByteView view = blob(column);
  return {view.begin(), view.end()};
}

UnixMillis Statement::time(int column) const { return {unsigned_integer(column)}; }

void Statement::record_corruption() const {
  connection_.record({.code = SQLITE_CORRUPT, .text = "a value in the database has a wrong size"});
}

}  // namespace sotto::storage::sqlite
