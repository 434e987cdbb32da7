#pragma once

#include "service/ports/backup_store.h"
#include "storage/sqlite/identities.h"

namespace sotto::storage::sqlite {

class SqliteBackupStore final : public service::BackupStore {
 public:
  SqliteBackupStore(Connection& connection, WriteScope& scope, Identities& identities)
      : connection_(connection), scope_(scope), identities_(identities) {}

  std::optional<wire::Backup> find(AccountId account) override;
  void begin(AccountId account, const wire::Backup& backup) override;
  void append(AccountId account, const wire::BackupPack& pack, UnixMillis now) override;
  std::vector<wire::BackupPack> read(AccountId account, const Range& range) override;
  void remove(AccountId account) override;

 private:
  void remove(AccountNumber account);

  Connection& connection_;
  WriteScope& scope_;
  Identities& identities_;
};

}  // namespace sotto::storage::sqlite
