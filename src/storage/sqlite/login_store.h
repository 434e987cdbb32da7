#pragma once

#include "service/ports/stores.h"
#include "storage/sqlite/identities.h"

namespace sotto::storage::sqlite {

class SqliteLoginStore final : public service::LoginStore {
 public:
  SqliteLoginStore(Connection& connection, WriteScope& scope, Identities& identities)
      : connection_(connection), scope_(scope), identities_(identities) {}

  std::optional<service::StoredLogin> find(LoginId login) override;
  std::vector<service::StoredLogin> list(AccountId account) override;
  void insert(const service::StoredLogin& login) override;
  void update(const service::StoredLogin& login) override;
  bool remove(LoginId login) override;
  std::size_t remove_idle(UnixMillis oldest_use, std::size_t limit) override;

 private:
  Connection& connection_;
  WriteScope& scope_;
  Identities& identities_;
};

}  // namespace sotto::storage::sqlite
