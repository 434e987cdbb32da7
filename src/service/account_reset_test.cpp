// A reset gives an account a new key and takes everything from the old one at once; without the password nothing
// happens (threats 28, 32).
#include "service/account_reset.h"

#include "service/testing/rules_test.h"
#include "wire/equality.h"

namespace sotto::service {
namespace {

using testing::refusal_code;
using wire::ErrorCode;

class AccountResetTest : public testing::RulesTest {
 protected:
  AccountResetTest() { renewed_.account = ada_.account; }

  wire::ResetAccount request() {
    testing::TestDevice& device = renewed_.devices.front();
    return {.name = "Ada",
            .password = ada_.password,
            .account_key = renewed_.account_key.public_key,
            .device_list = renewed_.sign(renewed_.list_of_devices(1)),
            .device = device.device,
            .prekeys = renewed_.prekeys(device, server_.random, {})};
  }
  wire::AccountRecord shown() { return server_.ask(bob_caller_, wire::GetAccount{ada_.account})->answer; }
  void expect_refused(const wire::ResetAccount& request, ErrorCode code) {
    const wire::AccountRecord before = shown();
    EXPECT_EQ(refusal_code(server_.enter(request)), code);
    EXPECT_TRUE(wire::equal(shown(), before));
    EXPECT_TRUE(server_.ask(ada_caller_, wire::Authenticate{}));
  }

  /// Ada with a new key and device.
  testing::TestAccount renewed_{"ada", server_.random};
};

TEST_F(AccountResetTest, TheNewIdentityIsSignedInAndShown) {
  const wire::ResetAccount asked = request();
  const auto entered = server_.enter(asked);
  ASSERT_TRUE(entered.has_value());
  EXPECT_EQ(entered->answer.account, ada_.account);
  EXPECT_EQ(entered->answer.device, asked.device);
  EXPECT_EQ(shown().name, "ada");
  EXPECT_EQ(shown().account_key, asked.account_key);
  EXPECT_TRUE(wire::equal(shown().device_list, asked.device_list));
  EXPECT_EQ(server_.events.back().kind, SecurityEventKind::account_reset);
  const Caller caller = testing::TestServer::caller_of(entered->answer);
  EXPECT_EQ(server_.ask(caller, wire::GetPrekeyStock{})->answer.one_time_prekeys, 2u);
  EXPECT_EQ(server_.ask(bob_caller_, wire::ClaimPrekeys{ada_.account, {asked.device}})->answer.bundles.size(), 1u);
}

TEST_F(AccountResetTest, WhatTheOldIdentityHadIsGoneAtOnce) {
  const wire::Conversation conversation = open();
  ASSERT_TRUE(server_.ask(ada_caller_, wire::PutBackup{BackupId{{1}}, {1}}));
  ASSERT_TRUE(server_.ask(ada_caller_, wire::AppendBackup{BackupId{{1}}, 1, {1}}));
  ASSERT_TRUE(server_.ask(wire::BeginLink{LinkId{{1}}, Sha256Digest{}}));
  ASSERT_TRUE(server_.ask(ada_caller_, wire::PostLink{LinkId{{1}}, std::nullopt, 1, {1}}));
  ASSERT_TRUE(server_.ask(bob_caller_, wire::PostMailbox{ada_.account, ada_caller_.device, message_id(1), {1}}));
  server_.notices.clear();
  const auto entered = server_.enter(request());
  ASSERT_TRUE(entered.has_value());
  const Caller caller = testing::TestServer::caller_of(entered->answer);

  EXPECT_EQ(refusal_code(server_.ask(ada_caller_, wire::Authenticate{})), ErrorCode::token_revoked);
  EXPECT_EQ(testing::pushes<wire::LoginEnded>(server_.notices).size(), 1u);
  EXPECT_EQ(testing::pushes<wire::EpochRaised>(server_.notices).size(), 2u);
  EXPECT_EQ(server_.ask(ada_caller_, wire::GetPrekeyStock{})->answer.one_time_prekeys, 0u);
  EXPECT_TRUE(server_.ask(ada_caller_, wire::ReadMailbox{})->answer.items.empty());
  EXPECT_EQ(refusal_code(server_.ask(caller, wire::GetBackup{})), ErrorCode::not_found);
  EXPECT_EQ(server_.read([](UnitOfWork& unit) { return unit.links().count(); }), 0u);
  EXPECT_EQ(refusal_code(send(bob_caller_, conversation, 1)), ErrorCode::stale_epoch);
  EXPECT_EQ(server_.ask(caller, wire::ListConversations{})->answer.conversations.size(), 1u);
  EXPECT_EQ(refusal_code(server_.enter(ada_.sign_in())), ErrorCode::device_not_listed);
}

TEST_F(AccountResetTest, ARepeatOnlySignsIn) {
  const wire::ResetAccount asked = request();
  const auto lost = server_.enter(asked);
  ASSERT_TRUE(lost.has_value());
  server_.notices.clear();
  const auto again = server_.enter(asked);
  ASSERT_TRUE(again.has_value());
  EXPECT_NE(again->answer.login, lost->answer.login);
  EXPECT_TRUE(server_.notices.empty());
}

TEST_F(AccountResetTest, Threat28WithoutThePasswordNothingHappens) {
  wire::ResetAccount wrong = request();
  wrong.password = "not the password";
  expect_refused(wrong, ErrorCode::wrong_credentials);
  wire::ResetAccount unknown = request();
  unknown.name = "nobody";
  expect_refused(unknown, ErrorCode::wrong_credentials);
}

TEST_F(AccountResetTest, RefusesListsThatAreNoFirstListOfTheAccount) {
  wire::ResetAccount foreign = request();
  foreign.device_list = eve_.first_list();
  expect_refused(foreign, ErrorCode::bad_signature);
  wire::DeviceList list = renewed_.list_of_devices(1);
  list.account = eve_.account;
  wire::ResetAccount another = request();
  another.device_list = renewed_.sign(list);
  expect_refused(another, ErrorCode::bad_signature);
  another.prekeys = {};
  expect_refused(another, ErrorCode::invalid_value);
  wire::ResetAccount second = request();
  second.device_list = renewed_.sign(renewed_.list_of_devices(2));
  expect_refused(second, ErrorCode::invalid_value);
  wire::ResetAccount cut = request();
  cut.device_list.list.pop_back();
  expect_refused(cut, ErrorCode::malformed);
}

TEST_F(AccountResetTest, RefusesAListMadeForAnotherAccount) {
  renewed_.account = eve_.account;
  expect_refused(request(), ErrorCode::invalid_value);
}

TEST_F(AccountResetTest, RefusesTheOldKeyAndAnOldDevice) {
  wire::ResetAccount same = request();
  same.account_key = ada_.account_key.public_key;
  same.device_list = ada_.sign(renewed_.list_of_devices(1));
  expect_refused(same, ErrorCode::invalid_value);
  renewed_.devices.front().device = ada_caller_.device;
  expect_refused(request(), ErrorCode::invalid_value);
}

}  // namespace
}  // namespace sotto::service
