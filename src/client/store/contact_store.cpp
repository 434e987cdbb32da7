#include "client/store/contact_store.h"

#include "client/transparency/log_store.h"
#include "crypto/hash.h"

namespace sotto::client {

session::VerifiedDeviceList Contact::devices() const {
  auto list = wire::decode<wire::DeviceList>(record.device_list.list);
  // The stored list was verified, and the vault refuses any other octets.
  invariant(list.has_value());
  return {
      .list = std::move(*list), .digest = crypto::sha256(record.device_list.list), .account_key = record.account_key};
}

std::optional<Contact> ContactStore::find(AccountId account) {
  Query query(context_.database, "SELECT name, record FROM contacts WHERE account = ?", account);
  if (!query.step()) return std::nullopt;
  Contact contact{.account = account, .name = query.text(0), .record = {}};
  contact.record = context_.open_as<ContactRecord>(SealedColumn::contact, account.bytes, query.view(1));
  if (context_.damaged) return std::nullopt;
  return contact;
}

std::optional<Contact> ContactStore::find_by_name(std::string_view name) {
  AccountId account;
  {
    Query query(context_.database, "SELECT account FROM contacts WHERE name = ? LIMIT 1", name);
    if (!query.step()) return std::nullopt;
    account = query.fixed<AccountId>(0);
  }
  return find(account);
}

std::string ContactStore::name_of(AccountId account) {
  Query query(context_.database, "SELECT name FROM contacts WHERE account = ?", account);
  return query.step() ? query.text(0) : std::string();
}

void ContactStore::save(const Contact& contact) {
  Query(context_.database, "INSERT OR REPLACE INTO contacts (account, name, record) VALUES (?, ?, ?)", contact.account,
        contact.name, context_.seal(SealedColumn::contact, contact.account.bytes, contact.record))
      .run();
  LogStore(context_).pinned(contact.account, contact.record.device_list.list);
}

void ContactStore::forget(AccountId account) {
  Query(context_.database, "DELETE FROM contacts WHERE account = ?", account).run();
  LogStore(context_).forget(account);
}

}  // namespace sotto::client
