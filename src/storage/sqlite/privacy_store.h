#pragma once

#include "service/ports/privacy_store.h"
#include "storage/sqlite/identities.h"

namespace sotto::storage::sqlite {

class SqlitePrivacyStore final : public service::PrivacyStore {
 public:
  SqlitePrivacyStore(Connection& connection, WriteScope& scope, Identities& identities)
      : connection_(connection), scope_(scope), identities_(identities) {}

  wire::Privacy find(AccountId account) override;
  void put(AccountId account, const wire::Privacy& privacy) override;
  bool is_blocked(const Block& block) override;
  void add_block(const Block& block) override;
  void remove_block(const Block& block) override;
  std::vector<AccountId> blocked_by(AccountId account) override;
  UnixMillis last_seen(AccountId account) override;
  void put_last_seen(AccountId account, UnixMillis at) override;
  bool are_companions(const Pair& pair) override;

 private:
  Connection& connection_;
  WriteScope& scope_;
  Identities& identities_;
};

}  // namespace sotto::storage::sqlite
