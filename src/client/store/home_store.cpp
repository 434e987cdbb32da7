#include "client/store/home_store.h"

namespace sotto::client {
namespace {

// Column `state` of the table.
constexpr std::int64_t state_empty = 0;
constexpr std::int64_t state_registering = 1;
constexpr std::int64_t state_registered = 2;

LoginState login_state(std::int64_t state, bool has_tokens) {
  if (state == state_empty) return LoginState::empty;
  if (state == state_registering) return LoginState::registering;
  return has_tokens ? LoginState::logged_in : LoginState::logged_out;
}

}  // namespace

Home HomeStore::load() {
  Query query(context_.database,
              "SELECT state, name, account, device, account_key, login, clock_skew, tokens IS NOT NULL FROM home");
  Home home;
  if (!query.step()) return home;
  home.state = login_state(query.integer(0), query.integer(7) != 0);
  home.name = query.text(1);
  home.account = query.fixed<AccountId>(2);
  home.device = query.fixed<DeviceId>(3);
  home.account_key = query.fixed<Ed25519PublicKey>(4);
  home.login = query.fixed<LoginId>(5);
  home.clock_skew = query.integer(6);
  return home;
}

void HomeStore::begin_registration(const NewAccount& account) {
  const auto seal = [&](SealedColumn column, const SecretBuffer& value) {
    return context_.vault.seal(column, {}, value.reveal(), context_.random);
  };
  Query(context_.database,
        "UPDATE home SET state = ?, name = ?, account = ?, device = ?, account_key = ?, account_identity = ?, "
        "local_device = ?, registration = ?",
        state_registering, account.request.name, account.request.account, account.request.device,
        account.request.account_key, seal(SealedColumn::account_identity, session::store(account.identity)),
        seal(SealedColumn::local_device, session::store(account.device)), wire::encode(account.request))
      .run();
  save_prekeys(account.prekeys);
}

void HomeStore::join(const JoinedDevice& joined) {
  const auto seal = [&](SealedColumn column, const SecretBuffer& value) {
    return context_.vault.seal(column, {}, value.reveal(), context_.random);
  };
  Query(context_.database,
        "UPDATE home SET state = ?, name = ?, account = ?, device = ?, account_key = ?, account_identity = ?, "
        "local_device = ?, registration = NULL",
        state_registered, joined.name, joined.device.address.account, joined.device.address.device,
        joined.device.account_key, seal(SealedColumn::account_identity, session::store(joined.identity)),
        seal(SealedColumn::local_device, session::store(joined.device)))
      .run();
  save_prekeys(joined.prekeys);
}

void HomeStore::begin_at_linking() { Query(context_.database, "UPDATE home SET begins_at_linking = 1").run(); }

void HomeStore::linking_ends_are_known() { Query(context_.database, "UPDATE home SET begins_at_linking = 0").run(); }

bool HomeStore::begins_at_linking() {
  Query query(context_.database, "SELECT begins_at_linking FROM home");
  return query.step() && query.integer(0) != 0;
}

session::AccountIdentity HomeStore::identity() {
  Query query(context_.database, "SELECT account_identity FROM home WHERE account_identity IS NOT NULL");
  if (query.step()) {
    const auto opened = context_.open(SealedColumn::account_identity, {}, query.view(0));
    if (opened) {
      if (auto identity = session::load_account(opened->reveal())) return std::move(*identity);
    }
  }
  context_.damaged = true;
  return {};
}

std::optional<wire::Register> HomeStore::registration() {
  Query query(context_.database, "SELECT registration FROM home WHERE registration IS NOT NULL");
  if (!query.step()) return std::nullopt;
  auto request = wire::decode<wire::Register>(query.view(0));
  if (!request) {
    context_.damaged = true;
    return std::nullopt;
  }
  return std::move(*request);
}

void HomeStore::forget_registration() {
  Query(context_.database,
        "UPDATE home SET state = ?, name = '', account = NULL, device = NULL, account_key = NULL, "
        "account_identity = NULL, local_device = NULL, prekeys = NULL, registration = NULL, next_rotation = 0",
        state_empty)
      .run();
}

void HomeStore::sign_in(LoginId login, const StoredTokens& tokens) {
  Query(context_.database, "UPDATE home SET state = ?, registration = NULL, login = ?, refresh_lease_until = 0",
        state_registered, login)
      .run();
  replace_tokens(tokens);
}

void HomeStore::replace_tokens(const StoredTokens& tokens) {
  Query(context_.database, "UPDATE home SET tokens = ?", context_.seal(SealedColumn::tokens, {}, tokens)).run();
}

void HomeStore::sign_out() {
  Query(context_.database, "UPDATE home SET tokens = NULL, login = NULL, refresh_lease_until = 0").run();
}

std::optional<StoredTokens> HomeStore::tokens() {
  Query query(context_.database, "SELECT tokens FROM home WHERE tokens IS NOT NULL");
  if (!query.step()) return std::nullopt;
  return context_.open_as<StoredTokens>(SealedColumn::tokens, {}, query.view(0));
}

UnixMillis HomeStore::refresh_lease_until() {
  Query query(context_.database, "SELECT refresh_lease_until FROM home");
  return query.step() ? query.time(0) : UnixMillis{};
}

void HomeStore::set_refresh_lease(UnixMillis until) {
  Query(context_.database, "UPDATE home SET refresh_lease_until = ?", until).run();
}

void HomeStore::set_clock_skew(std::int64_t milliseconds) {
  Query(context_.database, "UPDATE home SET clock_skew = ?", milliseconds).run();
}

session::LocalDevice HomeStore::device() {
  Query query(context_.database, "SELECT local_device FROM home WHERE local_device IS NOT NULL");
  if (query.step()) {
    const auto opened = context_.open(SealedColumn::local_device, {}, query.view(0));
    if (opened) {
      if (auto device = session::load_device(opened->reveal())) return std::move(*device);
    }
  }
  context_.damaged = true;
  return {};
}

session::PrivatePrekeys HomeStore::prekeys() {
  Query query(context_.database, "SELECT prekeys FROM home WHERE prekeys IS NOT NULL");
  if (query.step()) {
    const auto opened = context_.open(SealedColumn::prekeys, {}, query.view(0));
    if (opened) {
      if (auto prekeys = session::load_prekeys(opened->reveal())) return std::move(*prekeys);
    }
  }
  context_.damaged = true;
  return {};
}

void HomeStore::save_prekeys(const session::PrivatePrekeys& prekeys) {
  Query(context_.database, "UPDATE home SET prekeys = ?, next_rotation = ?",
        context_.vault.seal(SealedColumn::prekeys, {}, session::store(prekeys).reveal(), context_.random),
        session::next_rotation(prekeys))
      .run();
}

UnixMillis HomeStore::next_rotation() {
  Query query(context_.database, "SELECT next_rotation FROM home");
  return query.step() ? query.time(0) : UnixMillis{};
}

UnixMillis HomeStore::stock_checked_at() {
  Query query(context_.database, "SELECT stock_checked_at FROM home");
  return query.step() ? query.time(0) : UnixMillis{};
}

void HomeStore::set_stock_checked_at(UnixMillis now) {
  Query(context_.database, "UPDATE home SET stock_checked_at = ?", now).run();
}

MailboxCursors HomeStore::mailbox() {
  Query query(context_.database, "SELECT mailbox_cursor, mailbox_acknowledged FROM home");
  if (!query.step()) return {};
  return {.read = query.number(0), .acknowledged = query.number(1)};
}

void HomeStore::set_mailbox(MailboxCursors cursors) {
  Query(context_.database, "UPDATE home SET mailbox_cursor = ?, mailbox_acknowledged = ?", cursors.read,
        cursors.acknowledged)
      .run();
}

}  // namespace sotto::client
