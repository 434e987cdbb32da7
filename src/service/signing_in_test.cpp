// Only the right password of a listed device opens a login, and a stranger learns nothing about which names exist.
#include "service/signing_in.h"

#include <gtest/gtest.h>

#include "service/testing/test_server.h"
#include "storage/memory/memory_storage.h"
#include "wire/equality.h"

namespace sotto::service {
namespace {

using testing::refusal_code;
using wire::ErrorCode;

class SigningInTest : public ::testing::Test {
 protected:
  void SetUp() override { server_.join(ada_); }

  storage::MemoryStorage storage_;
  testing::TestServer server_{storage_};
  testing::TestAccount ada_{"ada", server_.random};
};

TEST_F(SigningInTest, OpensALogin) {
  wire::SignIn request = ada_.sign_in();
  request.name = "ADA";
  const auto outcome = server_.enter(request);
  ASSERT_TRUE(outcome.has_value());
  const Caller caller = testing::TestServer::caller_of(outcome->answer);
  EXPECT_EQ(caller.account, ada_.account);
  EXPECT_TRUE(server_.ask(caller, wire::Authenticate{}));
  EXPECT_EQ(server_.events.back().kind, SecurityEventKind::signed_in);
  EXPECT_EQ(server_.events.back().login, caller.login);
}

TEST_F(SigningInTest, AnswersTheSameForAWrongPasswordAndAnUnknownName) {
  wire::SignIn wrong_password = ada_.sign_in();
  wrong_password.password += "!";
  wire::SignIn unknown_name = ada_.sign_in();
  unknown_name.name = "nobody";
  wire::SignIn impossible_name = ada_.sign_in();
  impossible_name.name = "!";
  const auto first = server_.enter(wrong_password);
  ASSERT_FALSE(first.has_value());
  EXPECT_EQ(first.error().error.code, ErrorCode::wrong_credentials);
  for (const wire::SignIn& request : {unknown_name, impossible_name}) {
    const auto other = server_.enter(request);
    ASSERT_FALSE(other.has_value());
    EXPECT_TRUE(wire::equal(other.error().error, first.error().error));
  }
  EXPECT_EQ(server_.events.back().kind, SecurityEventKind::sign_in_failed);
}

TEST_F(SigningInTest, TakesAsLongForAnUnknownName) {
  const std::string& nobodys = server_.passwords.nobodys_hash();
  EXPECT_FALSE(crypto::needs_rehash(nobodys, testing::test_password_cost)) << "a hash of the usual cost";
  EXPECT_FALSE(crypto::verify_password(nobodys, as_bytes("")));
}

TEST_F(SigningInTest, RefusesUnlistedDevicesAfterTheRightPasswordOnly) {
  wire::SignIn request = ada_.sign_in();
  request.device = server_.random.next<DeviceId>();
  EXPECT_EQ(refusal_code(server_.enter(request)), ErrorCode::device_not_listed);
  request.password += "!";
  EXPECT_EQ(refusal_code(server_.enter(request)), ErrorCode::wrong_credentials);
}

TEST_F(SigningInTest, AProofServesItsOwnAccountAndPasswordOnly) {
  testing::TestAccount bob("bob", server_.random);
  server_.join(bob);
  const auto ada_request = server_.rules.check(ada_.sign_in());
  const auto bob_request = server_.rules.check(bob.sign_in());
  const auto task = server_.read([&](UnitOfWork& unit) { return server_.rules.prepare(unit, *ada_request); });
  const auto proof = server_.rules.prove(*task, *ada_request, server_.moment());
  ASSERT_TRUE(proof.has_value());
  const auto complete = [&](const Checked<wire::SignIn>& request) {
    return server_.write(
        [&](UnitOfWork& unit) { return server_.rules.complete(unit, request, *proof, server_.moment()); });
  };
  EXPECT_EQ(refusal_code(complete(*bob_request)), ErrorCode::wrong_credentials);
  EXPECT_TRUE(complete(*ada_request));
  server_.write([&](UnitOfWork& unit) {
    unit.accounts().replace_password_hash(ada_.account, "changed meanwhile");
    return 0;
  });
  EXPECT_EQ(refusal_code(complete(*ada_request)), ErrorCode::wrong_credentials);
}

TEST_F(SigningInTest, ReplacesAHashOfAnotherCost) {
  const crypto::Argon2idCost stronger{.memory_kib = 16, .passes = 2};
  const Passwords passwords(stronger, server_.random);
  const Rules rules(server_.tokens, passwords);
  const auto request = rules.check(ada_.sign_in());
  const auto task = server_.read([&](UnitOfWork& unit) { return rules.prepare(unit, *request); });
  const auto proof = rules.prove(*task, *request, server_.moment());
  ASSERT_TRUE(proof.has_value());
  ASSERT_TRUE(
      server_.write([&](UnitOfWork& unit) { return rules.complete(unit, *request, *proof, server_.moment()); }));
  const auto account = server_.read([&](UnitOfWork& unit) { return unit.accounts().find(ada_.account); });
  EXPECT_FALSE(crypto::needs_rehash(account->password_hash, stronger));
  EXPECT_TRUE(server_.enter(ada_.sign_in()));
}

TEST_F(SigningInTest, EndsTheLoginThatWasIdleLongestWhenThereAreTooMany) {
  std::vector<Caller> callers;
  for (std::size_t count = 1; count < max_logins; ++count) {
    server_.now = server_.now + seconds(1);
    callers.push_back(server_.sign_in(ada_));
  }
  server_.notices.clear();
  server_.now = server_.now + seconds(1);
  const Caller last = server_.sign_in(ada_);
  const auto ended = testing::pushes<wire::LoginEnded>(server_.notices);
  ASSERT_EQ(ended.size(), 1u);
  EXPECT_EQ(ended.front().first.account, ada_.account);
  EXPECT_EQ(server_.ask(last, wire::ListLogins{})->answer.logins.size(), max_logins);
  for (const Caller& caller : callers) EXPECT_TRUE(server_.ask(caller, wire::Authenticate{})) << "used later";
}

}  // namespace
}  // namespace sotto::service
