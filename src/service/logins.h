#pragma once

#include "service/access_tokens.h"
#include "wire/account.h"

namespace sotto::service {

/// Open logins of an account; opening one more ends the one that was idle longest.
inline constexpr std::size_t max_logins = 100;
/// A login that was not refreshed for so long has ended.
inline constexpr Milliseconds login_idle_time = days(30);

/// Logins and their tokens. A refresh token is base64url(login id || 32 random octets); only its SHA-256 is stored. A
/// login exists only as long as its device is on its account's list; one for recovery until it leaves that list behind.
class Logins {
 public:
  /// Borrowed for the object's life.
  explicit Logins(const AccessTokens& tokens) : tokens_(tokens) {}

  /// Opens a login. The caller of this has made sure that the device is on the account's list.
  [[nodiscard]] Accepted<wire::SignedIn> open(UnitOfWork& unit, const StoredAccount& account, DeviceId device,
                                              const Moment& moment) const;

  /// The same for a device that is not listed: `login_scopes.h` says what the login may do. It becomes a full one by
  /// the first `refresh` after a list names its device.
  [[nodiscard]] Accepted<wire::SignedIn> open_for_recovery(UnitOfWork& unit, const StoredAccount& account,
                                                           DeviceId device, const Moment& moment) const;

  /// Rotates a refresh token as `wire::Refresh` says. A token of a known login that is neither the current one nor the
  /// one before it ends the login: `token_revoked`, to be kept.
  [[nodiscard]] Outcome<wire::Tokens> refresh(UnitOfWork& unit, const wire::Refresh& request,
                                              const Moment& moment) const;

  /// `token_revoked` if the caller's login has ended or is another device's.
  [[nodiscard]] std::expected<void, Refusal> check(UnitOfWork& unit, const Caller& caller) const;

  [[nodiscard]] Outcome<wire::Authenticated> authenticate(UnitOfWork& unit, const Caller& caller,
                                                          const wire::Authenticate& request,
                                                          const Moment& moment) const;
  [[nodiscard]] Outcome<wire::Done> sign_out(UnitOfWork& unit, const Caller& caller, const wire::SignOut& request,
                                             const Moment& moment) const;
  [[nodiscard]] Outcome<wire::Logins> list(UnitOfWork& unit, const Caller& caller, const wire::ListLogins& request,
                                           const Moment& moment) const;
  /// Another account's login is `not_found`.
  [[nodiscard]] Outcome<wire::Done> revoke(UnitOfWork& unit, const Caller& caller, const wire::RevokeLogin& request,
                                           const Moment& moment) const;

 private:
  struct Opening {
    DeviceId device;
    LoginScope scope = LoginScope::full;
  };
  [[nodiscard]] Accepted<wire::SignedIn> open(UnitOfWork& unit, const StoredAccount& account, const Opening& opening,
                                              const Moment& moment) const;
  [[nodiscard]] wire::Tokens issue(StoredLogin& login, const Moment& moment) const;

  const AccessTokens& tokens_;
};

/// The notice that makes every node close the login's streams and remember it as ended.
[[nodiscard]] Notice login_ended(const StoredLogin& login);

}  // namespace sotto::service
