#pragma once

#include "client/turn.h"

namespace sotto::client {

// Registration, log-in and the life of the tokens.

/// Makes the account's keys unless they are there already, and asks the server for the account.
void run_register(Turn& turn, WaitingCommand& waiting, const RegisterAccount& command);
void run_log_in(Turn& turn, WaitingCommand& waiting, const LogIn& command);

/// Brings an open stream to life: refreshes what is about to expire, authenticates, resumes.
void pump_login(Turn& turn);

void receive_signed_in(Turn& turn, const Asked& asked, const wire::SignedIn& signed_in);
void receive_registration_refused(Turn& turn, const Asked& asked, const wire::Error& error);
void receive_tokens(Turn& turn, const AskRefresh& asked, const wire::Tokens& tokens);
void receive_refresh_refused(Turn& turn, const AskRefresh& asked, const wire::Error& error);
void receive_authenticated(Turn& turn, const wire::Authenticated& authenticated);
void receive_authenticate_refused(Turn& turn, const AskAuthenticate& asked, const wire::Error& error);

/// Tokens as they are kept.
[[nodiscard]] StoredTokens stored_tokens(const wire::Tokens& tokens);

/// The login is over, as the server says of this token or of the present login.
void end_login(Turn& turn);

/// When the tokens next need a turn, if they do.
[[nodiscard]] std::optional<UnixMillis> next_login_turn(Turn& turn);

}  // namespace sotto::client
