// A password alone opens a login that can read the backup and nothing else; only a list that the account key signed
// makes it a full one (threats 6, 28).
#include "service/recovery.h"

#include "service/testing/rules_test.h"

namespace sotto::service {
namespace {

using testing::refusal_code;
using wire::ErrorCode;

class RecoveryTest : public testing::RulesTest {
 protected:
  Outcome<wire::SignedIn> recover() {
    return server_.enter(wire::Recover{ada_.name, ada_.password, new_device_.device});
  }
  /// The caller of an access token, as a gateway takes it from the token.
  Caller caller_of(const std::string& access_token) {
    return server_.tokens.check(access_token, server_.now).value_or(CheckedAccess{}).caller;
  }
  /// What `request` is refused with for the recovering login.
  template <class Request>
  ErrorCode asked(const Caller& caller, const Request& request) {
    return refusal_code(server_.ask(caller, request));
  }

  testing::TestDevice new_device_ = testing::TestDevice::make(server_.random);
};

TEST_F(RecoveryTest, TheLoginReadsTheBackupAndTheOwnAccountAlone) {
  ASSERT_TRUE(server_.ask(ada_caller_, wire::PutBackup{BackupId{{1}}, {1}}));
  const wire::Conversation conversation = open();
  const auto opened = recover();
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ(server_.events.back().kind, SecurityEventKind::recovery_began);
  const Caller caller = caller_of(opened->answer.tokens.access_token);
  EXPECT_EQ(caller.account, ada_.account);
  EXPECT_EQ(caller.scope, LoginScope::recovery);

  EXPECT_EQ(asked(caller, wire::Authenticate{}), ErrorCode::unspecified);
  EXPECT_EQ(asked(caller, wire::GetBackup{}), ErrorCode::unspecified);
  EXPECT_EQ(asked(caller, wire::ReadBackup{BackupId{{1}}, 0}), ErrorCode::unspecified);
  EXPECT_EQ(asked(caller, wire::GetAccount{ada_.account}), ErrorCode::unspecified);
  EXPECT_EQ(asked(caller, wire::ListLogins{}), ErrorCode::unspecified);

  EXPECT_EQ(asked(caller, wire::GetAccount{bob_.account}), ErrorCode::forbidden);
  EXPECT_EQ(asked(caller, wire::FindAccount{"ada"}), ErrorCode::forbidden);
  EXPECT_EQ(asked(caller, wire::ListConversations{}), ErrorCode::forbidden);
  EXPECT_EQ(asked(caller, wire::ReadLog{conversation.conversation, 0, 0}), ErrorCode::forbidden);
  EXPECT_EQ(asked(caller, wire::Resume{}), ErrorCode::forbidden);
  EXPECT_EQ(asked(caller, wire::ReadMailbox{}), ErrorCode::forbidden);
  EXPECT_EQ(asked(caller, wire::RevokeLogin{ada_caller_.login}), ErrorCode::forbidden);
  EXPECT_EQ(asked(caller, wire::DeleteBackup{}), ErrorCode::forbidden);
  EXPECT_EQ(asked(caller, wire::PutBackup{BackupId{{2}}, {1}}), ErrorCode::forbidden);
  EXPECT_EQ(asked(caller, wire::ApproveLink{}), ErrorCode::forbidden);
  EXPECT_EQ(asked(caller, wire::PostLink{}), ErrorCode::forbidden);
  EXPECT_EQ(asked(caller, wire::SetPrivacy{}), ErrorCode::forbidden);
  EXPECT_EQ(asked(caller, ada_.prekeys(new_device_, server_.random, {})), ErrorCode::forbidden);
  EXPECT_EQ(asked(caller, wire::SignOut{}), ErrorCode::unspecified);
  EXPECT_EQ(asked(caller, wire::Authenticate{}), ErrorCode::token_revoked);
}

// The list of what is allowed, against all there is: a new operation is not forgotten.
TEST_F(RecoveryTest, EveryOtherOperationIsForbidden) {
  const auto count = wire::unpack(
      [](const auto&... operation) {
        return (std::size_t{0} + ... +
                (allowed_while_recovering<typename std::remove_cvref_t<decltype(operation)>::Request> ? 1 : 0));
      },
      wire::operations);
  EXPECT_EQ(count, 8u);
}

TEST_F(RecoveryTest, AListThatNamesTheDeviceMakesItAFullLogin) {
  const auto opened = recover();
  ASSERT_TRUE(opened.has_value());
  const Caller caller = caller_of(opened->answer.tokens.access_token);
  const auto early = server_.refresh(opened->answer.tokens.refresh_token);
  ASSERT_TRUE(early.has_value());
  EXPECT_EQ(caller_of(early->answer.access_token).scope, LoginScope::recovery) << "not listed yet";

  ada_.devices.push_back(std::move(new_device_));
  const wire::SignedDeviceList first = ada_.first_list();
  ASSERT_TRUE(server_.ask(caller, wire::PublishDeviceList{ada_.sign(ada_.list_of_devices(2, &first))}));
  EXPECT_EQ(asked(caller, wire::ListConversations{}), ErrorCode::forbidden) << "the old token stays what it is";
  const auto refreshed = server_.refresh(early->answer.refresh_token);
  ASSERT_TRUE(refreshed.has_value());
  const Caller full = caller_of(refreshed->answer.access_token);
  EXPECT_EQ(full.scope, LoginScope::full);
  EXPECT_EQ(full.login, caller.login);
  EXPECT_TRUE(server_.ask(full, ada_.prekeys(ada_.devices[1], server_.random, {})));
  EXPECT_TRUE(server_.ask(full, wire::ListConversations{}));
  EXPECT_TRUE(server_.ask(caller, wire::Authenticate{})) << "it is the same login";
}

TEST_F(RecoveryTest, Threat6WithoutTheAccountKeyNoDeviceIsListed) {
  const Caller caller = caller_of(recover()->answer.tokens.access_token);
  testing::TestAccount thief("thief", server_.random);
  wire::SignedDeviceList first = ada_.first_list();
  ada_.devices.push_back(std::move(new_device_));
  const wire::DeviceList list = ada_.list_of_devices(2, &first);
  EXPECT_EQ(asked(caller, wire::PublishDeviceList{thief.sign(list)}), ErrorCode::bad_signature);
}

TEST_F(RecoveryTest, AnotherDevicesListEndsItsLogin) {
  const Caller caller = caller_of(recover()->answer.tokens.access_token);
  (void)link_device(ada_, ada_caller_, ada_.first_list());
  EXPECT_EQ(asked(caller, wire::Authenticate{}), ErrorCode::token_revoked);
}

TEST_F(RecoveryTest, Threat28WrongPasswordsAndUnknownNamesAreRefusedAlike) {
  const auto wrong = server_.enter(wire::Recover{ada_.name, "not the password", new_device_.device});
  const auto unknown = server_.enter(wire::Recover{"nobody", ada_.password, new_device_.device});
  EXPECT_EQ(refusal_code(wrong), ErrorCode::wrong_credentials);
  EXPECT_EQ(refusal_code(unknown), ErrorCode::wrong_credentials);
  EXPECT_EQ(wrong.error().error.message, unknown.error().error.message);
  EXPECT_EQ(server_.events.back().kind, SecurityEventKind::sign_in_failed);
}

TEST_F(RecoveryTest, AListedDeviceSignsInInstead) {
  EXPECT_EQ(refusal_code(server_.enter(wire::Recover{ada_.name, ada_.password, ada_caller_.device})),
            ErrorCode::invalid_value);
  EXPECT_EQ(refusal_code(server_.enter(wire::Recover{ada_.name, ada_.password, DeviceId{}})), ErrorCode::invalid_value);
}

}  // namespace
}  // namespace sotto::service
