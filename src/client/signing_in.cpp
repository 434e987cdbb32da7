#include "client/signing_in.h"

#include <algorithm>

#include "client/directory.h"
#include "client/wording.h"
#include "crypto/hash.h"

namespace sotto::client {
namespace {

/// Before its expiry an access token is exchanged.
constexpr Milliseconds refresh_early = seconds(60);
/// How long one process may take to refresh before another tries.
constexpr Milliseconds refresh_lease = seconds(15);

std::string text_of(const SecretBuffer& secret) { return std::string(as_text(secret.reveal())); }

/// When an access token should be exchanged, by this device's clock.
UnixMillis refresh_time(const Home& home, const StoredTokens& tokens) {
  const std::int64_t time =
      static_cast<std::int64_t>(tokens.access_expires_at.value) - home.clock_skew - refresh_early.count;
  return {static_cast<std::uint64_t>(std::max<std::int64_t>(time, 0))};
}

void begin_registration(Turn& turn, const std::string& name) {
  const session::AccountIdentity identity = session::generate_account(turn.random);
  const session::LocalDevice device = session::generate_device(identity, turn.random);
  session::Replenished prekeys = session::replenish({}, device, {}, turn.now, turn.random);
  invariant(!prekeys.uploads.empty());
  wire::Register request{.name = name,
                         .password = {},
                         .account = identity.account,
                         .account_key = identity.account_key.public_key,
                         .device_list = session::first_device_list(identity, device, turn.now),
                         .device = device.address.device,
                         .prekeys = std::move(prekeys.uploads.front())};
  turn.home.begin_registration({.identity = identity, .device = device, .prekeys = prekeys.next, .request = request});
  for (std::size_t index = 1; index < prekeys.uploads.size(); ++index) {
    turn.outbox.add_upload(UploadKind::prekeys, wire::encode(prekeys.uploads[index]));
  }
  pin_own_account(turn, {.account = request.account,
                         .name = request.name,
                         .account_key = request.account_key,
                         .device_list = request.device_list});
}

void refresh(Turn& turn, const StoredTokens& tokens) {
  if (turn.home.refresh_lease_until() > turn.now) return;
  if (turn.ask(AskRefresh{crypto::sha256(tokens.refresh_token.reveal())},
               wire::Refresh{.refresh_token = text_of(tokens.refresh_token)})) {
    turn.home.set_refresh_lease(turn.now + refresh_lease);
  }
}

bool is_refreshing(const Turn& turn) { return turn.memory.link.is_open(key_of(AskRefresh{})); }

}  // namespace

StoredTokens stored_tokens(const wire::Tokens& tokens) {
  return {.access_token = SecretBuffer(as_bytes(tokens.access_token)),
          .refresh_token = SecretBuffer(as_bytes(tokens.refresh_token)),
          .access_expires_at = tokens.access_expires_at};
}

void run_register(Turn& turn, WaitingCommand& waiting, const RegisterAccount& command) {
  const std::uint64_t id = waiting.frame.id;
  const std::optional<std::string> name = account_name(command.name);
  const Home home = turn.home.load();
  if (!name) return turn.fail(id, ClientErrorCode::invalid_name);
  if (command.password.size() < 8) return turn.fail(id, ClientErrorCode::invalid_password);
  if (home.state == LoginState::logged_in || home.state == LoginState::logged_out) {
    return turn.fail(id, ClientErrorCode::already_registered);
  }
  if (home.state == LoginState::registering && home.name != *name) {
    return turn.fail(id, ClientErrorCode::registration_pending);
  }
  if (home.state == LoginState::empty) begin_registration(turn, *name);
  std::optional<wire::Register> request = turn.home.registration();
  if (!request) return;
  request->password = command.password;
  waiting.blocked_on = key_of(AskRegister{}, id);
  turn.ask(AskRegister{}, std::move(*request), id);
}

void run_log_in(Turn& turn, WaitingCommand& waiting, const LogIn& command) {
  const std::uint64_t id = waiting.frame.id;
  const std::optional<std::string> name = account_name(command.name);
  const Home home = turn.home.load();
  if (!name) return turn.fail(id, ClientErrorCode::invalid_name);
  if (home.state == LoginState::empty || home.name != *name) {
    return turn.fail(id, ClientErrorCode::device_not_linked);
  }
  waiting.blocked_on = key_of(AskSignIn{}, id);
  turn.ask(AskSignIn{}, wire::SignIn{.name = *name, .password = command.password, .device = home.device}, id);
}

void receive_signed_in(Turn& turn, const Asked& asked, const wire::SignedIn& signed_in) {
  const Home home = turn.home.load();
  if (signed_in.account != home.account || signed_in.device != home.device) {
    turn.notice({.kind = SecurityNoticeKind::wrong_account, .account = home.account});
    turn.fail(asked.command, ClientErrorCode::server_distrusted);
    return;
  }
  turn.home.sign_in(signed_in.login, stored_tokens(signed_in.tokens));
  turn.answer(asked.command, SignedIn{.account = home.account, .device = home.device, .name = home.name});
  turn.memory.access_refused = false;
  // A stream that is tied to an earlier login is opened anew.
  if (turn.memory.link.phase() != Phase::open) turn.memory.link.give_up();
}

void receive_registration_refused(Turn& turn, const Asked& asked, const wire::Error& error) {
  using enum wire::ErrorCode;
  const bool certain = error.code == name_taken || error.code == invalid_value || error.code == forbidden ||
                       error.code == bad_signature || error.code == limit_reached;
  // Then no account was made, and another name may be tried.
  if (certain && turn.home.load().state == LoginState::registering) {
    turn.contacts.forget(turn.home.load().account);
    turn.home.forget_registration();
    for (const Upload& upload : turn.outbox.uploads(1'000)) turn.outbox.remove_upload(upload.position);
  }
  turn.fail(asked.command, error_of(error));
}

void receive_tokens(Turn& turn, const AskRefresh& asked, const wire::Tokens& tokens) {
  const std::optional<StoredTokens> held = turn.home.tokens();
  turn.home.set_refresh_lease({});
  // Another process may have signed in anew or out.
  if (!held || crypto::sha256(held->refresh_token.reveal()) != asked.token) return;
  turn.home.replace_tokens(stored_tokens(tokens));
  turn.memory.access_refused = false;
  turn.memory.refreshed = true;
}

void receive_refresh_refused(Turn& turn, const AskRefresh& asked, const wire::Error& error) {
  using enum wire::ErrorCode;
  turn.home.set_refresh_lease({});
  const std::optional<StoredTokens> held = turn.home.tokens();
  if (!held || crypto::sha256(held->refresh_token.reveal()) != asked.token) return;
  if (error.code == token_revoked || error.code == token_expired || error.code == unauthenticated) {
    end_login(turn);
  } else {
    turn.memory.link.give_up();
  }
}

void receive_authenticated(Turn& turn, const wire::Authenticated& authenticated) {
  const Home home = turn.home.load();
  if (authenticated.account != home.account || authenticated.device != home.device) {
    turn.notice({.kind = SecurityNoticeKind::wrong_account, .account = home.account});
    turn.memory.link.give_up();
    return;
  }
  turn.home.set_clock_skew(static_cast<std::int64_t>(authenticated.server_time.value) -
                           static_cast<std::int64_t>(turn.now.value));
  turn.memory.refreshed = false;
  turn.memory.link.authenticated();
}

void receive_authenticate_refused(Turn& turn, const AskAuthenticate& asked, const wire::Error& error) {
  using enum wire::ErrorCode;
  const std::optional<StoredTokens> held = turn.home.tokens();
  if (!held || crypto::sha256(held->access_token.reveal()) != asked.token) return;
  if (error.code == token_revoked) {
    end_login(turn);
  } else if (error.code == token_expired || error.code == unauthenticated) {
    if (turn.memory.access_refused) {
      // A fresh token was refused too: perhaps this server's clock or key changed. Not to be tried at once again.
      turn.memory.access_refused = false;
      turn.memory.link.give_up();
    } else {
      turn.memory.access_refused = true;
    }
  } else {
    turn.memory.link.give_up();
  }
}

void end_login(Turn& turn) { turn.home.sign_out(); }

void pump_login(Turn& turn) {
  Link& link = turn.memory.link;
  if (!link.is_open()) return;
  const Home home = turn.home.load();
  const std::optional<StoredTokens> tokens = turn.home.tokens();
  if (!tokens || is_refreshing(turn)) return;
  const bool refused = turn.memory.access_refused && link.phase() == Phase::open;
  // Right after a refresh the token is shown whatever this device's clock says of it.
  const bool due = turn.now >= refresh_time(home, *tokens) && !turn.memory.refreshed;
  if (refused || due) {
    refresh(turn, *tokens);
    if (link.phase() == Phase::open) return;
  }
  if (link.phase() == Phase::open) {
    turn.ask(AskAuthenticate{crypto::sha256(tokens->access_token.reveal())},
             wire::Authenticate{.access_token = text_of(tokens->access_token)});
  } else if (link.phase() == Phase::resuming || turn.memory.resume_again) {
    if (turn.ask(AskResume{}, wire::Resume{.cursors = turn.conversations.cursors()})) {
      turn.memory.resume_again = false;
    }
  }
}

std::optional<UnixMillis> next_login_turn(Turn& turn) {
  const std::optional<StoredTokens> tokens = turn.home.tokens();
  if (!tokens || !turn.memory.link.is_open()) return std::nullopt;
  const UnixMillis due = refresh_time(turn.home.load(), *tokens);
  return std::max({due, turn.home.refresh_lease_until(), turn.now + seconds(1)});
}

}  // namespace sotto::client
