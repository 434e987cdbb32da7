// An access token is accepted only as this server issued it: any other algorithm, key, claim, time or octet is refused.
#include "service/access_tokens.h"

#include <gtest/gtest.h>

#include "base/text_encoding.h"
#include "crypto/hash.h"
#include "crypto/hkdf.h"
#include "crypto/testing/deterministic_random.h"
#include "service/testing/start.h"

namespace sotto::service {
namespace {

using testing::start;

std::string part(std::string_view json) { return to_base64url(as_bytes(json)); }

std::string decoded(std::string_view encoded) { return std::string(as_text(from_base64url(encoded).value())); }

class AccessTokensTest : public ::testing::Test {
 protected:
  AccessTokensTest() : key_(crypto::generate_ed25519(random_)), tokens_(key_.copy(), {}, start) {}

  AccessTokens with(AccessTokenSettings settings) { return {key_.copy(), std::move(settings), start}; }

  /// `header` and `claims` under the server's own key, so that only what they say can be at fault.
  std::string signed_token(std::string_view header, std::string_view claims) {
    const std::string text = part(header) + "." + part(claims);
    return text + "." + to_base64url(crypto::sign_raw(key_, as_bytes(text)).view());
  }
  std::string good_header() {
    const std::string token = tokens_.issue(caller_, start).token;
    return decoded(token.substr(0, token.find('.')));
  }
  std::string good_claims() {
    const std::string token = tokens_.issue(caller_, start).token;
    const std::size_t begin = token.find('.') + 1;
    return decoded(token.substr(begin, token.rfind('.') - begin));
  }
  std::string claims_with(std::string_view from, std::string_view to) {
    std::string claims = good_claims();
    const std::size_t at = claims.find(from);
    EXPECT_NE(at, std::string::npos) << claims;
    return claims.replace(at, from.size(), to);
  }
  void expect_invalid(std::string_view token) {
    const auto checked = tokens_.check(token, start);
    ASSERT_FALSE(checked.has_value()) << token;
    EXPECT_EQ(checked.error(), AccessTokenError::invalid) << token;
  }

  crypto::DeterministicRandom random_{7};
  crypto::Ed25519KeyPair key_;
  Caller caller_{random_.next<AccountId>(), random_.next<DeviceId>(), random_.next<LoginId>()};
  AccessTokens tokens_;
};

TEST_F(AccessTokensTest, AcceptsWhatItIssued) {
  const auto issued = tokens_.issue(caller_, start);
  const auto checked = tokens_.check(issued.token, start);
  ASSERT_TRUE(checked.has_value());
  EXPECT_EQ(checked->caller, caller_);
  EXPECT_EQ(checked->expires_at, start + minutes(10));
  EXPECT_EQ(issued.expires_at, start + minutes(10));
  EXPECT_LE(issued.token.size(), wire::max_token_size);
}

TEST_F(AccessTokensTest, CarriesTheScopeOfItsLogin) {
  Caller recovering = caller_;
  recovering.scope = LoginScope::recovery;
  const auto checked = tokens_.check(tokens_.issue(recovering, start).token, start);
  ASSERT_TRUE(checked.has_value());
  EXPECT_EQ(checked->caller, recovering);
  EXPECT_NE(checked->caller, caller_);
}

TEST_F(AccessTokensTest, HasTheDocumentedForm) {
  EXPECT_EQ(good_header(), R"({"alg":"EdDSA","typ":"JWT","kid":")" +
                               to_hex(crypto::sha256(key_.public_key.view()).view().first(8)) + R"("})");
  EXPECT_EQ(good_claims(), R"({"iss":"sotto","aud":"sotto","sub":")" + to_hex(caller_.account.view()) + R"(","dev":")" +
                               to_hex(caller_.device.view()) + R"(","sid":")" + to_hex(caller_.login.view()) +
                               R"(","iat":1800000000,"nbf":1800000000,"exp":1800000600,"rec":false})");
  EXPECT_TRUE(tokens_.check(signed_token(good_header(), good_claims()), start))
      << "the spoiled ones differ in one thing";
}

TEST_F(AccessTokensTest, RefusesOtherAlgorithms) {
  expect_invalid(part(R"({"alg":"none","typ":"JWT"})") + "." + part(good_claims()) + ".");
  for (const char* algorithm : {"none", "None", "HS256", "ES256", "RS256", "EdDSa"}) {
    std::string header = good_header();
    header.replace(header.find("EdDSA"), 5, algorithm);
    expect_invalid(signed_token(header, good_claims()));
  }
}

TEST_F(AccessTokensTest, RefusesThePublicKeyAsAnHmacSecret) {
  for (const std::string& header : {std::string(R"({"alg":"HS256","typ":"JWT"})"), good_header()}) {
    const std::string text = part(header) + "." + part(good_claims());
    const Secret<32> mac = crypto::hmac_sha256(key_.public_key.view(), as_bytes(text));
    expect_invalid(text + "." + to_base64url(mac.reveal()));
  }
}

TEST_F(AccessTokensTest, RefusesOtherKeys) {
  const AccessTokens other(crypto::generate_ed25519(random_), {}, start);
  expect_invalid(other.issue(caller_, start).token);
  std::string header = good_header();
  header.replace(header.find("kid\":\"") + 6, 16, "0000000000000000");
  expect_invalid(signed_token(header, good_claims()));
  expect_invalid(signed_token(R"({"typ":"JWT","alg":"EdDSA"})", good_claims()));
  expect_invalid(signed_token(good_header() + " ", good_claims()));
}

TEST_F(AccessTokensTest, RefusesOtherIssuersAndAudiences) {
  expect_invalid(with({.issuer = "elsewhere"}).issue(caller_, start).token);
  expect_invalid(with({.audience = "others"}).issue(caller_, start).token);
}

TEST_F(AccessTokensTest, RefusesClaimsThatAreMissingOrMalformed) {
  expect_invalid(signed_token(good_header(), "{}"));
  expect_invalid(signed_token(good_header(), "null"));
  expect_invalid(signed_token(good_header(), ""));
  expect_invalid(signed_token(good_header(), good_claims() + "x"));
  expect_invalid(signed_token(good_header(), claims_with("\"sub\":\"", "\"sub\":\"00")));
  expect_invalid(signed_token(good_header(), claims_with("1800000600", "\"1800000600\"")));
  expect_invalid(signed_token(good_header(), claims_with("1800000600", "1e99")));
  expect_invalid(signed_token(good_header(), claims_with("\"aud\":\"sotto\"", "\"aud\":[\"sotto\"]")));
}

TEST_F(AccessTokensTest, ATokenWithoutExpiryHasExpired) {
  const auto checked = tokens_.check(signed_token(good_header(), claims_with(",\"exp\":1800000600", "")), start);
  ASSERT_FALSE(checked.has_value());
  EXPECT_EQ(checked.error(), AccessTokenError::expired);
}

TEST_F(AccessTokensTest, ExpiresWithThirtySecondsOfGrace) {
  const std::string token = tokens_.issue(caller_, start).token;
  EXPECT_TRUE(tokens_.check(token, start + minutes(10) + Milliseconds{29'999}));
  const auto late = tokens_.check(token, start + minutes(10) + seconds(30));
  ASSERT_FALSE(late.has_value());
  EXPECT_EQ(late.error(), AccessTokenError::expired);
}

TEST_F(AccessTokensTest, IsNotValidMoreThanThirtySecondsBeforeItsTime) {
  const std::string token = tokens_.issue(caller_, start + seconds(31)).token;
  expect_invalid(token);
  EXPECT_TRUE(tokens_.check(token, start + seconds(1)));
  expect_invalid(signed_token(good_header(), claims_with("\"nbf\":1800000000", "\"nbf\":1800000031")));
  expect_invalid(signed_token(good_header(), claims_with("\"iat\":1800000000", "\"iat\":1800000031")));
}

TEST_F(AccessTokensTest, RefusesEveryTruncationAndEveryFlippedBit) {
  const std::string token = tokens_.issue(caller_, start).token;
  for (std::size_t size = 0; size < token.size(); ++size) expect_invalid(std::string_view(token).substr(0, size));
  for (std::size_t at = 0; at < token.size(); ++at) {
    for (unsigned bit = 1; bit < 128; bit *= 2) {
      std::string flipped = token;
      flipped[at] = static_cast<char>(static_cast<unsigned char>(flipped[at]) ^ bit);
      expect_invalid(flipped);
    }
  }
}

TEST_F(AccessTokensTest, RefusesOtherFormsOfTheSameToken) {
  const std::string token = tokens_.issue(caller_, start).token;
  for (const char* suffix : {"=", ".", " ", "\n", "A", ".AAAA"}) expect_invalid(token + suffix);
  expect_invalid("Bearer " + token);
  expect_invalid(token + std::string(wire::max_token_size, 'A'));
}

TEST_F(AccessTokensTest, AsksForTheStoredLoginOfTokensFromBeforeTheStart) {
  const AccessTokens restarted(key_.copy(), {}, start + minutes(1));
  EXPECT_EQ(tokens_.check(tokens_.issue(caller_, start).token, start)->login_check, LoginCheck::remembered);
  const auto earlier = restarted.check(tokens_.issue(caller_, start).token, start + minutes(1));
  ASSERT_TRUE(earlier.has_value());
  EXPECT_EQ(earlier->login_check, LoginCheck::stored);
}

TEST_F(AccessTokensTest, TellsExpiredFromInvalid) {
  EXPECT_EQ(refusal_for(AccessTokenError::expired).error.code, wire::ErrorCode::token_expired);
  EXPECT_EQ(refusal_for(AccessTokenError::invalid).error.code, wire::ErrorCode::unauthenticated);
}

}  // namespace
}  // namespace sotto::service
