#include "storage/sqlite/migration.h"

#include "base/invariant.h"

namespace sotto::storage::sqlite {

namespace {

std::unexpected<std::string> failed(Connection& connection, std::string_view doing) {
  const std::optional<Error> error = connection.take_failure();
  return std::unexpected(std::string(doing) + " failed: " + (error ? error->text : "unknown"));
}

bool apply(Connection& connection, const Migration& migration) {
  WriteTransaction transaction(connection);
  connection.execute(migration.sql);
  connection.statement("INSERT INTO schema_migrations (version, name) VALUES (?1, ?2)")
      .run(migration.version, migration.name);
  return transaction.commit();
}

}  // namespace

std::expected<void, std::string> migrate(Connection& connection, std::span<const Migration> migrations) {
  connection.execute(
      "CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT");
  std::int64_t current = 0;
  {
    Statement row = connection.statement("SELECT coalesce(max(version), 0) FROM schema_migrations");
    if (row.step()) current = row.integer(0);
  }
  if (connection.has_failed()) return failed(connection, "reading the schema's version");
  const std::int64_t newest = migrations.empty() ? 0 : migrations.back().version;
  if (current > newest) {
    return std::unexpected("it was written by a newer version of Sotto (schema " + std::to_string(current) +
                           ", this one knows up to " + std::to_string(newest) + ")");
  }
  std::int64_t expected_version = 0;
  for (const Migration& migration : migrations) {
    invariant(migration.version == ++expected_version);
    if (migration.version <= current) continue;
    if (!apply(connection, migration)) {
      return failed(connection, "migration " + std::to_string(migration.version) + " " + std::string(migration.name));
    }
  }
  return {};
}

}  // namespace sotto::storage::sqlite
