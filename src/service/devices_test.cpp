// A device list is replaced only by its signed successor; devices that leave lose everything at once, and everybody who
// writes to the account learns of it.
#include "service/devices.h"

#include "service/testing/rules_test.h"
#include "wire/equality.h"

namespace sotto::service {
namespace {

using testing::refusal_code;
using wire::ErrorCode;

class DevicesTest : public testing::RulesTest {
 protected:
  wire::SignedDeviceList stored() {
    return server_.ask(bob_caller_, wire::GetAccount{ada_.account})->answer.device_list;
  }
  ErrorCode publish(const wire::SignedDeviceList& list) {
    return refusal_code(server_.ask(ada_caller_, wire::PublishDeviceList{list}));
  }
  void expect_refused(const wire::SignedDeviceList& list, ErrorCode code) {
    const wire::SignedDeviceList before = stored();
    EXPECT_EQ(publish(list), code);
    EXPECT_TRUE(wire::equal(stored(), before));
  }
  /// A valid second list with one more device.
  wire::DeviceList second_list() {
    ada_.devices.push_back(testing::TestDevice::make(server_.random));
    const wire::SignedDeviceList first = ada_first_;
    return ada_.list_of_devices(2, &first);
  }

  wire::SignedDeviceList ada_first_ = ada_.first_list();
};

TEST_F(DevicesTest, TakesTheSuccessor) {
  const wire::SignedDeviceList list = ada_.sign(second_list());
  EXPECT_EQ(publish(list), ErrorCode::unspecified);
  EXPECT_TRUE(wire::equal(stored(), list));
  EXPECT_EQ(server_.events.back().kind, SecurityEventKind::device_list_replaced);
  const Caller second = server_.sign_in(ada_, 1);
  EXPECT_EQ(second.device, ada_.devices[1].device);
}

TEST_F(DevicesTest, ARepeatChangesNothing) {
  const wire::Conversation conversation = open();
  const wire::SignedDeviceList list = ada_.sign(second_list());
  EXPECT_EQ(publish(list), ErrorCode::unspecified);
  server_.notices.clear();
  EXPECT_EQ(publish(list), ErrorCode::unspecified);
  EXPECT_TRUE(server_.notices.empty());
  EXPECT_EQ(open().epoch, conversation.epoch + 1);
}

TEST_F(DevicesTest, RefusesOtherVersionsAndPredecessors) {
  wire::DeviceList list = second_list();
  list.version = 3;
  expect_refused(ada_.sign(list), ErrorCode::stale_device_list);
  list.version = 1;
  expect_refused(ada_.sign(list), ErrorCode::stale_device_list);
  list.version = 2;
  list.previous->bytes[0] ^= 1;
  expect_refused(ada_.sign(list), ErrorCode::stale_device_list);
  list.previous.reset();
  expect_refused(ada_.sign(list), ErrorCode::stale_device_list);
}

TEST_F(DevicesTest, RefusesAListThatWasReplaced) {
  const wire::SignedDeviceList second = ada_.sign(second_list());
  ASSERT_EQ(publish(second), ErrorCode::unspecified);
  const wire::SignedDeviceList third = ada_.sign(ada_.list_of_devices(3, &second));
  ASSERT_EQ(publish(third), ErrorCode::unspecified);
  expect_refused(second, ErrorCode::stale_device_list);
  expect_refused(ada_first_, ErrorCode::stale_device_list);
}

TEST_F(DevicesTest, RefusesSignaturesOfOthers) {
  const wire::DeviceList list = second_list();
  expect_refused(eve_.sign(list), ErrorCode::bad_signature);
  expect_refused(testing::sign_device_list(list, ada_.devices.front().signing_key), ErrorCode::bad_signature);
}

TEST_F(DevicesTest, RefusesAnotherAccountsList) {
  wire::DeviceList list = second_list();
  list.account = bob_.account;
  expect_refused(ada_.sign(list), ErrorCode::invalid_value);
  const wire::SignedDeviceList bobs_first = bob_.first_list();
  expect_refused(bob_.sign(bob_.list_of_devices(2, &bobs_first)), ErrorCode::invalid_value);
}

TEST_F(DevicesTest, RefusesUnsortedAndRepeatedDevices) {
  wire::DeviceList list = second_list();
  std::ranges::reverse(list.devices);
  expect_refused(ada_.sign(list), ErrorCode::invalid_value);
  std::ranges::reverse(list.devices);
  list.devices.push_back(list.devices.back());
  expect_refused(ada_.sign(list), ErrorCode::invalid_value);
  list.devices.clear();
  expect_refused(ada_.sign(list), ErrorCode::invalid_value);
}

TEST_F(DevicesTest, RefusesNewKeysForAListedDevice) {
  wire::DeviceList list = second_list();
  const DeviceId own = ada_.devices.front().device;
  const auto record = std::ranges::find(list.devices, own, &wire::DeviceRecord::device);
  record->signing_key = crypto::generate_ed25519(server_.random).public_key;
  expect_refused(ada_.sign(list), ErrorCode::invalid_value);
  record->signing_key = ada_.devices.front().signing_key.public_key;
  record->identity_key = crypto::generate_x25519(server_.random).public_key;
  expect_refused(ada_.sign(list), ErrorCode::invalid_value);
}

TEST_F(DevicesTest, RefusesAListWithoutThePublishingDevice) {
  wire::DeviceList list = second_list();
  std::erase_if(list.devices, [&](const auto& record) { return record.device == ada_caller_.device; });
  expect_refused(ada_.sign(list), ErrorCode::device_not_listed);
}

TEST_F(DevicesTest, TellsTheOwnDevicesEvenWithoutAConversation) {
  server_.notices.clear();
  ASSERT_EQ(publish(ada_.sign(second_list())), ErrorCode::unspecified);
  const auto raised = testing::pushes<wire::EpochRaised>(server_.notices);
  ASSERT_EQ(raised.size(), 1u);
  EXPECT_EQ(raised.front().first.account, ada_.account);
  EXPECT_FALSE(raised.front().first.device.has_value());
  EXPECT_EQ(raised.front().second.account, ada_.account);
  EXPECT_TRUE(raised.front().second.conversation.is_zero());
}

TEST_F(DevicesTest, RaisesEpochsAndTellsTheMembers) {
  const wire::Conversation conversation = open();
  server_.notices.clear();
  ASSERT_EQ(publish(ada_.sign(second_list())), ErrorCode::unspecified);
  const auto raised = testing::pushes<wire::EpochRaised>(server_.notices);
  ASSERT_EQ(raised.size(), 2u);
  for (const auto& [notice, push] : raised) {
    EXPECT_EQ(push.conversation, conversation.conversation);
    EXPECT_EQ(push.epoch, conversation.epoch + 1);
    EXPECT_EQ(push.account, ada_.account);
    EXPECT_FALSE(notice.except_device.has_value());
  }
  EXPECT_NE(raised[0].first.account, raised[1].first.account);
  EXPECT_EQ(refusal_code(send(bob_caller_, conversation, 1)), ErrorCode::stale_epoch);
}

TEST_F(DevicesTest, ARemovedDeviceLosesItsLoginsPrekeysAndMailbox) {
  const Caller removed = link_device(ada_, ada_caller_, ada_first_);
  const wire::SignedDeviceList second = stored();
  ASSERT_TRUE(server_.ask(removed, ada_.prekeys(ada_.devices[1], server_.random, {})));
  ASSERT_TRUE(server_.ask(bob_caller_, wire::PostMailbox{ada_.account, removed.device, message_id(1), {1}}));
  server_.notices.clear();
  ada_.devices.pop_back();
  ASSERT_EQ(publish(ada_.sign(ada_.list_of_devices(3, &second))), ErrorCode::unspecified);

  EXPECT_EQ(refusal_code(server_.ask(removed, wire::Authenticate{})), ErrorCode::token_revoked);
  const auto ended = testing::pushes<wire::LoginEnded>(server_.notices);
  ASSERT_EQ(ended.size(), 1u);
  EXPECT_EQ(ended.front().second.login, removed.login);
  EXPECT_EQ(server_.ask(removed, wire::GetPrekeyStock{})->answer.kem_prekeys, 0u);
  EXPECT_TRUE(server_.ask(removed, wire::ReadMailbox{})->answer.items.empty());
  EXPECT_EQ(refusal_code(server_.ask(bob_caller_, wire::ClaimPrekeys{ada_.account, {removed.device}})),
            ErrorCode::device_not_listed);
  EXPECT_EQ(refusal_code(server_.ask(bob_caller_, wire::PostMailbox{ada_.account, removed.device, message_id(2), {1}})),
            ErrorCode::device_not_listed);
  EXPECT_TRUE(server_.ask(ada_caller_, wire::Authenticate{}));
}

TEST_F(DevicesTest, WhatARemovedDeviceHadQueuedIsStale) {
  const wire::SignedDeviceList first = ada_first_;
  const Caller removed = link_device(ada_, ada_caller_, first);
  const wire::Conversation conversation = open();
  const wire::SignedDeviceList second = stored();
  ada_.devices.pop_back();
  ASSERT_EQ(publish(ada_.sign(ada_.list_of_devices(3, &second))), ErrorCode::unspecified);
  EXPECT_EQ(refusal_code(send(removed, conversation, 1)), ErrorCode::stale_epoch);
  EXPECT_EQ(open().head, 0u);
}

}  // namespace
}  // namespace sotto::service
