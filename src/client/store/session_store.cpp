#include "client/store/session_store.h"

namespace sotto::client {
namespace {

Bytes row_key(const session::DeviceAddress& address) {
  Bytes key(address.account.bytes.begin(), address.account.bytes.end());
  key.insert(key.end(), address.device.bytes.begin(), address.device.bytes.end());
  return key;
}

}  // namespace

DeviceSessions SessionStore::load(const session::DeviceAddress& address) {
  Query query(context_.database,
              "SELECT state, renew, repair, repaired_at FROM sessions WHERE account = ? AND device = ?",
              address.account, address.device);
  DeviceSessions result;
  if (!query.step()) return result;
  result.renew = query.integer(1) != 0;
  result.repair = query.integer(2) != 0;
  result.repaired_at = query.time(3);
  if (query.is_null(0)) return result;
  const auto opened = context_.open(SealedColumn::sessions, row_key(address), query.view(0));
  if (!opened) return result;
  if (auto sessions = session::load_sessions(opened->reveal())) {
    result.sessions = std::move(*sessions);
  } else {
    context_.damaged = true;
  }
  return result;
}

void SessionStore::save(const session::DeviceAddress& address, const DeviceSessions& sessions) {
  Query(context_.database,
        "INSERT OR REPLACE INTO sessions (account, device, state, renew, repair, repaired_at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        address.account, address.device,
        context_.vault.seal(SealedColumn::sessions, row_key(address), session::store(sessions.sessions).reveal(),
                            context_.random),
        sessions.renew, sessions.repair, sessions.repaired_at)
      .run();
}

void SessionStore::renew_all() { Query(context_.database, "UPDATE sessions SET renew = 1").run(); }

void SessionStore::remove_account(AccountId account) {
  Query(context_.database, "DELETE FROM sessions WHERE account = ?", account).run();
}

void SessionStore::remove(const session::DeviceAddress& address) {
  Query(context_.database, "DELETE FROM sessions WHERE account = ? AND device = ?", address.account, address.device)
      .run();
}

std::vector<session::DeviceAddress> SessionStore::of_account(AccountId account) {
  Query query(context_.database, "SELECT device FROM sessions WHERE account = ?", account);
  std::vector<session::DeviceAddress> addresses;
  while (query.step()) addresses.push_back({account, query.fixed<DeviceId>(0)});
  return addresses;
}

std::vector<session::DeviceAddress> SessionStore::to_repair(std::size_t limit) {
  Query query(context_.database, "SELECT account, device FROM sessions WHERE repair = 1 LIMIT ?", limit);
  std::vector<session::DeviceAddress> addresses;
  while (query.step()) addresses.push_back({query.fixed<AccountId>(0), query.fixed<DeviceId>(1)});
  return addresses;
}

}  // namespace sotto::client
