// A refresh token works once, or again while its successor is unused; any older one ends the login. Logins are ended by
// their own account only, and at once.
#include "service/logins.h"

#include "base/text_encoding.h"
#include "crypto/hash.h"
#include "service/refresh_tokens.h"
#include "service/testing/rules_test.h"

namespace sotto::service {
namespace {

using testing::refusal_code;
using wire::ErrorCode;

class LoginsTest : public testing::RulesTest {
 protected:
  LoginsTest() {
    const auto entered = server_.enter(ada_.sign_in());
    caller_ = testing::TestServer::caller_of(entered->answer);
    first_token_ = entered->answer.tokens.refresh_token;
    server_.events.clear();
    server_.notices.clear();
  }

  /// The token's successor; empty if it was refused.
  std::string rotate(const std::string& token) {
    const auto outcome = server_.refresh(token);
    return outcome ? outcome->answer.refresh_token : std::string();
  }
  bool is_open(const Caller& caller) { return server_.ask(caller, wire::Authenticate{}).has_value(); }
  void expect_ended_for_reuse(const std::string& token) {
    const auto outcome = server_.refresh(token);
    ASSERT_FALSE(outcome.has_value());
    EXPECT_EQ(outcome.error().error.code, ErrorCode::token_revoked);
    EXPECT_FALSE(is_open(caller_));
    ASSERT_EQ(server_.events.size(), 1u);
    EXPECT_EQ(server_.events.front().kind, SecurityEventKind::refresh_token_reused);
    EXPECT_EQ(server_.events.front().login, caller_.login);
    const auto ended = testing::pushes<wire::LoginEnded>(server_.notices);
    ASSERT_EQ(ended.size(), 1u);
    EXPECT_EQ(ended.front().second.login, caller_.login);
    EXPECT_EQ(ended.front().first.account, caller_.account);
    EXPECT_EQ(ended.front().first.device, caller_.device);
  }

  Caller caller_;
  std::string first_token_;
};

TEST_F(LoginsTest, RotatesTheCurrentToken) {
  server_.now = server_.now + hours(1);
  const auto second = server_.refresh(first_token_);
  ASSERT_TRUE(second.has_value());
  EXPECT_NE(second->answer.refresh_token, first_token_);
  EXPECT_EQ(server_.tokens.check(second->answer.access_token, server_.now)->caller, caller_);
  EXPECT_EQ(second->answer.access_expires_at, server_.now + minutes(10));
  std::string token = second->answer.refresh_token;
  for (int count = 0; count < 5; ++count) {
    token = rotate(token);
    EXPECT_FALSE(token.empty());
  }
  EXPECT_TRUE(is_open(caller_));
}

TEST_F(LoginsTest, StoresHashesOnly) {
  const auto login = server_.read([&](UnitOfWork& unit) { return unit.logins().find(caller_.login); });
  EXPECT_EQ(login->current_token, crypto::sha256(as_bytes(first_token_)));
  EXPECT_FALSE(login->previous_token.has_value());
}

TEST_F(LoginsTest, ALostAnswerMayBeAskedForAgain) {
  const std::string lost = rotate(first_token_);
  const std::string also_lost = rotate(first_token_);
  const std::string arrived = rotate(first_token_);
  EXPECT_FALSE(arrived.empty());
  EXPECT_NE(arrived, lost);
  EXPECT_NE(arrived, also_lost);
  EXPECT_FALSE(rotate(arrived).empty());
  EXPECT_TRUE(is_open(caller_));
  expect_ended_for_reuse(first_token_);
}

TEST_F(LoginsTest, ASuccessorThatWasReplacedCountsAsStolen) {
  const std::string replaced = rotate(first_token_);
  EXPECT_FALSE(rotate(first_token_).empty());
  expect_ended_for_reuse(replaced);
}

TEST_F(LoginsTest, ATokenWhoseSuccessorWasUsedEndsTheLogin) {
  const std::string second = rotate(first_token_);
  const std::string third = rotate(second);
  expect_ended_for_reuse(first_token_);
  EXPECT_EQ(refusal_code(server_.refresh(third)), ErrorCode::token_revoked) << "the thief's and the owner's alike";
}

TEST_F(LoginsTest, AMadeUpTokenOfAKnownLoginEndsIt) {
  Bytes octets(caller_.login.bytes.begin(), caller_.login.bytes.end());
  octets.resize(48, 0x5a);
  expect_ended_for_reuse(to_base64url(octets));
}

TEST_F(LoginsTest, RefusesWhatIsNoToken) {
  for (const std::string& token : {std::string(), std::string("x"), first_token_.substr(1), first_token_ + "A",
                                   std::string(64, '='), std::string(2'000, 'A')}) {
    EXPECT_EQ(refusal_code(server_.refresh(token)), ErrorCode::unauthenticated) << token;
  }
  EXPECT_EQ(refusal_code(server_.refresh(std::string(64, 'A'))), ErrorCode::token_revoked) << "an unknown login";
  EXPECT_TRUE(is_open(caller_));
}

TEST_F(LoginsTest, EndsAfterThirtyIdleDays) {
  server_.now = server_.now + days(30);
  const std::string second = rotate(first_token_);
  EXPECT_FALSE(second.empty());
  server_.now = server_.now + days(30) + Milliseconds{1};
  EXPECT_TRUE(server_.ask(caller_, wire::ListLogins{})->answer.logins.empty());
  EXPECT_EQ(refusal_code(server_.refresh(second)), ErrorCode::token_revoked);
  EXPECT_FALSE(is_open(caller_));
}

TEST_F(LoginsTest, SigningOutEndsTheLoginAtOnce) {
  EXPECT_TRUE(server_.ask(caller_, wire::SignOut{}));
  EXPECT_FALSE(is_open(caller_));
  EXPECT_EQ(refusal_code(server_.refresh(first_token_)), ErrorCode::token_revoked);
  ASSERT_EQ(testing::pushes<wire::LoginEnded>(server_.notices).size(), 1u);
  EXPECT_EQ(server_.events.front().kind, SecurityEventKind::signed_out);
  EXPECT_TRUE(server_.ask(caller_, wire::SignOut{})) << "a repeat is done already";
  EXPECT_EQ(server_.events.size(), 1u);
  EXPECT_TRUE(is_open(ada_caller_)) << "the account's other login goes on";
}

TEST_F(LoginsTest, ListsTheAccountsLoginsNewestFirst) {
  server_.now = server_.now + seconds(5);
  const Caller newest = server_.sign_in(ada_);
  const auto logins = server_.ask(caller_, wire::ListLogins{})->answer.logins;
  ASSERT_EQ(logins.size(), 3u);
  EXPECT_EQ(logins.front().login, newest.login);
  EXPECT_EQ(logins.front().created_at, server_.now);
  for (const wire::Login& login : logins) EXPECT_EQ(login.current, login.login == caller_.login);
}

TEST_F(LoginsTest, RevokesTheAccountsOwnLoginsOnly) {
  EXPECT_EQ(refusal_code(server_.ask(eve_caller_, wire::RevokeLogin{caller_.login})), ErrorCode::not_found);
  EXPECT_TRUE(is_open(caller_));
  EXPECT_TRUE(server_.ask(ada_caller_, wire::RevokeLogin{caller_.login}));
  EXPECT_FALSE(is_open(caller_));
  EXPECT_EQ(server_.events.back().kind, SecurityEventKind::login_revoked);
  EXPECT_EQ(refusal_code(server_.ask(ada_caller_, wire::RevokeLogin{caller_.login})), ErrorCode::not_found);
}

TEST_F(LoginsTest, CheckedByStorageALoginBelongsToItsAccountAndDevice) {
  const auto check = [&](const Caller& caller) {
    return server_.read([&](UnitOfWork& unit) { return server_.rules.check_login(unit, caller); });
  };
  EXPECT_TRUE(check(caller_));
  EXPECT_EQ(refusal_code(check({eve_caller_.account, eve_caller_.device, caller_.login})), ErrorCode::token_revoked);
  EXPECT_EQ(refusal_code(check({caller_.account, bob_caller_.device, caller_.login})), ErrorCode::token_revoked);
  EXPECT_EQ(refusal_code(check({caller_.account, caller_.device, LoginId{}})), ErrorCode::token_revoked);
}

TEST_F(LoginsTest, AuthenticationTellsTheServersTime) {
  const auto answer = server_.ask(caller_, wire::Authenticate{})->answer;
  EXPECT_EQ(answer.account, ada_.account);
  EXPECT_EQ(answer.device, caller_.device);
  EXPECT_EQ(answer.server_time, server_.now);
}

TEST_F(LoginsTest, TheSigningKeyIsMadeOnceAndDamageIsNoticed) {
  const auto load = [&] {
    return server_.write([&](UnitOfWork& unit) { return load_token_signing_key(unit, server_.random); });
  };
  const auto first = load();
  const auto second = load();
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->public_key, second->public_key);
  EXPECT_EQ(first->seed, second->seed);
  server_.write([&](UnitOfWork& unit) {
    unit.values().put("token signing key", as_bytes("short"));
    return 0;
  });
  const auto damaged = load();
  ASSERT_FALSE(damaged.has_value());
  EXPECT_EQ(damaged.error(), SigningKeyError::damaged);
}

}  // namespace
}  // namespace sotto::service
