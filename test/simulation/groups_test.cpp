// Groups and channels of whole engines against the real rules of the server: what a member writes every device of every
// member opens once and in order; who is removed opens nothing afterwards and who is added nothing from before; changes
// made at once end in one group for all; and a server that forges, forks or withholds is found out (threats 1, 2, 3, 10
// and 19).

#include <gtest/gtest.h>

#include "membership/group.h"
#include "simulation/groups_world_test.h"

namespace sotto::simulation {
namespace {

class GroupsTest : public GroupsWorldTest {
 protected:
  Texts events(std::size_t index, ConversationId group) {
    Texts result;
    for (const client::TimelineMessage& line : lines(index, group)) {
      if (line.kind == client::LineKind::group_event) result.push_back(line.text);
    }
    return result;
  }
};

TEST_F(GroupsTest, WhatAMemberWritesAllOthersRead) {
  const std::size_t ada = add_account("ada"), bob = add_account("bob"), eve = add_account("eve");
  const ConversationId group = create(ada, {"bob", "eve"});
  post(ada, group, "one");
  world_.run_for(seconds(10));
  post(bob, group, "two");
  post(eve, group, "three");
  world_.run_for(seconds(20));
  for (const std::size_t index : {ada, bob, eve}) {
    EXPECT_EQ(texts(index, group).size(), 3u) << index;
    EXPECT_EQ(texts(index, group), texts(ada, group)) << index;
    EXPECT_EQ(shown(index, group).profile.name, "Quiet ones") << index;
    EXPECT_EQ(shown(index, group).members.size(), 3u);
    EXPECT_EQ(notices(index), 0u) << index;
  }
  EXPECT_EQ(events(bob, group).front(), "ada created the group.");
}

TEST_F(GroupsTest, EveryDeviceOfEveryMemberReads) {
  const std::size_t ada = add_account("ada"), bob = add_account("bob"), eve = add_account("eve");
  const std::size_t ada_2 = add_device(ada), bob_2 = add_device(bob), eve_2 = add_device(eve);
  const ConversationId group = create(ada, {"bob", "eve"});
  post(ada, group, "from the first");
  world_.run_for(seconds(20));
  post(bob_2, group, "from the second");
  world_.run_for(seconds(20));
  for (const std::size_t index : {ada, ada_2, bob, bob_2, eve, eve_2}) {
    EXPECT_EQ(texts(index, group), (Texts{"from the first", "from the second"})) << index;
  }
}

TEST_F(GroupsTest, WhoWasOfflineCatchesUp) {
  const std::size_t ada = add_account("ada"), bob = add_account("bob"), eve = add_account("eve");
  world_.crash(eve);
  const ConversationId group = create(ada, {"bob", "eve"});
  for (int message = 0; message < 5; ++message) post(ada, group, std::to_string(message));
  world_.run_for(seconds(20));
  expect<client::Done>(world_.ask(ada, client::RemoveMembers{.conversation = group, .names = {"bob"}}));
  world_.run_for(seconds(5));
  post(ada, group, "last");
  world_.run_for(seconds(20));
  world_.start(eve);
  world_.run_for(seconds(30));
  EXPECT_EQ(texts(eve, group), (Texts{"0", "1", "2", "3", "4", "last"}));
  EXPECT_EQ(texts(bob, group), (Texts{"0", "1", "2", "3", "4"}));
  EXPECT_EQ(notices(eve), 0u);
}

// Threat 10: who is removed opens nothing afterwards; who is added nothing from before.
TEST_F(GroupsTest, MembersReadFromTheirAddingToTheirRemoval) {
  const std::size_t ada = add_account("ada"), bob = add_account("bob"), eve = add_account("eve");
  const ConversationId group = create(ada, {"bob"});
  post(ada, group, "before");
  world_.run_for(seconds(20));
  expect<client::Done>(world_.ask(ada, client::AddMembers{.conversation = group, .names = {"eve"}}));
  world_.run_for(seconds(10));
  post(ada, group, "with eve");
  world_.run_for(seconds(20));
  expect<client::Done>(world_.ask(ada, client::RemoveMembers{.conversation = group, .names = {"bob"}}));
  world_.run_for(seconds(5));
  post(ada, group, "without bob");
  world_.run_for(seconds(20));
  EXPECT_EQ(texts(bob, group), (Texts{"before", "with eve"}));
  EXPECT_EQ(texts(eve, group), (Texts{"with eve", "without bob"}));
  // Whom eve never met has no name here.
  EXPECT_EQ(events(eve, group), (Texts{"ada added eve.", "ada removed somebody."}));
  EXPECT_FALSE(shown(bob, group).own_role.has_value());
  client::SendText late;
  late.conversation = group;
  late.text = "late";
  static_cast<void>(world_.ask(bob, late));
  world_.run_for(seconds(10));
  EXPECT_EQ(lines(bob, group).back().state, client::MessageState::failed);
  EXPECT_EQ(texts(ada, group), (Texts{"before", "with eve", "without bob"}));
}

TEST_F(GroupsTest, RolesPoliciesAndClosing) {
  const std::size_t ada = add_account("ada"), bob = add_account("bob");
  add_account("eve");
  const ConversationId group = create(ada, {"bob"});
  const client::AddMembers add{.conversation = group, .names = {"eve"}};
  expect<client::Failed>(world_.ask(bob, add));
  expect<client::Failed>(world_.ask(ada, client::LeaveGroup{.conversation = group}));
  expect<client::Done>(
      world_.ask(ada, client::SetRole{.conversation = group, .name = "bob", .role = wire::Role::owner}));
  world_.run_for(seconds(5));
  EXPECT_EQ(shown(bob, group).own_role, wire::Role::owner);
  expect<client::Done>(world_.ask(bob, add));
  world_.run_for(seconds(5));
  client::ChangeGroupProfile rename;
  rename.conversation = group;
  rename.name = "Loud ones";
  rename.subject = "Noise";
  expect<client::Done>(world_.ask(bob, rename));
  world_.run_for(seconds(20));
  EXPECT_EQ(shown(ada, group).profile.name, "Loud ones");
  EXPECT_EQ(shown(ada, group).profile.subject, "Noise");
  expect<client::Done>(world_.ask(ada, client::LeaveGroup{.conversation = group}));
  world_.run_for(seconds(5));
  EXPECT_EQ(shown(bob, group).members.size(), 2u);
  expect<client::Done>(world_.ask(bob, client::CloseGroup{.conversation = group}));
  world_.run_for(seconds(5));
  EXPECT_TRUE(shown(bob, group).closed);
  expect<client::Failed>(world_.ask(bob, add));
}

TEST_F(GroupsTest, AGroupIsDeletedOnlyAfterLeavingIt) {
  const std::size_t ada = add_account("ada"), bob = add_account("bob");
  const std::size_t tablet = add_device(bob);
  const ConversationId group = create(ada, {"bob"});
  say(ada, group, "welcome");
  const client::DeleteConversation command{.conversation = group};
  EXPECT_EQ(failure_of(world_.ask(bob, command)), client::ClientErrorCode::not_allowed);
  expect<client::Done>(world_.ask(bob, client::LeaveGroup{.conversation = group}));
  world_.run_for(seconds(10));
  expect<client::Done>(world_.ask(bob, command));
  world_.run_for(seconds(10));
  for (const std::size_t index : {bob, tablet}) {
    EXPECT_TRUE(lines(index, group).empty()) << index;
    const auto list = expect<client::ConversationList>(world_.ask(index, client::ListConversations{}));
    EXPECT_TRUE(list.conversations.empty()) << index;
  }
  EXPECT_FALSE(lines(ada, group).empty());
}

TEST_F(GroupsTest, InAChannelAdministratorsWrite) {
  const std::size_t ada = add_account("ada"), bob = add_account("bob");
  client::CreateGroup command;
  command.members = {"bob"};
  command.is_channel = true;
  const ConversationId channel = create_by(ada, std::move(command));
  post(ada, channel, "news");
  world_.run_for(seconds(20));
  EXPECT_EQ(texts(bob, channel), Texts{"news"});
  EXPECT_EQ(shown(bob, channel).kind, client::ConversationKind::channel);
  client::SendText reply;
  reply.conversation = channel;
  reply.text = "reply";
  static_cast<void>(world_.ask(bob, reply));
  world_.run_for(seconds(10));
  EXPECT_EQ(lines(bob, channel).back().state, client::MessageState::failed);
  EXPECT_EQ(texts(ada, channel), Texts{"news"});
}

TEST_F(GroupsTest, AdministratorsWhoChangeAtOnceEndInOneGroup) {
  const std::size_t ada = add_account("ada"), bob = add_account("bob");
  for (const char* name : {"carl", "cleo", "cora", "curt"}) add_account(name);
  const ConversationId group = create(ada, {"bob"});
  expect<client::Done>(
      world_.ask(ada, client::SetRole{.conversation = group, .name = "bob", .role = wire::Role::admin}));
  world_.run_for(seconds(5));
  const std::uint64_t first = world_.command(ada, client::AddMembers{.conversation = group, .names = {"carl", "cleo"}});
  const std::uint64_t second =
      world_.command(bob, client::AddMembers{.conversation = group, .names = {"cora", "curt"}});
  world_.run_for(seconds(30));
  expect<client::Done>(world_.host(ada).take_answer(first).value_or(client::Event{}));
  expect<client::Done>(world_.host(bob).take_answer(second).value_or(client::Event{}));
  EXPECT_EQ(shown(ada, group).members.size(), 6u);
  EXPECT_EQ(shown(bob, group).members.size(), 6u);
  EXPECT_EQ(shown(ada, group).number, 4u);
  EXPECT_EQ(shown(bob, group).number, 4u);
}

// Threat 2: a device that was taken off its account's list reads nothing that is sealed afterwards.
TEST_F(GroupsTest, ARemovedDeviceReadsNothingAfterwards) {
  const std::size_t ada = add_account("ada"), bob = add_account("bob");
  const std::size_t bob_2 = add_device(bob);
  const ConversationId group = create(ada, {"bob"});
  post(ada, group, "for both");
  world_.run_for(seconds(20));
  const DeviceId lost = expect<client::Identity>(world_.ask(bob_2, client::WhoAmI{})).device;
  EXPECT_EQ(texts(bob_2, group), Texts{"for both"});
  expect<client::Done>(world_.ask(bob, client::RemoveDevice{.device = lost}));
  world_.run_for(seconds(10));
  post(ada, group, "for one");
  world_.run_for(seconds(20));
  EXPECT_EQ(texts(bob, group), (Texts{"for both", "for one"}));
  EXPECT_EQ(texts(bob_2, group), Texts{"for both"});
}

// Threat 1: the server shows an event that nobody was allowed to make. It is not taken up, and nothing is sealed for
// whom it would add.
TEST_F(GroupsTest, AForgedEventIsRefused) {
  const std::size_t ada = add_account("ada"), bob = add_account("bob");
  const ConversationId group = create(ada, {"bob"});
  post(ada, group, "one");
  world_.run_for(seconds(20));
  wire::LogEntry forged = world_.server().log(group).front();
  forged.seq = world_.server().log(group).back().seq + 1;
  forged.message = world_.random().next<MessageId>();
  const AccountId bob_account = expect<client::Identity>(world_.ask(bob, client::WhoAmI{})).account;
  world_.inject(bob_account, wire::ServerFrame{.id = 0, .answer = forged});
  world_.run_for(seconds(5));
  EXPECT_EQ(notices(bob, client::SecurityNoticeKind::group_chain_refused), 1u) << "an event of the past";
  EXPECT_EQ(shown(bob, group).number, 1u);
  auto event = wire::decode<wire::SignedGroupEvent>(forged.body).value();
  forged.seq += 1;
  auto changed = wire::decode<wire::GroupEvent>(event.event).value();
  changed.conversation = group;
  changed.number = 2;
  event.event = wire::encode(changed);
  forged.body = wire::encode(event);
  world_.inject(bob_account, wire::ServerFrame{.id = 0, .answer = forged});
  world_.run_for(seconds(5));
  EXPECT_EQ(notices(bob, client::SecurityNoticeKind::group_chain_refused), 2u);
  EXPECT_EQ(shown(bob, group).number, 1u);
}

// One ciphertext a message whatever the size of the group: the log has one row, and a rotation costs each device one
// mailbox item.
TEST_F(GroupsTest, ManyMembersWithTwoDevicesReadOneRow) {
  constexpr std::size_t members = 8;
  std::vector<std::size_t> homes{add_account("owner")};
  Texts names;
  for (std::size_t index = 1; index < members; ++index) {
    names.push_back("m" + std::to_string(100 + index));
    homes.push_back(add_account(names.back()));
  }
  std::vector<std::size_t> all = homes;
  for (const std::size_t home : homes) all.push_back(add_device(home));
  const ConversationId group = create(homes.front(), names);
  world_.run_for(minutes(2));
  post(homes.front(), group, "to all devices");
  world_.run_for(minutes(2));
  const auto log = world_.server().log(group);
  EXPECT_EQ(log.size(), 3u) << "the creation, the profile and the message";
  EXPECT_LT(log.back().body.size(), 700u);
  std::size_t readers = 0;
  for (const std::size_t index : all) readers += texts(index, group) == Texts{"to all devices"} ? 1u : 0u;
  EXPECT_EQ(readers, all.size());
}

}  // namespace
}  // namespace sotto::simulation
