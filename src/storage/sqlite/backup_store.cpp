#include "storage/sqlite/backup_store.h"

namespace sotto::storage::sqlite {

std::optional<wire::Backup> SqliteBackupStore::find(AccountId account) {
  const std::optional<AccountNumber> number = identities_.find(account);
  if (!number) return std::nullopt;
  Statement row =
      connection_.statement("SELECT backup, header, packs, size, changed_at FROM backups WHERE account = ?1");
  if (!row.bind(*number).step()) return std::nullopt;
  return wire::Backup{.backup = row.fixed<BackupId>(0),
                      .header = row.bytes(1),
                      .packs = static_cast<std::uint32_t>(row.unsigned_integer(2)),
                      .size = row.unsigned_integer(3),
                      .changed_at = row.time(4)};
}

void SqliteBackupStore::begin(AccountId account, const wire::Backup& backup) {
  const AccountNumber number = identities_.number_of(account);
  scope_.before_write();
  remove(number);
  connection_
      .statement("INSERT INTO backups (account, backup, header, packs, size, changed_at) VALUES (?1, ?2, ?3, 0, 0, ?4)")
      .run(number, backup.backup, ByteView(backup.header), backup.changed_at);
}

void SqliteBackupStore::append(AccountId account, const wire::BackupPack& pack, UnixMillis now) {
  const AccountNumber number = identities_.number_of(account);
  scope_.before_write();
  connection_.statement("INSERT INTO backup_packs (account, position, pack) VALUES (?1, ?2, ?3)")
      .run(number, pack.number, ByteView(pack.pack));
  connection_.statement("UPDATE backups SET packs = packs + 1, size = size + ?2, changed_at = ?3 WHERE account = ?1")
      .run(number, pack.pack.size(), now);
}

std::vector<wire::BackupPack> SqliteBackupStore::read(AccountId account, const Range& range) {
  std::vector<wire::BackupPack> packs;
  const std::optional<AccountNumber> number = identities_.find(account);
  if (!number) return packs;
  Statement row = connection_.statement(
      "SELECT position, pack FROM backup_packs WHERE account = ?1 AND position > ?2 ORDER BY position");
  row.bind(*number, range.after);
  std::size_t size = 0;
  while (packs.size() < range.max_packs && row.step()) {
    size += row.blob(1).size();
    if (!packs.empty() && size > range.max_size) break;
    packs.push_back({.number = static_cast<std::uint32_t>(row.unsigned_integer(0)), .pack = row.bytes(1)});
  }
  return packs;
}

void SqliteBackupStore::remove(AccountId account) {
  const std::optional<AccountNumber> number = identities_.find(account);
  if (!number) return;
  scope_.before_write();
  remove(*number);
}

void SqliteBackupStore::remove(AccountNumber account) {
  connection_.statement("DELETE FROM backup_packs WHERE account = ?1").run(account);
  connection_.statement("DELETE FROM backups WHERE account = ?1").run(account);
}

}  // namespace sotto::storage::sqlite
