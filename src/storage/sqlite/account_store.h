#pragma once

#include "service/ports/stores.h"
#include "storage/sqlite/identities.h"

namespace sotto::storage::sqlite {

class SqliteAccountStore final : public service::AccountStore {
 public:
  SqliteAccountStore(Connection& connection, WriteScope& scope, Identities& identities)
      : connection_(connection), scope_(scope), identities_(identities) {}

  std::optional<service::StoredAccount> find(AccountId account) override;
  std::optional<service::StoredAccount> find_by_name(std::string_view name) override;
  void insert(const service::StoredAccount& account) override;
  void replace_device_list(AccountId account, const wire::SignedDeviceList& list, std::uint64_t version) override;
  void replace_identity(const service::StoredAccount& account) override;
  void replace_password_hash(AccountId account, std::string_view password_hash) override;

 private:
  Connection& connection_;
  WriteScope& scope_;
  Identities& identities_;
};

}  // namespace sotto::storage::sqlite
