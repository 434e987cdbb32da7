// Every operation has a rule and a place to run, and none lets a caller reach what is another's.
#include "service/rules.h"

#include "service/limits.h"
#include "service/testing/rules_test.h"
#include "wire/equality.h"

namespace sotto::service {
namespace {

using testing::refusal_code;
using wire::ErrorCode;

/// What `Rules` must offer for an operation, by the kind of its work.
template <class O>
constexpr bool has_rule() {
  using Request = O::Request;
  if constexpr (work_kind<Request> == WorkKind::password) {
    return requires(const Rules& rules, UnitOfWork& unit, const Checked<Request>& request, const PasswordProof& proof,
                    const Moment& moment) {
      { rules.complete(unit, request, proof, moment) } -> std::same_as<Outcome<typename O::Answer>>;
    };
  } else if constexpr (work_kind<Request> == WorkKind::checked_write) {
    return requires(const Rules& rules, UnitOfWork& unit, const Caller& caller, const Checked<Request>& request,
                    const Moment& moment) {
      { rules.handle(unit, caller, request, moment) } -> std::same_as<Outcome<typename O::Answer>>;
    };
  } else if constexpr (caller_is_optional<Request>) {
    return requires(const Rules& rules, UnitOfWork& unit, const std::optional<Caller>& caller, const Request& request,
                    const Moment& moment) {
      { rules.handle(unit, caller, request, moment) } -> std::same_as<Outcome<typename O::Answer>>;
    };
  } else if constexpr (std::same_as<Request, wire::Refresh> || std::same_as<Request, wire::BeginLink> ||
                       std::same_as<Request, wire::FinishLink>) {
    return requires(const Rules& rules, UnitOfWork& unit, const Request& request, const Moment& moment) {
      { rules.handle(unit, request, moment) } -> std::same_as<Outcome<typename O::Answer>>;
    };
  } else {
    return requires(const Rules& rules, UnitOfWork& unit, const Caller& caller, const Request& request,
                    const Moment& moment) {
      { rules.handle(unit, caller, request, moment) } -> std::same_as<Outcome<typename O::Answer>>;
    };
  }
}

template <class... Os>
constexpr bool have_rules(const wire::Sequence<Os...>&) {
  return (has_rule<Os>() && ...);
}
static_assert(have_rules(wire::operations));

class RulesTest : public testing::RulesTest {};

TEST_F(RulesTest, LookUpsShowThePublicPartOfAnAccount) {
  const auto found = server_.ask(eve_caller_, wire::FindAccount{"ADA"});
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->answer.account, ada_.account);
  EXPECT_EQ(found->answer.name, "ada");
  EXPECT_EQ(found->answer.account_key, ada_.account_key.public_key);
  EXPECT_TRUE(wire::equal(found->answer.device_list, ada_.first_list()));
  EXPECT_TRUE(wire::equal(server_.ask(eve_caller_, wire::GetAccount{ada_.account})->answer, found->answer));
  EXPECT_EQ(refusal_code(server_.ask(eve_caller_, wire::FindAccount{"nobody"})), ErrorCode::not_found);
  EXPECT_EQ(refusal_code(server_.ask(eve_caller_, wire::FindAccount{"'; --"})), ErrorCode::not_found);
  EXPECT_EQ(refusal_code(server_.ask(eve_caller_, wire::GetAccount{})), ErrorCode::not_found);
}

// The operations that name an object of somebody. The others act on the caller's own alone, and take no name.
TEST_F(RulesTest, NobodyReachesWhatIsAnothers) {
  const wire::Conversation conversation = open();
  ASSERT_TRUE(send(ada_caller_, conversation, 1));
  ASSERT_TRUE(server_.ask(ada_caller_, wire::PostMailbox{bob_.account, bob_caller_.device, message_id(1), {1}}));
  const auto expect_not_found = [&](const auto& request) {
    EXPECT_EQ(refusal_code(server_.ask(eve_caller_, request)), ErrorCode::not_found);
  };
  expect_not_found(wire::RevokeLogin{ada_caller_.login});
  expect_not_found(wire::Send{conversation.conversation, conversation.epoch, message_id(2), {1}});
  expect_not_found(wire::ReadLog{conversation.conversation, 0, 0});
  expect_not_found(wire::Mark{conversation.conversation, 1, 1});
  expect_not_found(wire::SetTyping{conversation.conversation, true});
  EXPECT_TRUE(server_.ask(eve_caller_, wire::ListConversations{})->answer.conversations.empty());
  EXPECT_TRUE(server_.ask(eve_caller_, wire::Resume{{{conversation.conversation, 0}}})->answer.entries.empty());
  EXPECT_EQ(server_.ask(eve_caller_, wire::ListLogins{})->answer.logins.size(), 1u);
  EXPECT_TRUE(server_.ask(eve_caller_, wire::ReadMailbox{})->answer.items.empty());
  EXPECT_NE(refusal_code(server_.ask(eve_caller_, wire::PublishDeviceList{ada_.first_list()})), ErrorCode::unspecified);
}

TEST_F(RulesTest, ADeviceDoesNotReachAnotherAccountsThingsByHavingItsDeviceId) {
  ASSERT_TRUE(server_.ask(ada_caller_, wire::PostMailbox{bob_.account, bob_caller_.device, message_id(1), {1}}));
  testing::TestAccount twin("twin", server_.random);
  twin.devices.front().device = bob_caller_.device;
  wire::Register request = twin.registration(server_.random, {.one_time = 0, .kem = 0});
  request.device_list = twin.sign(twin.list_of_devices(1));
  const auto entered = server_.enter(request);
  ASSERT_TRUE(entered.has_value());
  const Caller caller = testing::TestServer::caller_of(entered->answer);
  EXPECT_TRUE(server_.ask(caller, wire::ReadMailbox{})->answer.items.empty());
  EXPECT_TRUE(server_.ask(caller, wire::AcknowledgeMailbox{100}));
  EXPECT_EQ(server_.ask(caller, wire::GetPrekeyStock{})->answer.one_time_prekeys, 0u);
  EXPECT_EQ(server_.ask(bob_caller_, wire::ReadMailbox{})->answer.items.size(), 1u);
  EXPECT_EQ(server_.ask(bob_caller_, wire::GetPrekeyStock{})->answer.one_time_prekeys, 2u);
}

TEST_F(RulesTest, RefusalsTellNothingOfTheRequestsContent) {
  wire::SignIn request = ada_.sign_in();
  request.password = "secret words of mine";
  const auto refused = server_.enter(request);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().error.message.find("secret"), std::string::npos);
  EXPECT_EQ(refused.error().error.message.find("ada"), std::string::npos);
}

TEST_F(RulesTest, EventsHaveStableNames) {
  EXPECT_EQ(name_of(SecurityEventKind::refresh_token_reused), "refresh_token_reused");
  EXPECT_EQ(name_of(SecurityEventKind::device_list_replaced), "device_list_replaced");
}

}  // namespace
}  // namespace sotto::service
