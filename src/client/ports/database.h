#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <string_view>

#include "base/bytes.h"

namespace sotto::client {

/// Why a transaction came to nothing. Nothing of it was written.
enum class DatabaseError : std::uint8_t {
  /// Another process held the database for longer than the adapter waits.
  busy,
  /// No room on the medium.
  full,
  /// The file is damaged, or is not a database of this program.
  corrupt,
  /// The medium failed otherwise.
  failed,
};

/// One prepared statement, bound and stepped by one user at a time. Parameters and columns count from 0. A failure is
/// not reported here: it makes the rest of the transaction do nothing, and `Database::commit` names it.
class Statement {
 public:
  virtual ~Statement() = default;
  virtual void bind_integer(int parameter, std::int64_t value) = 0;
  virtual void bind_octets(int parameter, ByteView value) = 0;
  virtual void bind_text(int parameter, std::string_view value) = 0;
  virtual void bind_null(int parameter) = 0;
  /// True if a row is there to be read; false at the end, and after any failure in the transaction.
  [[nodiscard]] virtual bool step() = 0;
  /// 0 for NULL.
  [[nodiscard]] virtual std::int64_t integer(int column) = 0;
  /// Octets of a BLOB or TEXT column, valid until the next `step`; empty for NULL.
  [[nodiscard]] virtual ByteView octets(int column) = 0;
  [[nodiscard]] virtual bool is_null(int column) = 0;
};

/// A synchronous SQLite database (natively a file, in the browser `@sqlite.org/sqlite-wasm`) that several processes
/// may use at the same time. All statements run inside a transaction. Foreign keys are on. One thread uses it.
class Database {
 public:
  virtual ~Database() = default;

  /// BEGIN IMMEDIATE: from here on this process alone writes, and sees everything that others committed.
  [[nodiscard]] virtual std::expected<void, DatabaseError> begin() = 0;
  /// Makes the transaction durable, or undoes it and says why, also when a statement in it had failed.
  [[nodiscard]] virtual std::expected<void, DatabaseError> commit() = 0;
  virtual void roll_back() = 0;

  /// Outside a transaction: what committed transactions overwrote or deleted is no longer on the medium, as far as
  /// other processes allow at the moment. May fail silently; the next call makes up for it.
  virtual void scrub() = 0;

  /// `sql` is one statement and a literal of the program: it outlives the database. A statement that does not compile
  /// against the schema is our own mistake, unless the transaction has failed already. The result does not outlive
  /// the database.
  [[nodiscard]] virtual std::unique_ptr<Statement> prepare(std::string_view sql) = 0;
  /// Rows that the newest finished INSERT, UPDATE or DELETE touched.
  [[nodiscard]] virtual std::int64_t changed_rows() = 0;
};

}  // namespace sotto::client
