#include "service/access_tokens.h"

#include <utility>

#include "base/text_encoding.h"
#include "crypto/constant_time.h"
#include "crypto/hash.h"
#include "wire/json.h"

namespace sotto::service {
namespace {

constexpr std::string_view signing_key_name = "token signing key";

/// Times are seconds, as RFC 7519 has them.
struct AccessClaims {
  std::string iss;
  std::string aud;
  AccountId sub;
  DeviceId dev;
  LoginId sid;
  std::uint64_t iat = 0;
  std::uint64_t nbf = 0;
  std::uint64_t exp = 0;
  bool rec = false;

  static constexpr auto describe() {
    using wire::at_most;
    using wire::field;
    return wire::message(
        "AccessClaims", "What an access token says.",
        field(1, "iss", &AccessClaims::iss, at_most(256), "The installation that issued it."),
        field(2, "aud", &AccessClaims::aud, at_most(256), "Who it is for."),
        field(3, "sub", &AccessClaims::sub, "The account."), field(4, "dev", &AccessClaims::dev, "The device."),
        field(5, "sid", &AccessClaims::sid, "The login."), field(6, "iat", &AccessClaims::iat, "When it was issued."),
        field(7, "nbf", &AccessClaims::nbf, "When it begins to be valid."),
        field(8, "exp", &AccessClaims::exp, "When it stops to be valid."),
        field(9, "rec", &AccessClaims::rec, "Whether it may only restore a backup."));
  }
};

std::uint64_t whole_seconds(UnixMillis point) { return point.value / 1'000; }
UnixMillis from_seconds(std::uint64_t count) { return {count * 1'000}; }

std::string header_for(const Ed25519PublicKey& public_key) {
  const Sha256Digest digest = crypto::sha256(public_key.view());
  const std::string key_id = to_hex(digest.view().first(8));
  return to_base64url(as_bytes(R"({"alg":"EdDSA","typ":"JWT","kid":")" + key_id + R"("})")) + ".";
}

/// The claims, if the part before the last dot is signed by the key. `signed_size` octets of `token` are header and
/// claims with the dot between them.
///
/// The key that issues is at hand and Ed25519 is deterministic (RFC 8032), so the signature is made again and compared:
/// a third of the time that verifying takes, and stricter.
std::optional<AccessClaims> open_claims(std::string_view token, std::size_t header_size,
                                        const crypto::Ed25519KeyPair& key_pair) {
  const std::size_t signed_size = token.rfind('.');
  if (signed_size == std::string_view::npos || signed_size < header_size) return std::nullopt;
  const auto signature_octets = from_base64url(token.substr(signed_size + 1));
  if (!signature_octets) return std::nullopt;
  const auto signature = Ed25519Signature::from(*signature_octets);
  if (!signature) return std::nullopt;
  const Ed25519Signature expected = crypto::sign_raw(key_pair, as_bytes(token.substr(0, signed_size)));
  if (crypto::mask_if_equal(signature->view(), expected.view()).value == 0) {
    return std::nullopt;
  }
  const auto claims_text = from_base64url(token.substr(header_size, signed_size - header_size));
  if (!claims_text) return std::nullopt;
  auto claims = wire::from_json<AccessClaims>(as_text(*claims_text));
  if (!claims) return std::nullopt;
  return *std::move(claims);
}

}  // namespace

Refusal refusal_for(AccessTokenError error) {
  if (error == AccessTokenError::expired) {
    return refuse(wire::ErrorCode::token_expired, "the access token has expired").error();
  }
  return refuse(wire::ErrorCode::unauthenticated, "the access token is not valid").error();
}

AccessTokens::AccessTokens(crypto::Ed25519KeyPair key_pair, AccessTokenSettings settings, UnixMillis started_at)
    : key_pair_(std::move(key_pair)),
      settings_(std::move(settings)),
      started_at_(started_at),
      header_(header_for(key_pair_.public_key)) {}

AccessTokens::Issued AccessTokens::issue(const Caller& caller, UnixMillis now) const {
  AccessClaims claims;
  claims.iss = settings_.issuer;
  claims.aud = settings_.audience;
  claims.sub = caller.account;
  claims.dev = caller.device;
  claims.sid = caller.login;
  claims.rec = caller.scope == LoginScope::recovery;
  claims.iat = whole_seconds(now);
  claims.nbf = claims.iat;
  claims.exp = whole_seconds(now + settings_.lifetime);
  std::string token = header_ + to_base64url(as_bytes(wire::to_json(claims)));
  const Ed25519Signature signature = crypto::sign_raw(key_pair_, as_bytes(token));
  token += "." + to_base64url(signature.view());
  return {std::move(token), from_seconds(claims.exp)};
}

std::expected<CheckedAccess, AccessTokenError> AccessTokens::check(std::string_view token, UnixMillis now) const {
  const std::unexpected invalid(AccessTokenError::invalid);
  if (token.size() > wire::max_token_size || !token.starts_with(header_)) return invalid;
  const auto claims = open_claims(token, header_.size(), key_pair_);
  if (!claims || claims->iss != settings_.issuer || claims->aud != settings_.audience) return invalid;
  const UnixMillis latest = now + settings_.clock_skew;
  if (from_seconds(claims->nbf) > latest || from_seconds(claims->iat) > latest) return invalid;
  if (from_seconds(claims->exp) + settings_.clock_skew <= now) return std::unexpected(AccessTokenError::expired);
  return CheckedAccess{
      .caller = {claims->sub, claims->dev, claims->sid, claims->rec ? LoginScope::recovery : LoginScope::full},
      .expires_at = from_seconds(claims->exp),
      .login_check = from_seconds(claims->iat) < started_at_ ? LoginCheck::stored : LoginCheck::remembered};
}

std::expected<crypto::Ed25519KeyPair, SigningKeyError> load_token_signing_key(UnitOfWork& unit, Random& random) {
  if (std::optional<Bytes> stored = unit.values().find(signing_key_name)) {
    const SecretBuffer octets{*stored};
    wipe(*stored);
    if (octets.size() != Secret<32>::size) return std::unexpected(SigningKeyError::damaged);
    return crypto::ed25519_from_seed(Secret<32>(octets.reveal().first<Secret<32>::size>()));
  }
  crypto::Ed25519KeyPair key_pair = crypto::generate_ed25519(random);
  unit.values().put(signing_key_name, key_pair.seed.reveal());
  return key_pair;
}

}  // namespace sotto::service
