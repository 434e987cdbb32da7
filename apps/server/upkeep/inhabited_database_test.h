#pragma once

#include <gtest/gtest.h>

#include "membership/own_event.h"
#include "service/testing/test_server.h"
#include "storage/sqlite/sqlite_storage.h"
#include "storage/sqlite/testing/temporary_directory.h"

namespace sotto::server {

/// A data directory after some life: accounts with two devices and backups, a direct conversation with marks and a
/// redacted entry, a group that somebody left, mailboxes.
class InhabitedDatabaseTest : public ::testing::Test {
 protected:
  InhabitedDatabaseTest() {
    auto storage = storage::SqliteStorage::open(data(), {});
    EXPECT_TRUE(storage.has_value());
    service::testing::TestServer server(**storage);
    live(server);
  }

  [[nodiscard]] std::filesystem::path data() const { return directory_.path() / "data"; }
  [[nodiscard]] std::filesystem::path database() const { return data() / "sotto.db"; }
  [[nodiscard]] const std::filesystem::path& folder() const { return directory_.path(); }

 private:
  using TestServer = service::testing::TestServer;
  using TestAccount = service::testing::TestAccount;

  static MessageId message_id(std::uint8_t number) {
    MessageId id;
    id.bytes.fill(number);
    return id;
  }

  static void live(TestServer& server) {
    server.write(
        [&](service::UnitOfWork& unit) { return service::load_token_signing_key(unit, server.random).has_value(); });
    TestAccount ada("ada", server.random);
    TestAccount bob("bob", server.random);
    const service::Caller ada_caller = server.join(ada);
    const service::Caller bob_caller = server.join(bob);
    talk(server, ada_caller, bob_caller);
    gather(server, ada, ada_caller, bob);
    settle(server, ada, ada_caller);
  }

  static void talk(TestServer& server, const service::Caller& ada, const service::Caller& bob) {
    const auto opened = server.ask(ada, wire::OpenDirect{bob.account})->answer;
    for (std::uint8_t number = 1; number <= 5; ++number) {
      EXPECT_TRUE(server.ask(ada, wire::Send{opened.conversation, opened.epoch, message_id(number), {1, 2, 3}}));
    }
    EXPECT_TRUE(server.ask(bob, wire::Mark{opened.conversation, 4, 3}));
    EXPECT_TRUE(server.ask(ada, wire::Redact{opened.conversation, {2}}));
    EXPECT_TRUE(server.ask(ada, wire::PostMailbox{bob.account, bob.device, message_id(9), {1}}));
  }

  /// Ada founds a group with Bob, who is sent away and comes back.
  static void gather(TestServer& server, const TestAccount& ada, const service::Caller& caller,
                     const TestAccount& bob) {
    const membership::Actor actor{ada.account, caller.device};
    const auto sign = [&](const wire::GroupEvent& event) {
      return membership::sign_group_event(event, ada.first_list(), ada.devices.front().signing_key);
    };
    std::vector<wire::GroupMember> members{{ada.account, ada.account_key.public_key, wire::Role::owner},
                                           {bob.account, bob.account_key.public_key, wire::Role::member}};
    std::ranges::sort(members, {}, &wire::GroupMember::account);
    const auto first = sign(membership::first_event(actor,
                                                    {.salt = message_id(7),
                                                     .kind = wire::ConversationKind::group,
                                                     .members = members,
                                                     .policies = {},
                                                     .profile = {}},
                                                    server.now));
    EXPECT_TRUE(server.ask(caller, wire::CreateGroup{message_id(10), first}));
    auto group = *membership::create(first);
    const auto change = [&](std::uint8_t message, wire::GroupChange what) {
      const auto event = sign(membership::next_event(group, actor, std::move(what), server.now));
      EXPECT_TRUE(server.ask(caller, wire::ChangeGroup{group.id, message_id(message), event}));
      group = *membership::apply(group, event);
    };
    change(11, wire::MembersRemoved{{bob.account}});
    change(12, wire::MembersAdded{{{bob.account, bob.account_key.public_key, wire::Role::admin}}});
    change(13, wire::MembersRemoved{{bob.account}});
  }

  static void settle(TestServer& server, TestAccount& ada, const service::Caller& caller) {
    ada.devices.push_back(service::testing::TestDevice::make(server.random));
    const wire::SignedDeviceList before = ada.first_list();
    EXPECT_TRUE(server.ask(caller, wire::PublishDeviceList{ada.sign(ada.list_of_devices(2, &before))}));
    EXPECT_TRUE(server.ask(caller, wire::PutBackup{BackupId{{1}}, {1}}));
    EXPECT_TRUE(server.ask(caller, wire::AppendBackup{BackupId{{1}}, 1, {1, 2, 3}}));
  }

  storage::sqlite::testing::TemporaryDirectory directory_;
};

}  // namespace sotto::server
