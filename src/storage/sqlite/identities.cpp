#include "storage/sqlite/identities.h"

namespace sotto::storage::sqlite {

namespace {

constexpr std::size_t remembered = 32'768;

}  // namespace

Identities::Identities(Connection& connection, WriteScope& scope)
    : connection_(connection), scope_(scope), accounts_(remembered), devices_(remembered) {
  scope.add(*this);
}

std::optional<AccountNumber> Identities::find(const AccountId& account) {
  if (const AccountNumber* number = accounts_.find(account)) return *number;
  Statement row = connection_.statement("SELECT number FROM account_ids WHERE account = ?1");
  if (!row.bind(account).step()) return std::nullopt;
  return accounts_.put(account, row.number<AccountNumber>(0));
}

std::optional<DeviceNumber> Identities::find(const Address& address) {
  if (const DeviceNumber* number = devices_.find(address)) return *number;
  const std::optional<AccountNumber> account = find(address.first);
  if (!account) return std::nullopt;
  Statement row = connection_.statement("SELECT number FROM devices WHERE account = ?1 AND device = ?2");
  if (!row.bind(*account, address.second).step()) return std::nullopt;
  return devices_.put(address, row.number<DeviceNumber>(0));
}

AccountNumber Identities::number_of(const AccountId& account) {
  if (const std::optional<AccountNumber> number = find(account)) return *number;
  scope_.before_write();
  if (!connection_.statement("INSERT INTO account_ids (account) VALUES (?1)").run(account)) return {};
  new_accounts_.push_back(account);
  return accounts_.put(account, static_cast<AccountNumber>(connection_.last_insert_rowid()));
}

DeviceNumber Identities::number_of(const Address& address) {
  if (const std::optional<DeviceNumber> number = find(address)) return *number;
  const AccountNumber account = number_of(address.first);
  scope_.before_write();
  Statement insert = connection_.statement("INSERT INTO devices (account, device) VALUES (?1, ?2)");
  if (!insert.run(account, address.second)) return {};
  new_devices_.push_back(address);
  return devices_.put(address, static_cast<DeviceNumber>(connection_.last_insert_rowid()));
}

void Identities::keep() {
  new_accounts_.clear();
  new_devices_.clear();
}

void Identities::undo() {
  for (const AccountId& account : new_accounts_) accounts_.erase(account);
  for (const Address& address : new_devices_) devices_.erase(address);
  keep();
}

void Identities::forget() {
  keep();
  accounts_.clear();
  devices_.clear();
}

}  // namespace sotto::storage::sqlite
