#include "storage/sqlite/account_store.h"

namespace sotto::storage::sqlite {

namespace {

std::optional<service::StoredAccount> take_row(Statement& row) {
  if (!row.step()) return std::nullopt;
  return service::StoredAccount{
      .account = row.fixed<AccountId>(0),
      .name = std::string(row.text(1)),
      .password_hash = std::string(row.text(2)),
      .account_key = row.fixed<Ed25519PublicKey>(3),
      .device_list = {.list = row.bytes(4), .signature = row.fixed<Ed25519Signature>(5)},
      .device_list_version = row.unsigned_integer(6),
      .created_at = row.time(7),
  };
}

}  // namespace

std::optional<service::StoredAccount> SqliteAccountStore::find(AccountId account) {
  Statement row = connection_.statement(
      "SELECT i.account, a.name, a.password_hash, a.account_key, a.device_list, a.device_list_signature,"
      " a.device_list_version, a.created_at"
      " FROM account_ids AS i JOIN accounts AS a ON a.account = i.number WHERE i.account = ?1");
  return take_row(row.bind(account));
}

std::optional<service::StoredAccount> SqliteAccountStore::find_by_name(std::string_view name) {
  Statement row = connection_.statement(
      "SELECT i.account, a.name, a.password_hash, a.account_key, a.device_list, a.device_list_signature,"
      " a.device_list_version, a.created_at"
      " FROM accounts AS a JOIN account_ids AS i ON i.number = a.account WHERE a.name = ?1");
  return take_row(row.bind(name));
}

void SqliteAccountStore::insert(const service::StoredAccount& account) {
  const AccountNumber number = identities_.number_of(account.account);
  scope_.before_write();
  connection_
      .statement(
          "INSERT INTO accounts (account, name, password_hash, account_key, device_list, device_list_signature,"
          " device_list_version, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
      .run(number, account.name, account.password_hash, account.account_key, account.device_list.list,
           account.device_list.signature, account.device_list_version, account.created_at);
}

void SqliteAccountStore::replace_device_list(AccountId account, const wire::SignedDeviceList& list,
                                             std::uint64_t version) {
  const std::optional<AccountNumber> number = identities_.find(account);
  if (!number) return;
  scope_.before_write();
  connection_
      .statement(
          "UPDATE accounts SET device_list = ?2, device_list_signature = ?3, device_list_version = ?4"
          " WHERE account = ?1")
      .run(*number, list.list, list.signature, version);
}

void SqliteAccountStore::replace_identity(const service::StoredAccount& account) {
  const std::optional<AccountNumber> number = identities_.find(account.account);
  if (!number) return;
  scope_.before_write();
  connection_
      .statement(
          "UPDATE accounts SET account_key = ?2, device_list = ?3, device_list_signature = ?4, device_list_version = ?5"
          " WHERE account = ?1")
      .run(*number, account.account_key, account.device_list.list, account.device_list.signature,
           account.device_list_version);
}

void SqliteAccountStore::replace_password_hash(AccountId account, std::string_view password_hash) {
  const std::optional<AccountNumber> number = identities_.find(account);
  if (!number) return;
  scope_.before_write();
  connection_.statement("UPDATE accounts SET password_hash = ?2 WHERE account = ?1").run(*number, password_hash);
}

}  // namespace sotto::storage::sqlite
