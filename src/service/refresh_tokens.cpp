#include "service/refresh_tokens.h"

#include "base/text_encoding.h"
#include "crypto/hash.h"

namespace sotto::service {
namespace {

constexpr std::size_t secret_size = 32;
constexpr std::size_t token_size = LoginId::size + secret_size;

}  // namespace

MadeRefreshToken make_refresh_token(LoginId login, Random& random) {
  ByteArray<token_size> octets{};
  std::ranges::copy(login.bytes, octets.begin());
  random.fill(std::span(octets).subspan(LoginId::size));
  MadeRefreshToken made{to_base64url(octets), {}};
  made.digest = crypto::sha256(as_bytes(made.token));
  wipe(octets);
  return made;
}

std::optional<ShownRefreshToken> read_refresh_token(std::string_view token) {
  if (token.size() != token_size / 3 * 4) return std::nullopt;
  const auto octets = from_base64url(token);
  if (!octets) return std::nullopt;
  return ShownRefreshToken{*LoginId::from(ByteView(*octets).first(LoginId::size)), crypto::sha256(as_bytes(token))};
}

}  // namespace sotto::service
