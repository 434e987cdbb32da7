#include "service/logins.h"

#include <algorithm>

#include "service/device_lists.h"
#include "service/refresh_tokens.h"

namespace sotto::service {
namespace {

SecurityEvent event_of(SecurityEventKind kind, const StoredLogin& login, UnixMillis now) {
  return {
      .kind = kind, .at = now, .account = login.account, .device = login.device, .login = login.login, .address = {}};
}

Caller caller_of(const StoredLogin& login) { return {login.account, login.device, login.login, login.scope}; }

/// Whether the token that the caller showed was issued to this login; in the meantime it may do more.
bool is_login_of(const StoredLogin& login, const Caller& caller) {
  return login.account == caller.account && login.device == caller.device && login.login == caller.login;
}

/// A login for recovery may do everything once its device is listed.
void raise_scope(UnitOfWork& unit, StoredLogin& login) {
  if (login.scope == LoginScope::full) return;
  const std::optional<StoredAccount> account = unit.accounts().find(login.account);
  const std::optional<wire::DeviceList> list = account ? stored_device_list(*account) : std::nullopt;
  if (list && find_device(*list, login.device) != nullptr) login.scope = LoginScope::full;
}

/// Ends the logins that were idle longest until there is room for one more.
void make_room(UnitOfWork& unit, AccountId account, UnixMillis now, Accepted<wire::SignedIn>& accepted) {
  std::vector<StoredLogin> open = unit.logins().list(account);
  while (open.size() >= max_logins) {
    const auto idle_longest = std::ranges::min_element(open, {}, &StoredLogin::last_used_at);
    unit.logins().remove(idle_longest->login);
    accepted.notices.push_back(login_ended(*idle_longest));
    accepted.events.push_back(event_of(SecurityEventKind::login_revoked, *idle_longest, now));
    open.erase(idle_longest);
  }
}

/// Ends a login while refusing a token of it.
Refusal end_login(UnitOfWork& unit, const StoredLogin& login, std::string_view message) {
  unit.logins().remove(login.login);
  Refusal refusal = refuse(wire::ErrorCode::token_revoked, message).error();
  refusal.verdict = Verdict::keep;
  refusal.notices.push_back(login_ended(login));
  return refusal;
}

Accepted<wire::Done> ended(const StoredLogin& login, SecurityEventKind kind, UnixMillis now) {
  return {.answer = {}, .notices = {login_ended(login)}, .events = {event_of(kind, login, now)}};
}

bool is_idle(const StoredLogin& login, UnixMillis now) { return login.last_used_at + login_idle_time < now; }

}  // namespace

Notice login_ended(const StoredLogin& login) {
  return {.account = login.account,
          .device = login.device,
          .except_device = std::nullopt,
          .frame = push_frame(wire::LoginEnded{login.login})};
}

wire::Tokens Logins::issue(StoredLogin& login, const Moment& moment) const {
  MadeRefreshToken refresh_token = make_refresh_token(login.login, moment.random);
  login.current_token = refresh_token.digest;
  login.last_used_at = moment.now;
  AccessTokens::Issued access = tokens_.issue(caller_of(login), moment.now);
  return {std::move(access.token), std::move(refresh_token.token), access.expires_at};
}

Accepted<wire::SignedIn> Logins::open(UnitOfWork& unit, const StoredAccount& account, DeviceId device,
                                      const Moment& moment) const {
  return open(unit, account, {.device = device, .scope = LoginScope::full}, moment);
}

Accepted<wire::SignedIn> Logins::open_for_recovery(UnitOfWork& unit, const StoredAccount& account, DeviceId device,
                                                   const Moment& moment) const {
  return open(unit, account, {.device = device, .scope = LoginScope::recovery}, moment);
}

Accepted<wire::SignedIn> Logins::open(UnitOfWork& unit, const StoredAccount& account, const Opening& opening,
                                      const Moment& moment) const {
  Accepted<wire::SignedIn> accepted;
  make_room(unit, account.account, moment.now, accepted);
  StoredLogin login;
  login.login = moment.random.next<LoginId>();
  login.account = account.account;
  login.device = opening.device;
  login.scope = opening.scope;
  login.created_at = moment.now;
  accepted.answer = {account.account, opening.device, login.login, issue(login, moment)};
  unit.logins().insert(login);
  accepted.events.push_back(event_of(SecurityEventKind::signed_in, login, moment.now));
  return accepted;
}

Outcome<wire::Tokens> Logins::refresh(UnitOfWork& unit, const wire::Refresh& request, const Moment& moment) const {
  const auto shown = read_refresh_token(request.refresh_token);
  if (!shown) return refuse(wire::ErrorCode::unauthenticated, "not a refresh token", "refresh_token");
  std::optional<StoredLogin> login = unit.logins().find(shown->login);
  if (!login) return refuse(wire::ErrorCode::token_revoked, "the login has ended");
  if (is_idle(*login, moment.now)) return std::unexpected(end_login(unit, *login, "the login was idle too long"));

  const auto is_shown = [&](const Sha256Digest& digest) {
    return equal_in_constant_time(digest.view(), shown->digest.view());
  };
  const bool current = is_shown(login->current_token);
  const bool previous = login->previous_token && is_shown(*login->previous_token);
  if (!current && !previous) {
    Refusal refusal = end_login(unit, *login, "the refresh token was used before; the login was ended");
    refusal.events.push_back(event_of(SecurityEventKind::refresh_token_reused, *login, moment.now));
    return std::unexpected(std::move(refusal));
  }
  // The token shown may be shown again until the one issued here is used. If it is the previous one, the answer with
  // its first successor was lost, and that successor is replaced.
  login->previous_token = shown->digest;
  raise_scope(unit, *login);
  Accepted<wire::Tokens> accepted{issue(*login, moment), {}, {}};
  unit.logins().update(*login);
  return accepted;
}

std::expected<void, Refusal> Logins::check(UnitOfWork& unit, const Caller& caller) const {
  const std::optional<StoredLogin> login = unit.logins().find(caller.login);
  if (!login || !is_login_of(*login, caller)) return refuse(wire::ErrorCode::token_revoked, "the login has ended");
  return {};
}

Outcome<wire::Authenticated> Logins::authenticate(UnitOfWork& unit, const Caller& caller,
                                                  const wire::Authenticate& /*request*/, const Moment& moment) const {
  if (auto checked = check(unit, caller); !checked) return std::unexpected(std::move(checked.error()));
  return Accepted<wire::Authenticated>{{caller.account, caller.device, moment.now}, {}, {}};
}

Outcome<wire::Done> Logins::sign_out(UnitOfWork& unit, const Caller& caller, const wire::SignOut& /*request*/,
                                     const Moment& moment) const {
  const std::optional<StoredLogin> login = unit.logins().find(caller.login);
  if (!login || !is_login_of(*login, caller)) return Accepted<wire::Done>{};
  unit.logins().remove(login->login);
  return ended(*login, SecurityEventKind::signed_out, moment.now);
}

Outcome<wire::Logins> Logins::list(UnitOfWork& unit, const Caller& caller, const wire::ListLogins& /*request*/,
                                   const Moment& moment) const {
  Accepted<wire::Logins> accepted;
  for (const StoredLogin& login : unit.logins().list(caller.account)) {
    if (is_idle(login, moment.now)) continue;
    accepted.answer.logins.push_back(
        {login.login, login.device, login.created_at, login.last_used_at, login.login == caller.login});
  }
  return accepted;
}

Outcome<wire::Done> Logins::revoke(UnitOfWork& unit, const Caller& caller, const wire::RevokeLogin& request,
                                   const Moment& moment) const {
  const std::optional<StoredLogin> login = unit.logins().find(request.login);
  if (!login || login->account != caller.account) {
    return refuse(wire::ErrorCode::not_found, "the account has no such login", "login");
  }
  unit.logins().remove(login->login);
  return ended(*login, SecurityEventKind::login_revoked, moment.now);
}

}  // namespace sotto::service
