#include "storage/sqlite/server_value_store.h"

namespace sotto::storage::sqlite {

std::optional<Bytes> SqliteServerValueStore::find(std::string_view name) {
  Statement row = connection_.statement("SELECT value FROM server_values WHERE name = ?1");
  if (!row.bind(name).step()) return std::nullopt;
  return row.bytes(0);
}

void SqliteServerValueStore::put(std::string_view name, ByteView value) {
  scope_.before_write();
  connection_.statement("INSERT OR REPLACE INTO server_values (name, value) VALUES (?1, ?2)").run(name, value);
}

}  // namespace sotto::storage::sqlite
