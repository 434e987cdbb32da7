#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "crypto/ed25519.h"
#include "service/context.h"

namespace sotto::service {

struct AccessTokenSettings {
  /// The claim `iss`: names this installation.
  std::string issuer = "sotto";
  /// The claim `aud`: who the token is for.
  std::string audience = "sotto";
  Milliseconds lifetime = minutes(10);
  /// How far this machine's clock may be behind or ahead of the one that issued the token.
  Milliseconds clock_skew = seconds(30);
};

enum class AccessTokenError : std::uint8_t {
  /// Not a token of this server: wrong form, algorithm, key, signature, issuer or audience, or not valid yet.
  invalid,
  /// It was one, and its time is over.
  expired,
};

/// What a client is told: `unauthenticated` or `token_expired`.
[[nodiscard]] Refusal refusal_for(AccessTokenError error);

/// Whether a token's word is enough, or the login has to be looked up because the token may have been issued before
/// this process began and so before it could have heard that the login ended.
enum class LoginCheck : std::uint8_t { remembered, stored };

struct CheckedAccess {
  Caller caller;
  UnixMillis expires_at;
  LoginCheck login_check = LoginCheck::stored;
};

/// Access tokens: JSON Web Tokens (RFC 7519) signed with EdDSA over Ed25519 (RFC 8037).
///
///   base64url({"alg":"EdDSA","typ":"JWT","kid":K}) . base64url(claims) . base64url(signature)
///
/// K is the first 8 octets of SHA-256(public key) in hexadecimal. The claims are iss, aud, sub (account id), dev
/// (device id), sid (login id), iat, nbf, exp and rec (true if the login may only restore a backup). The header has to
/// be exactly the one above, octet for octet, so there is no algorithm or key to be confused about. Immutable; may be
/// used from any thread.
class AccessTokens {
 public:
  struct Issued {
    std::string token;
    UnixMillis expires_at;
  };

  /// `started_at` is when this process began to hear of ended logins.
  AccessTokens(crypto::Ed25519KeyPair key_pair, AccessTokenSettings settings, UnixMillis started_at);

  [[nodiscard]] Issued issue(const Caller& caller, UnixMillis now) const;

  /// Needs no storage. The gateway goes on to ask `EndedLogins`, and `Rules::check_login` if `login_check` is `stored`.
  [[nodiscard]] std::expected<CheckedAccess, AccessTokenError> check(std::string_view token, UnixMillis now) const;

 private:
  crypto::Ed25519KeyPair key_pair_;
  AccessTokenSettings settings_;
  UnixMillis started_at_;
  /// The only header that is issued and accepted, encoded, with the dot that follows it.
  std::string header_;
};

enum class SigningKeyError : std::uint8_t {
  /// What is stored under the key's name is not a key; the storage is damaged.
  damaged,
};

/// The server's token signing key: the stored one, or at the first start a new one, which the unit then stores as the
/// server value "token signing key" (the 32-octet seed). Run it in a writing unit.
[[nodiscard]] std::expected<crypto::Ed25519KeyPair, SigningKeyError> load_token_signing_key(UnitOfWork& unit,
                                                                                            Random& random);

}  // namespace sotto::service
