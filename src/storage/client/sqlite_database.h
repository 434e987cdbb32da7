#pragma once

#include <memory>
#include <string>

#include "client/ports/database.h"

namespace sotto::storage {

/// Why a client's database file cannot be opened.
enum class DatabaseOpenError : std::uint8_t {
  /// The file or its folder cannot be read or written.
  not_accessible,
  /// The file is not a database.
  not_a_database,
};

/// The client's database in a SQLite file (WAL, synchronous=FULL), which several processes may use at the same time. A
/// process that waits for another's transaction waits at most 10 seconds.
class SqliteDatabase final : public client::Database {
 public:
  /// Creates the file, readable and writable by its owner alone, if there is none.
  [[nodiscard]] static std::expected<std::unique_ptr<SqliteDatabase>, DatabaseOpenError> open(const std::string& path);
  ~SqliteDatabase() override;
  SqliteDatabase(const SqliteDatabase&) = delete;
  SqliteDatabase& operator=(const SqliteDatabase&) = delete;

  [[nodiscard]] std::expected<void, client::DatabaseError> begin() override;
  [[nodiscard]] std::expected<void, client::DatabaseError> commit() override;
  void roll_back() override;
  void scrub() override;
  [[nodiscard]] std::unique_ptr<client::Statement> prepare(std::string_view sql) override;
  [[nodiscard]] std::int64_t changed_rows() override;

 private:
  class Implementation;
  explicit SqliteDatabase(std::unique_ptr<Implementation> implementation);
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace sotto::storage
