#include <algorithm>

#include "storage/memory/stores.h"

namespace sotto::storage::memory {

using service::StoredAccount;
using service::StoredLogin;

std::optional<StoredAccount> MemoryAccountStore::find(AccountId account) {
  const StoredAccount* found = tables_.accounts.find(account);
  return found != nullptr ? std::optional(*found) : std::nullopt;
}

std::optional<StoredAccount> MemoryAccountStore::find_by_name(std::string_view name) {
  const AccountId* account = tables_.account_names.find(std::string(name));
  return account != nullptr ? find(*account) : std::nullopt;
}

void MemoryAccountStore::insert(const StoredAccount& account) {
  tables_.accounts.insert(account.account, account);
  tables_.account_names.insert(account.name, account.account);
}

void MemoryAccountStore::replace_device_list(AccountId account, const wire::SignedDeviceList& list,
                                             std::uint64_t version) {
  std::optional<StoredAccount> stored = find(account);
  if (!stored) return;
  stored->device_list = list;
  stored->device_list_version = version;
  tables_.accounts.put(account, std::move(*stored));
}

void MemoryAccountStore::replace_identity(const StoredAccount& account) {
  std::optional<StoredAccount> stored = find(account.account);
  if (!stored) return;
  stored->account_key = account.account_key;
  stored->device_list = account.device_list;
  stored->device_list_version = account.device_list_version;
  tables_.accounts.put(account.account, std::move(*stored));
}

void MemoryAccountStore::replace_password_hash(AccountId account, std::string_view password_hash) {
  std::optional<StoredAccount> stored = find(account);
  if (!stored) return;
  stored->password_hash = password_hash;
  tables_.accounts.put(account, std::move(*stored));
}

std::optional<StoredLogin> MemoryLoginStore::find(LoginId login) {
  const StoredLogin* found = tables_.logins.find(login);
  return found != nullptr ? std::optional(*found) : std::nullopt;
}

std::vector<StoredLogin> MemoryLoginStore::list(AccountId account) {
  std::vector<StoredLogin> logins;
  for (const auto& [id, login] : tables_.logins.rows()) {
    if (login.account == account) logins.push_back(login);
  }
  std::ranges::stable_sort(logins, std::ranges::greater{}, &StoredLogin::created_at);
  return logins;
}

void MemoryLoginStore::insert(const StoredLogin& login) { tables_.logins.insert(login.login, login); }

void MemoryLoginStore::update(const StoredLogin& login) {
  if (tables_.logins.contains(login.login)) tables_.logins.put(login.login, login);
}

bool MemoryLoginStore::remove(LoginId login) { return tables_.logins.erase(login); }

std::size_t MemoryLoginStore::remove_idle(UnixMillis oldest_use, std::size_t limit) {
  std::vector<std::pair<UnixMillis, LoginId>> idle;
  for (const auto& [id, login] : tables_.logins.rows()) {
    if (login.last_used_at < oldest_use) idle.emplace_back(login.last_used_at, id);
  }
  std::ranges::sort(idle);
  if (idle.size() > limit) idle.resize(limit);
  for (const auto& [used, id] : idle) tables_.logins.erase(id);
  return idle.size();
}

std::optional<Bytes> MemoryServerValueStore::find(std::string_view name) {
  const Bytes* found = tables_.values.find(std::string(name));
  return found != nullptr ? std::optional(*found) : std::nullopt;
}

void MemoryServerValueStore::put(std::string_view name, ByteView value) {
  tables_.values.put(std::string(name), Bytes(value.begin(), value.end()));
}

}  // namespace sotto::storage::memory
