#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/keys.h"
#include "base/random.h"

namespace sotto::service {

// A refresh token is base64url(login id (16 octets) || 32 random octets), 64 characters. The login id in front finds
// the login even for a token that was replaced, which is how reuse is noticed; only the digest is stored.

struct MadeRefreshToken {
  std::string token;
  /// SHA-256 of the token's text.
  Sha256Digest digest;
};

[[nodiscard]] MadeRefreshToken make_refresh_token(LoginId login, Random& random);

struct ShownRefreshToken {
  LoginId login;
  Sha256Digest digest;
};

/// Nothing if the text does not have a token's form.
[[nodiscard]] std::optional<ShownRefreshToken> read_refresh_token(std::string_view token);

}  // namespace sotto::service
