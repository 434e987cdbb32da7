#include "storage/sqlite/login_store.h"

namespace sotto::storage::sqlite {

namespace {

service::StoredLogin read_row(const Statement& row) {
  return {
      .login = row.fixed<LoginId>(0),
      .account = row.fixed<AccountId>(1),
      .device = row.fixed<DeviceId>(2),
      .current_token = row.fixed<Sha256Digest>(3),
      .previous_token = row.is_null(4) ? std::nullopt : std::optional(row.fixed<Sha256Digest>(4)),
      .created_at = row.time(5),
      .last_used_at = row.time(6),
      .scope = row.integer(7) == 0 ? service::LoginScope::full : service::LoginScope::recovery,
  };
}

}  // namespace

std::optional<service::StoredLogin> SqliteLoginStore::find(LoginId login) {
  Statement row = connection_.statement(
      "SELECT l.login, i.account, d.device, l.current_token, l.previous_token, l.created_at, l.last_used_at, l.scope"
      " FROM logins AS l JOIN account_ids AS i ON i.number = l.account JOIN devices AS d ON d.number = l.device"
      " WHERE l.login = ?1");
  if (!row.bind(login).step()) return std::nullopt;
  return read_row(row);
}

std::vector<service::StoredLogin> SqliteLoginStore::list(AccountId account) {
  std::vector<service::StoredLogin> logins;
  const std::optional<AccountNumber> number = identities_.find(account);
  if (!number) return logins;
  Statement row = connection_.statement(
      "SELECT l.login, i.account, d.device, l.current_token, l.previous_token, l.created_at, l.last_used_at, l.scope"
      " FROM logins AS l JOIN account_ids AS i ON i.number = l.account JOIN devices AS d ON d.number = l.device"
      " WHERE l.account = ?1 ORDER BY l.created_at DESC, l.login");
  row.bind(*number);
  while (row.step()) logins.push_back(read_row(row));
  return logins;
}

void SqliteLoginStore::insert(const service::StoredLogin& login) {
  const AccountNumber account = identities_.number_of(login.account);
  const DeviceNumber device = identities_.number_of({login.account, login.device});
  scope_.before_write();
  connection_
      .statement(
          "INSERT INTO logins (login, account, device, current_token, previous_token, created_at, last_used_at,"
          " scope) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
      .run(login.login, account, device, login.current_token, login.previous_token, login.created_at,
           login.last_used_at, login.scope);
}

void SqliteLoginStore::update(const service::StoredLogin& login) {
  scope_.before_write();
  connection_
      .statement(
          "UPDATE logins SET current_token = ?2, previous_token = ?3, last_used_at = ?4, scope = ?5 WHERE login = ?1")
      .run(login.login, login.current_token, login.previous_token, login.last_used_at, login.scope);
}

bool SqliteLoginStore::remove(LoginId login) {
  scope_.before_write();
  return connection_.statement("DELETE FROM logins WHERE login = ?1").run(login) && connection_.changes() > 0;
}

std::size_t SqliteLoginStore::remove_idle(UnixMillis oldest_use, std::size_t limit) {
  scope_.before_write();
  if (!connection_
           .statement("DELETE FROM logins WHERE number IN"
                      " (SELECT number FROM logins WHERE last_used_at < ?1 ORDER BY last_used_at LIMIT ?2)")
           .run(bound(oldest_use.value), limit)) {
    return 0;
  }
  return connection_.changes();
}

}  // namespace sotto::storage::sqlite
