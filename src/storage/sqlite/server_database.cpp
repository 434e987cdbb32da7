#include "storage/sqlite/server_database.h"

#include <sqlite3.h>

#include "storage/sqlite/migration.h"

namespace sotto::storage::sqlite {

namespace {

std::unexpected<std::string> cannot_open(const DatabaseFile& file, const std::string& reason) {
  return std::unexpected("cannot open the database " + file.path.string() + ": " + reason);
}

std::int64_t read_number(Connection& connection, std::string_view sql) {
  Statement row = connection.statement(sql);
  return row.step() ? row.integer(0) : 0;
}

/// Marks an empty file as ours and refuses a foreign one.
std::expected<void, std::string> check_owner(Connection& connection) {
  const std::int64_t application = read_number(connection, "PRAGMA application_id");
  const std::int64_t objects = read_number(connection, "SELECT count(*) FROM sqlite_schema");
  if (const std::optional<Error> error = connection.take_failure()) return std::unexpected(error->text);
  if (application == server_application_id) return {};
  if (application != 0 || objects != 0) return std::unexpected(std::string("it belongs to another program"));
  static_assert(server_application_id == 1397707860);
  connection.execute("PRAGMA application_id = 1397707860");
  if (const std::optional<Error> error = connection.take_failure()) return std::unexpected(error->text);
  return {};
}

std::expected<void, std::string> use_write_ahead_log(Connection& connection) {
  bool in_use = false;
  {
    Statement row = connection.statement("PRAGMA journal_mode = WAL");
    in_use = row.step() && row.text(0) == "wal";
  }
  if (const std::optional<Error> error = connection.take_failure()) return std::unexpected(error->text);
  if (!in_use) return std::unexpected(std::string("its file system does not support a write-ahead log"));
  return {};
}

}  // namespace

std::expected<std::unique_ptr<Connection>, std::string> open_again(const DatabaseFile& file, Access access) {
  auto connection = Connection::open(file.path.string(), {.access = access, .vfs = file.vfs});
  if (!connection) return cannot_open(file, connection.error().text);
  // Checkpoints have their own thread. What a savepoint sets aside stays in memory.
  (*connection)->execute("PRAGMA wal_autocheckpoint = 0; PRAGMA temp_store = MEMORY");
  (*connection)->execute(access == Access::read_only ? "PRAGMA cache_size = -8192" : "PRAGMA cache_size = -65536");
  // What is deleted, redacted bodies above all, is overwritten in the file.
  if (access != Access::read_only) (*connection)->execute("PRAGMA secure_delete = ON");
  if (const std::optional<Error> error = (*connection)->take_failure()) return cannot_open(file, error->text);
  return std::move(*connection);
}

std::expected<std::unique_ptr<Connection>, std::string> open_server_database(const DatabaseFile& file) {
  auto connection = open_again(file, Access::read_write);
  if (!connection) return connection;
  if (const auto ours = check_owner(**connection); !ours) return cannot_open(file, ours.error());
  if (const auto logged = use_write_ahead_log(**connection); !logged) return cannot_open(file, logged.error());
  if (const auto migrated = migrate(**connection, server_migrations()); !migrated) {
    return cannot_open(file, migrated.error());
  }
  return connection;
}

}  // namespace sotto::storage::sqlite
