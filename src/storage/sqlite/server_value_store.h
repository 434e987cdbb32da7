#pragma once

#include "service/ports/stores.h"
#include "storage/sqlite/write_scope.h"

namespace sotto::storage::sqlite {

class SqliteServerValueStore final : public service::ServerValueStore {
 public:
  SqliteServerValueStore(Connection& connection, WriteScope& scope) : connection_(connection), scope_(scope) {}

  std::optional<Bytes> find(std::string_view name) override;
  void put(std::string_view name, ByteView value) override;

 private:
  Connection& connection_;
  WriteScope& scope_;
};

}  // namespace sotto::storage::sqlite
