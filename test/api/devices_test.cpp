// Devices come and go over the wire: a linking serves its two sides with and without a login, a recovering login
// reaches what it may and nothing else, and a device that is removed is cut off at once (threats 2, 6, 23, 32).
#include <gtest/gtest.h>

#include "api/poll_client.h"
#include "api/signed_in.h"
#include "crypto/hash.h"
#include "wire/random_message.h"

namespace sotto::test {
namespace {

using service::testing::TestDevice;
using wire::ErrorCode;

template <class Fixed>
Fixed filled(std::uint8_t octet) {
  Fixed value;
  value.bytes.fill(octet);
  return value;
}

class DevicesWorld : public ::testing::Test {
 protected:
  explicit DevicesWorld(ApiOptions options) : server_(std::move(options)) {}

  template <class Request>
  HttpAnswer ask(std::string_view operation, const Request& request, const std::string& token = {}) const {
    return call(server_.port(),
                {.target = "/api/v1/" + std::string(operation), .body = wire::to_json(request), .token = token});
  }
  /// Adds a device to Ada's list as the device with this token would.
  DeviceId list_new_device(const std::string& token) {
    const wire::SignedDeviceList before = last_list_;
    ada_.account.devices.push_back(TestDevice::make(server_.random));
    last_list_ = ada_.account.sign(ada_.account.list_of_devices(++version_, &before));
    EXPECT_EQ(ask("publish_device_list", wire::PublishDeviceList{last_list_}, token).status, 200u);
    return ada_.account.devices.back().device;
  }
  void remove_last_device() {
    const wire::SignedDeviceList before = last_list_;
    ada_.account.devices.pop_back();
    last_list_ = ada_.account.sign(ada_.account.list_of_devices(++version_, &before));
    EXPECT_EQ(ask("publish_device_list", wire::PublishDeviceList{last_list_}, ada_.token()).status, 200u);
  }
  wire::SignedIn sign_in_last() {
    const HttpAnswer answer = ask("sign_in", ada_.account.sign_in(ada_.account.devices.size() - 1));
    return wire::from_json<wire::SignedIn>(answer.body).value_or(wire::SignedIn{});
  }

  const LinkId link_ = filled<LinkId>(1);
  const wire::LinkClaim claim_ = filled<wire::LinkClaim>(2);
  ApiServer server_;
  Person ada_{server_, "ada"};
  Person bob_{server_, "bob"};
  wire::SignedDeviceList last_list_ = ada_.account.first_list();
  std::uint64_t version_ = 1;
};

class DevicesApi : public DevicesWorld, public ::testing::WithParamInterface<Backend> {
 protected:
  DevicesApi() : DevicesWorld(options()) {}
  static ApiOptions options() {
    ApiOptions options;
    options.backend = GetParam();
    return options;
  }
};

TEST_P(DevicesApi, ANewDeviceIsLinkedOverAStreamThatNobodyAuthenticated) {
  StreamClient fresh({.port = server_.port(), .origin = {}});
  ASSERT_TRUE(std::holds_alternative<wire::Done>(fresh.ask(wire::BeginLink{link_, crypto::sha256(claim_.view())})));
  const auto linked = ada_.stream();
  EXPECT_TRUE(std::holds_alternative<wire::Done>(linked->ask(wire::PostLink{link_, std::nullopt, 1, {1, 2}})));
  EXPECT_EQ(std::get<wire::LinkBoxes>(fresh.ask(wire::ReadLink{link_, claim_})).boxes, (std::vector<Bytes>{{1, 2}}));
  EXPECT_TRUE(std::holds_alternative<wire::Done>(fresh.ask(wire::PostLink{link_, claim_, 1, {3}})));
  EXPECT_EQ(std::get<wire::LinkBoxes>(linked->ask(wire::ReadLink{link_, std::nullopt})).boxes,
            (std::vector<Bytes>{{3}}));
  EXPECT_EQ(code_of(fresh.ask(wire::ApproveLink{link_, DeviceId{}})), ErrorCode::unauthenticated);
  const DeviceId device = list_new_device(ada_.token());
  EXPECT_TRUE(std::holds_alternative<wire::Done>(linked->ask(wire::ApproveLink{link_, device})));
  const auto signed_in = fresh.ask(wire::FinishLink{link_, claim_});
  ASSERT_TRUE(std::holds_alternative<wire::SignedIn>(signed_in));
  EXPECT_TRUE(std::holds_alternative<wire::Authenticated>(
      fresh.ask(wire::Authenticate{std::get<wire::SignedIn>(signed_in).tokens.access_token})));
  EXPECT_TRUE(std::holds_alternative<wire::PrekeyStock>(
      fresh.ask(ada_.account.prekeys(ada_.account.devices.back(), server_.random, {}))));
}

TEST_P(DevicesApi, ALinkingWorksOverHttpToo) {
  ASSERT_EQ(ask("begin_link", wire::BeginLink{link_, crypto::sha256(claim_.view())}).status, 200u);
  EXPECT_EQ(ask("post_link", wire::PostLink{link_, std::nullopt, 1, {1}}).error().code, ErrorCode::unauthenticated);
  EXPECT_EQ(ask("post_link", wire::PostLink{link_, std::nullopt, 1, {1}}, "no token").error().code,
            ErrorCode::unauthenticated);
  EXPECT_EQ(ask("post_link", wire::PostLink{link_, std::nullopt, 1, {1}}, ada_.token()).status, 200u);
  EXPECT_EQ(ask("read_link", wire::ReadLink{link_, std::nullopt}, bob_.token()).error().code, ErrorCode::not_found);
  const HttpAnswer boxes = ask("read_link", wire::ReadLink{link_, claim_});
  EXPECT_EQ(wire::from_json<wire::LinkBoxes>(boxes.body).value_or(wire::LinkBoxes{}).boxes, (std::vector<Bytes>{{1}}));
  EXPECT_EQ(ask("approve_link", wire::ApproveLink{link_, list_new_device(ada_.token())}, ada_.token()).status, 200u);
  EXPECT_EQ(ask("finish_link", wire::FinishLink{link_, claim_}).status, 200u);
}

class ShortAuthentication : public DevicesWorld {
 protected:
  ShortAuthentication() : DevicesWorld(options()) {}
  static ApiOptions options() {
    ApiOptions options;
    options.gateway.authentication_timeout = std::chrono::milliseconds(1'000);
    return options;
  }
};

TEST_F(ShortAuthentication, AStreamThatOpenedALinkingMayWaitForIt) {
  StreamClient fresh({.port = server_.port(), .origin = {}});
  ASSERT_TRUE(std::holds_alternative<wire::Done>(fresh.ask(wire::BeginLink{link_, crypto::sha256(claim_.view())})));
  StreamClient idle({.port = server_.port(), .origin = {}});
  EXPECT_EQ(idle.read_until_closed(), 4401);
  EXPECT_TRUE(std::holds_alternative<wire::LinkBoxes>(fresh.ask(wire::ReadLink{link_, claim_})));
}

TEST_P(DevicesApi, ARemovedDeviceIsCutOffAtOnce) {
  const wire::Conversation conversation = bob_.open_with(ada_);
  const DeviceId device = list_new_device(ada_.token());
  const wire::SignedIn second = sign_in_last();
  StreamClient stream({.port = server_.port(), .origin = {}});
  ASSERT_TRUE(std::holds_alternative<wire::Authenticated>(stream.ask(wire::Authenticate{second.tokens.access_token})));
  ASSERT_TRUE(std::holds_alternative<wire::Resumed>(stream.ask(wire::Resume{})));
  PollClient polled(server_.port());
  ASSERT_TRUE(std::holds_alternative<wire::Authenticated>(polled.ask(wire::Authenticate{second.tokens.access_token})));
  const auto bob = bob_.live_stream();

  remove_last_device();
  EXPECT_EQ(stream.read_until_closed(), 4401);
  EXPECT_TRUE(polled.next_push());
  EXPECT_FALSE(polled.receive());
  EXPECT_EQ(polled.closed_with(), 4401u);
  EXPECT_EQ(ask("list_logins", wire::ListLogins{}, second.tokens.access_token).error().code, ErrorCode::token_revoked);
  EXPECT_EQ(ask("refresh", wire::Refresh{second.tokens.refresh_token}).error().code, ErrorCode::token_revoked);
  EXPECT_EQ(ask("claim_prekeys", wire::ClaimPrekeys{ada_.signed_in.account, {device}}, bob_.token()).error().code,
            ErrorCode::device_not_listed);
  EXPECT_EQ(ask("post_mailbox", wire::PostMailbox{ada_.signed_in.account, device, message_id(1), {1}}, bob_.token())
                .error()
                .code,
            ErrorCode::device_not_listed);
  const auto raised = bob->next_push();
  ASSERT_TRUE(raised && std::holds_alternative<wire::EpochRaised>(*raised));
  EXPECT_GT(std::get<wire::EpochRaised>(*raised).epoch, conversation.epoch);
}

TEST_P(DevicesApi, ARecoveringLoginIsForbiddenEverythingElse) {
  ASSERT_EQ(ask("put_backup", wire::PutBackup{filled<BackupId>(1), {1}}, ada_.token()).status, 200u);
  const DeviceId device = filled<DeviceId>(9);
  const HttpAnswer answer = ask("recover", wire::Recover{"ada", ada_.account.password, device});
  ASSERT_EQ(answer.status, 200u) << answer.body;
  const std::string token = wire::from_json<wire::SignedIn>(answer.body).value_or(wire::SignedIn{}).tokens.access_token;
  EXPECT_EQ(ask("get_backup", wire::GetBackup{}, token).status, 200u);
  EXPECT_EQ(ask("get_account", wire::GetAccount{ada_.signed_in.account}, token).status, 200u);
  std::size_t forbidden = 0;
  const auto try_one = [&](const auto& operation) {
    using Request = typename std::remove_cvref_t<decltype(operation)>::Request;
    if (operation.access == wire::Access::anyone || service::allowed_while_recovering<Request>) return;
    if (operation.reach == wire::Reach::stream_only) return;
    crypto::SystemRandom random;
    wire::RandomMessageSource source(random);
    Request request;
    source.fill(request);
    EXPECT_EQ(ask(operation.name, request, token).error().code, ErrorCode::forbidden) << operation.name;
    ++forbidden;
  };
  wire::unpack([&](const auto&... operation) { (try_one(operation), ...); }, wire::operations);
  EXPECT_GT(forbidden, 30u);
  StreamClient stream({.port = server_.port(), .origin = {}});
  EXPECT_TRUE(std::holds_alternative<wire::Authenticated>(stream.ask(wire::Authenticate{token})));
  EXPECT_EQ(code_of(stream.ask(wire::Resume{})), ErrorCode::forbidden);
  EXPECT_EQ(code_of(stream.ask(wire::WatchPresence{})), ErrorCode::forbidden);
  EXPECT_EQ(code_of(stream.ask(wire::PostLink{link_, std::nullopt, 1, {1}})), ErrorCode::forbidden);
}

TEST_P(DevicesApi, ARecoveredDeviceBecomesAFullOneByTheList) {
  const DeviceId device = filled<DeviceId>(9);
  const HttpAnswer answer = ask("recover", wire::Recover{"ada", ada_.account.password, device});
  const auto recovering = wire::from_json<wire::SignedIn>(answer.body);
  ASSERT_TRUE(recovering) << answer.body;
  const std::string& token = recovering->tokens.access_token;
  ada_.account.devices.push_back(TestDevice::make(server_.random));
  ada_.account.devices.back().device = device;
  const wire::SignedDeviceList before = last_list_;
  last_list_ = ada_.account.sign(ada_.account.list_of_devices(++version_, &before));
  ASSERT_EQ(ask("publish_device_list", wire::PublishDeviceList{last_list_}, token).status, 200u);
  const HttpAnswer refreshed = ask("refresh", wire::Refresh{recovering->tokens.refresh_token});
  const auto tokens = wire::from_json<wire::Tokens>(refreshed.body);
  ASSERT_TRUE(tokens) << refreshed.body;
  EXPECT_EQ(ask("publish_prekeys", ada_.account.prekeys(ada_.account.devices.back(), server_.random, {}),
                tokens->access_token)
                .status,
            200u);
  EXPECT_EQ(ask("list_conversations", wire::ListConversations{}, tokens->access_token).status, 200u);
}

TEST_P(DevicesApi, AResetEndsEveryStreamOfTheOldIdentity) {
  const auto old = ada_.live_stream();
  TestAccount renewed("ada", server_.random);
  renewed.account = ada_.signed_in.account;
  TestDevice& device = renewed.devices.front();
  const wire::ResetAccount request{.name = "ada",
                                   .password = ada_.account.password,
                                   .account_key = renewed.account_key.public_key,
                                   .device_list = renewed.sign(renewed.list_of_devices(1)),
                                   .device = device.device,
                                   .prekeys = renewed.prekeys(device, server_.random, {})};
  const HttpAnswer answer = ask("reset_account", request);
  ASSERT_EQ(answer.status, 200u) << answer.body;
  EXPECT_EQ(old->read_until_closed(), 4401);
  EXPECT_EQ(ask("list_logins", wire::ListLogins{}, ada_.token()).error().code, ErrorCode::token_revoked);
  const auto signed_in = wire::from_json<wire::SignedIn>(answer.body);
  EXPECT_EQ(ask("list_logins", wire::ListLogins{}, signed_in->tokens.access_token).status, 200u);
}

INSTANTIATE_TEST_SUITE_P(Backends, DevicesApi, ::testing::Values(Backend::memory, Backend::sqlite),
                         [](const auto& backend) { return backend.param == Backend::memory ? "memory" : "sqlite"; });

}  // namespace
}  // namespace sotto::test
