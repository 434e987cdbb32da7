#include "bindings/wasm/host_database.h"

#include <algorithm>
#include <deque>
#include <vector>

#include "base/invariant.h"
#include "base/secret.h"

namespace sotto::bindings {
namespace {

#define SOTTO_DATABASE(name) __attribute__((import_module("database"), import_name(#name))) host_##name

// Imported. Results named `code` are SQLite's; parameters count from 1 and columns from 0, as in SQLite. Those without
// pointers into this module's memory are SQLite's own functions, so that a host may hand them over as they are.
extern "C" {
/// A statement, or 0 and then `last_code` says why.
std::uint32_t SOTTO_DATABASE(prepare)(const char* sql, std::size_t size);
int SOTTO_DATABASE(last_code)();
void SOTTO_DATABASE(finalize)(std::uint32_t statement);
int SOTTO_DATABASE(bind_integer)(std::uint32_t statement, int parameter, std::int64_t value);
int SOTTO_DATABASE(bind_octets)(std::uint32_t statement, int parameter, const void* value, std::size_t size);
int SOTTO_DATABASE(bind_text)(std::uint32_t statement, int parameter, const char* value, std::size_t size);
int SOTTO_DATABASE(bind_null)(std::uint32_t statement, int parameter);
int SOTTO_DATABASE(step)(std::uint32_t statement);
int SOTTO_DATABASE(reset)(std::uint32_t statement);
int SOTTO_DATABASE(clear_bindings)(std::uint32_t statement);
std::int64_t SOTTO_DATABASE(column_integer)(std::uint32_t statement, int column);
/// SQLite's type code of a value; 5 is NULL.
int SOTTO_DATABASE(column_type)(std::uint32_t statement, int column);
/// Octets of a BLOB or TEXT; 0 for NULL.
int SOTTO_DATABASE(column_size)(std::uint32_t statement, int column);
/// Writes that many.
void SOTTO_DATABASE(column_read)(std::uint32_t statement, int column, std::uint8_t* target);
/// 0 while a transaction is open.
int SOTTO_DATABASE(autocommit)();
std::int64_t SOTTO_DATABASE(changes)();
void SOTTO_DATABASE(scrub)();
}

#undef SOTTO_DATABASE

constexpr int sqlite_ok = 0;
constexpr int sqlite_error = 1;
constexpr int sqlite_busy = 5;
constexpr int sqlite_locked = 6;
constexpr int sqlite_corrupt = 11;
constexpr int sqlite_full = 13;
constexpr int sqlite_range = 25;
constexpr int sqlite_notadb = 26;
constexpr int sqlite_row = 100;
constexpr int sqlite_done = 101;
constexpr int sqlite_null = 5;

client::DatabaseError error_of(int code) {
  switch (code & 0xff) {
    case sqlite_busy:
    case sqlite_locked:
      return client::DatabaseError::busy;
    case sqlite_full:
      return client::DatabaseError::full;
    case sqlite_corrupt:
    case sqlite_notadb:
      return client::DatabaseError::corrupt;
    default:
      return client::DatabaseError::failed;
  }
}

/// One use of a prepared statement. Without a handle it does nothing: the transaction has failed.
class HostStatement final : public client::Statement {
 public:
  HostStatement(HostDatabase::Failure& failure, std::uint32_t handle, bool* in_use)
      : failure_(failure), handle_(handle), in_use_(in_use) {}
  HostStatement(const HostStatement&) = delete;
  HostStatement& operator=(const HostStatement&) = delete;
  ~HostStatement() override {
    if (handle_ == 0) return;
    if (in_use_ == nullptr) {
      host_finalize(handle_);
      return;
    }
    host_reset(handle_);
    host_clear_bindings(handle_);
    *in_use_ = false;
  }

  void bind_integer(int parameter, std::int64_t value) override {
    if (handle_ != 0) note_binding(host_bind_integer(handle_, parameter + 1, value));
  }
  void bind_octets(int parameter, ByteView value) override {
    if (handle_ != 0) note_binding(host_bind_octets(handle_, parameter + 1, value.data(), value.size()));
  }
  void bind_text(int parameter, std::string_view value) override {
    if (handle_ != 0) note_binding(host_bind_text(handle_, parameter + 1, value.data(), value.size()));
  }
  void bind_null(int parameter) override {
    if (handle_ != 0) note_binding(host_bind_null(handle_, parameter + 1));
  }

  bool step() override {
    columns_.clear();
    if (handle_ == 0 || ended_ || failure_.code != sqlite_ok) return false;
    const int code = host_step(handle_);
    if (code == sqlite_row) return true;
    if (code != sqlite_done) failure_.note(code);
    ended_ = true;
    host_reset(handle_);
    return false;
  }
  std::int64_t integer(int column) override { return host_column_integer(handle_, column); }
  ByteView octets(int column) override {
    const int size = host_column_size(handle_, column);
    if (size <= 0) return {};
    SecretBuffer& copy = columns_.emplace_back(static_cast<std::size_t>(size));
    host_column_read(handle_, column, copy.writable().data());
    return copy.reveal();
  }
  bool is_null(int column) override { return host_column_type(handle_, column) == sqlite_null; }

 private:
  void note_binding(int code) {
    invariant(code != sqlite_range);
    if (code != sqlite_ok) failure_.note(code);
  }

  HostDatabase::Failure& failure_;
  std::uint32_t handle_;
  bool* in_use_;
  bool ended_ = false;
  // What was read of the present row; the host's memory is not ours to look into.
  std::deque<SecretBuffer> columns_;
};

}  // namespace

HostDatabase::~HostDatabase() {
  for (const auto& prepared : prepared_) {
    invariant(!prepared->in_use);
    host_finalize(prepared->handle);
  }
}

std::expected<void, client::DatabaseError> HostDatabase::begin() {
  failure_ = {};
  const int code = execute("BEGIN IMMEDIATE");
  if (code != sqlite_ok) return std::unexpected(error_of(code));
  return {};
}

std::expected<void, client::DatabaseError> HostDatabase::commit() {
  if (failure_.code == sqlite_ok) failure_.note(execute("COMMIT"));
  if (failure_.code == sqlite_ok) return {};
  const client::DatabaseError error = error_of(failure_.code);
  roll_back();
  return std::unexpected(error);
}

void HostDatabase::roll_back() {
  // Some failures (medium full, input or output) have rolled it back already.
  if (host_autocommit() == 0) execute("ROLLBACK");
  failure_ = {};
}

void HostDatabase::scrub() { host_scrub(); }

std::unique_ptr<client::Statement> HostDatabase::prepare(std::string_view sql) {
  const auto place = std::lower_bound(prepared_.begin(), prepared_.end(), sql.data(),
                                      [](const auto& prepared, const char* text) { return prepared->sql < text; });
  if (place != prepared_.end() && (*place)->sql == sql.data()) {
    Prepared& prepared = **place;
    if (prepared.in_use) return std::make_unique<HostStatement>(failure_, compile(sql), nullptr);
    prepared.in_use = true;
    return std::make_unique<HostStatement>(failure_, prepared.handle, &prepared.in_use);
  }
  const std::uint32_t handle = compile(sql);
  if (handle == 0) return std::make_unique<HostStatement>(failure_, 0, nullptr);
  const auto added = prepared_.insert(
      place, std::make_unique<Prepared>(Prepared{.sql = sql.data(), .handle = handle, .in_use = true}));
  return std::make_unique<HostStatement>(failure_, handle, &(*added)->in_use);
}

std::int64_t HostDatabase::changed_rows() { return host_changes(); }

int HostDatabase::execute(std::string_view sql) {
  const std::uint32_t handle = host_prepare(sql.data(), sql.size());
  if (handle == 0) return host_last_code() == sqlite_ok ? sqlite_error : host_last_code();
  const int code = host_step(handle);
  host_finalize(handle);
  return code == sqlite_done || code == sqlite_row ? sqlite_ok : code;
}

std::uint32_t HostDatabase::compile(std::string_view sql) {
  if (failure_.code != sqlite_ok) return 0;
  const std::uint32_t handle = host_prepare(sql.data(), sql.size());
  if (handle == 0) failure_.note(host_last_code() == sqlite_ok ? sqlite_error : host_last_code());
  return handle;
}

}  // namespace sotto::bindings
