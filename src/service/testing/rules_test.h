#pragma once

#include <gtest/gtest.h>

#include "service/testing/test_server.h"
#include "storage/memory/memory_storage.h"

namespace sotto::service::testing {

/// A server with three accounts. Ada and Bob may have a conversation; Eve is the stranger to it.
class RulesTest : public ::testing::Test {
 protected:
  RulesTest() { server_.events.clear(); }

  static MessageId message_id(std::uint8_t number) {
    MessageId id;
    id.bytes.fill(number);
    return id;
  }
  wire::Conversation open() { return server_.ask(ada_caller_, wire::OpenDirect{bob_.account})->answer; }
  Outcome<wire::Sent> send(const Caller& caller, const wire::Conversation& conversation, std::uint8_t number,
                           Bytes body = {1, 2, 3}) {
    return server_.ask(caller,
                       wire::Send{conversation.conversation, conversation.epoch, message_id(number), std::move(body)});
  }
  /// Adds a device to an account, publishes the list and signs in on it.
  Caller link_device(TestAccount& account, const Caller& caller, wire::SignedDeviceList previous,
                     std::uint64_t version = 2) {
    account.devices.push_back(TestDevice::make(server_.random));
    const wire::SignedDeviceList list = account.sign(account.list_of_devices(version, &previous));
    EXPECT_TRUE(server_.ask(caller, wire::PublishDeviceList{list}));
    return server_.sign_in(account, account.devices.size() - 1);
  }

  storage::MemoryStorage storage_;
  TestServer server_{storage_};
  TestAccount ada_{"ada", server_.random};
  TestAccount bob_{"bob", server_.random};
  TestAccount eve_{"eve", server_.random};
  Caller ada_caller_ = server_.join(ada_);
  Caller bob_caller_ = server_.join(bob_);
  Caller eve_caller_ = server_.join(eve_);
};

}  // namespace sotto::service::testing
