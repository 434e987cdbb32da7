// The server takes an event of a membership chain only from the device that signed it, only right after the newest one,
// only if the rules of membership allow it, and only about accounts as its directory knows them.
#include "service/groups.h"

#include "service/testing/group_rules_test.h"
#include "wire/binary.h"
#include "wire/equality.h"

namespace sotto::service {
namespace {

using testing::refusal_code;
using wire::ErrorCode;
using wire::Role;

class GroupsTest : public testing::GroupRulesTest {
 protected:
  wire::Conversation conversation_ = found(founding(ada_, {as(bob_, Role::member)}));
};

TEST_F(GroupsTest, CreatingStoresTheFirstEventAndTellsEverybody) {
  EXPECT_EQ(conversation_.conversation, group_.id);
  EXPECT_EQ(conversation_.kind, wire::ConversationKind::group);
  EXPECT_EQ(conversation_.epoch, 1u);
  EXPECT_EQ(conversation_.head, 1u);
  EXPECT_EQ(conversation_.chain_length, 1u);
  EXPECT_EQ(conversation_.member_count, 2u);
  EXPECT_EQ(conversation_.members.size(), 2u);
  const auto entries = read_log(bob_caller_)->answer.entries;
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].kind, wire::EntryKind::group_event);
  EXPECT_EQ(entries[0].sender, ada_.account);
  const auto event = wire::decode<wire::SignedGroupEvent>(entries[0].body);
  ASSERT_TRUE(event.has_value());
  EXPECT_EQ(membership::create(*event)->id, group_.id);
  EXPECT_EQ(testing::pushes<wire::LogEntry>(server_.notices).size(), 2u);
  const auto raised = testing::pushes<wire::EpochRaised>(server_.notices);
  ASSERT_EQ(raised.size(), 2u);
  EXPECT_EQ(raised[0].second.epoch, 1u);
  EXPECT_EQ(raised[0].first.frame, raised[1].first.frame) << "encoded once";
}

TEST_F(GroupsTest, CreatingAgainGivesTheSameAnswer) {
  const wire::GroupEvent event = founding(ada_, {});
  const auto first = create(event, 7);
  server_.notices.clear();
  const auto again = create(event, 7);
  ASSERT_TRUE(first && again);
  EXPECT_TRUE(wire::equal(first->answer, again->answer));
  EXPECT_TRUE(server_.notices.empty());
  EXPECT_EQ(refusal_code(create(event, 8)), ErrorCode::conflict);
}

TEST_F(GroupsTest, ChangesBecomeEntriesInOneOrderWithMessages) {
  ASSERT_TRUE(write(bob_caller_, 1, 1));
  server_.notices.clear();
  EXPECT_EQ(add(eve_)->answer.seq, 3u);
  const wire::Conversation seen = *seen_by(bob_caller_);
  EXPECT_EQ(seen.epoch, 2u);
  EXPECT_EQ(seen.chain_length, 2u);
  EXPECT_EQ(seen.member_count, 3u);
  EXPECT_EQ(testing::pushes<wire::LogEntry>(server_.notices).size(), 3u);
  EXPECT_EQ(testing::pushes<wire::EpochRaised>(server_.notices).size(), 3u);
}

// Threat 3: two administrators who change a group at once are put in order; the second reads the first one's event.
TEST_F(GroupsTest, AnEventThatDoesNotFollowTheNewestIsStale) {
  const wire::ChangeGroup late = request(ada_, wire::MembersRemoved{{bob_.account}});
  ASSERT_TRUE(add(eve_));
  const auto refused = server_.ask(ada_caller_, late);
  ASSERT_EQ(refusal_code(refused), ErrorCode::stale_epoch);
  EXPECT_EQ(refused.error().error.stale_epoch->epoch, 2u);
  EXPECT_TRUE(refused.error().error.stale_epoch->members.empty()) << "the chain says who is in a group";
  wire::GroupEvent forked = next(ada_, wire::MembersRemoved{{bob_.account}});
  forked.previous = Sha256Digest{};
  EXPECT_EQ(refusal_code(server_.ask(ada_caller_, wire::ChangeGroup{group_.id, message_id(9), sign(ada_, forked)})),
            ErrorCode::stale_epoch);
  wire::GroupEvent ahead = next(ada_, wire::MembersRemoved{{bob_.account}});
  ahead.number += 1;
  EXPECT_EQ(refusal_code(server_.ask(ada_caller_, wire::ChangeGroup{group_.id, message_id(9), sign(ada_, ahead)})),
            ErrorCode::stale_epoch);
}

TEST_F(GroupsTest, WhatWasJudgedBeforeAnotherEventCameIsStale) {
  const wire::ChangeGroup late = request(ada_, wire::MembersRemoved{{bob_.account}});
  const auto checked = server_.read([&](UnitOfWork& unit) { return server_.rules.check(unit, ada_caller_, late); });
  ASSERT_TRUE(checked.has_value());
  ASSERT_TRUE(add(eve_));
  const auto outcome = server_.write(
      [&](UnitOfWork& unit) { return server_.rules.handle(unit, ada_caller_, *checked, server_.moment()); });
  EXPECT_EQ(refusal_code(outcome), ErrorCode::stale_epoch);
  EXPECT_EQ(seen_by(bob_caller_)->member_count, 3u);
}

TEST_F(GroupsTest, ARepeatedChangeGetsTheFirstAnswer) {
  const wire::ChangeGroup asked = request(ada_, wire::MembersAdded{{as(eve_, Role::member)}});
  const auto first = server_.ask(ada_caller_, asked);
  server_.now = server_.now + minutes(1);
  server_.notices.clear();
  const auto repeat = server_.ask(ada_caller_, asked);
  ASSERT_TRUE(first && repeat);
  EXPECT_TRUE(wire::equal(first->answer, repeat->answer));
  EXPECT_TRUE(server_.notices.empty());
}

// Threat 1: only who the chain allows changes who is in.
TEST_F(GroupsTest, TheRulesOfMembershipHold) {
  EXPECT_EQ(refusal_code(change(bob_, bob_caller_, wire::MembersAdded{{as(eve_, Role::member)}})),
            ErrorCode::forbidden);
  EXPECT_EQ(refusal_code(change(bob_, bob_caller_, wire::MembersRemoved{{ada_.account}})), ErrorCode::forbidden);
  EXPECT_EQ(refusal_code(change(bob_, bob_caller_, wire::GroupClosed{})), ErrorCode::forbidden);
  EXPECT_EQ(refusal_code(change(ada_, ada_caller_, wire::MembersAdded{{as(bob_, Role::member)}})),
            ErrorCode::invalid_value);
  EXPECT_EQ(seen_by(ada_caller_)->chain_length, 1u);
}

// Threats 1 and 32: nobody acts for another account or device, and no signature but the acting device's counts.
TEST_F(GroupsTest, TheActorIsTheCallerAndSigns) {
  const wire::ChangeGroup adas = request(ada_, wire::MembersRemoved{{bob_.account}});
  EXPECT_EQ(refusal_code(server_.ask(bob_caller_, adas)), ErrorCode::forbidden);
  const Caller second = link_device(ada_, ada_caller_, ada_.first_list());
  EXPECT_EQ(refusal_code(server_.ask(second, adas)), ErrorCode::forbidden);
  wire::ChangeGroup forged = adas;
  forged.event = membership::sign_group_event(next(ada_, wire::MembersRemoved{{bob_.account}}), ada_.first_list(),
                                              bob_.devices.front().signing_key);
  EXPECT_EQ(refusal_code(server_.ask(ada_caller_, forged)), ErrorCode::bad_signature);
  forged = adas;
  forged.event.signature.bytes[0] ^= 1;
  EXPECT_EQ(refusal_code(server_.ask(ada_caller_, forged)), ErrorCode::bad_signature);
  forged = adas;
  forged.event.event.push_back(0);
  EXPECT_EQ(refusal_code(server_.ask(ada_caller_, forged)), ErrorCode::malformed);
  forged = adas;
  forged.event.device_list = bob_.first_list();
  EXPECT_NE(refusal_code(server_.ask(ada_caller_, forged)), ErrorCode::unspecified);
}

// Threat 3: an older list of the account is fine as long as the device is still on the newest; one that the account
// never published is not, be it newer or another one of the same version.
TEST_F(GroupsTest, TheDeviceListIsOneThatTheAccountPublished) {
  const wire::SignedDeviceList first = ada_.first_list();
  link_device(ada_, ada_caller_, first);
  EXPECT_TRUE(add(eve_)) << "by the first list";
  wire::ChangeGroup asked = request(ada_, wire::MembersRemoved{{bob_.account}});
  const wire::GroupEvent event = next(ada_, wire::MembersRemoved{{bob_.account}});
  for (const std::uint64_t version : {2U, 3U}) {
    const wire::SignedDeviceList stored = ada_.sign(ada_.list_of_devices(2, &first));
    wire::DeviceList unpublished = ada_.list_of_devices(version, version == 2 ? &first : &stored);
    unpublished.devices.front().added_at = {5};
    asked.event = membership::sign_group_event(event, ada_.sign(unpublished), ada_.devices.front().signing_key);
    EXPECT_EQ(refusal_code(server_.ask(ada_caller_, asked)), ErrorCode::stale_device_list) << version;
  }
}

TEST_F(GroupsTest, ADeviceThatLeftTheListChangesNothingMore) {
  const wire::SignedDeviceList first = ada_.first_list();
  const Caller second = link_device(ada_, ada_caller_, first);
  const wire::ChangeGroup asked = request(ada_, wire::MembersRemoved{{bob_.account}});
  const auto checked = server_.read([&](UnitOfWork& unit) { return server_.rules.check(unit, ada_caller_, asked); });
  ASSERT_TRUE(checked.has_value());
  const wire::SignedDeviceList two = ada_.sign(ada_.list_of_devices(2, &first));
  wire::DeviceList without_first = ada_.list_of_devices(3, &two);
  std::erase_if(without_first.devices, [&](const auto& device) { return device.device == ada_caller_.device; });
  ASSERT_TRUE(server_.ask(second, wire::PublishDeviceList{ada_.sign(without_first)}));
  EXPECT_EQ(refusal_code(server_.write(
                [&](UnitOfWork& unit) { return server_.rules.handle(unit, ada_caller_, *checked, server_.moment()); })),
            ErrorCode::device_not_listed)
      << "judged before it left, handled after";
  EXPECT_EQ(refusal_code(server_.ask(ada_caller_, asked)), ErrorCode::device_not_listed);
}

// Threat 1: a chain vouches for account keys; the server does not let a member in under another key than everybody
// finds.
TEST_F(GroupsTest, MembersAreAccountsOfTheDirectory) {
  wire::GroupMember wrong_key = as(eve_, Role::member);
  wrong_key.account_key = bob_.account_key.public_key;
  EXPECT_EQ(refusal_code(change(ada_, ada_caller_, wire::MembersAdded{{wrong_key}})), ErrorCode::invalid_value);
  const testing::TestAccount nobody("nobody", server_.random);
  EXPECT_EQ(refusal_code(add(nobody)), ErrorCode::not_found);
  EXPECT_EQ(refusal_code(create(founding(ada_, {wrong_key}), 9)), ErrorCode::invalid_value);
  EXPECT_EQ(refusal_code(create(founding(ada_, {as(nobody, Role::member)}), 9)), ErrorCode::not_found);
}

TEST_F(GroupsTest, NobodyIsAddedToTooManyConversations) {
  server_.write([&](UnitOfWork& unit) {
    const StoredMember eve{.account = eve_.account};
    for (std::size_t count = 0; count < max_conversations; ++count) {
      unit.conversations().insert(
          {.conversation = server_.random.next<ConversationId>(), .epoch = 1, .last_activity = {}}, std::span(&eve, 1));
    }
    return 0;
  });
  EXPECT_EQ(refusal_code(add(eve_)), ErrorCode::limit_reached);
}

TEST_F(GroupsTest, AMemberSeesNothingFromBeforeItWasAdded) {
  ASSERT_TRUE(write(ada_caller_, 1, 1));
  ASSERT_TRUE(add(eve_));
  ASSERT_TRUE(write(ada_caller_, 2, 2));
  const wire::Conversation seen = *seen_by(eve_caller_);
  EXPECT_EQ(seen.log_start, 2u);
  const auto page = read_log(eve_caller_)->answer;
  ASSERT_EQ(page.entries.size(), 2u);
  EXPECT_EQ(page.entries[0].seq, 3u) << "its own adding";
  EXPECT_EQ(page.head, 4u);
  const auto resumed = server_.ask(eve_caller_, wire::Resume{{{group_.id, 0}}})->answer;
  ASSERT_EQ(resumed.entries.size(), 2u);
  EXPECT_EQ(resumed.entries[0].seq, 3u);
  for (const wire::Member& member : seen.members) {
    if (member.account == eve_.account) {
      EXPECT_EQ(member.read, 2u) << "what was before it is not unread";
    }
  }
}

TEST_F(GroupsTest, WhereHistoryIsSharedAMemberReadsItAll) {
  found(founding(ada_, {}, wire::ConversationKind::group, {.shares_history = true}));
  ASSERT_TRUE(write(ada_caller_, 2, 1));
  ASSERT_TRUE(add(eve_));
  EXPECT_EQ(seen_by(eve_caller_)->log_start, 0u);
  EXPECT_EQ(read_log(eve_caller_)->answer.entries.size(), 3u);
}

// Threat 32: whoever was removed reads up to its removal and no further, and learns nothing of what follows.
TEST_F(GroupsTest, AMemberThatWasRemovedReadsUpToItsRemoval) {
  ASSERT_TRUE(write(ada_caller_, 1, 1));
  server_.notices.clear();
  ASSERT_TRUE(remove(bob_));
  EXPECT_EQ(testing::pushes<wire::LogEntry>(server_.notices).size(), 2u) << "Bob is told, as the last";
  EXPECT_EQ(testing::pushes<wire::EpochRaised>(server_.notices).size(), 2u);
  server_.notices.clear();
  ASSERT_TRUE(add(eve_));
  ASSERT_TRUE(write(ada_caller_, 2, 3));
  for (const Notice& notice : server_.notices) EXPECT_NE(notice.account, bob_.account);

  const auto page = read_log(bob_caller_)->answer;
  EXPECT_EQ(page.head, 3u);
  ASSERT_EQ(page.entries.size(), 3u);
  EXPECT_EQ(page.entries[2].kind, wire::EntryKind::group_event);
  EXPECT_TRUE(read_log(bob_caller_, 3)->answer.entries.empty());
  const wire::Conversation seen = *seen_by(bob_caller_);
  EXPECT_EQ(seen.head, 3u);
  EXPECT_EQ(seen.epoch, 0u);
  EXPECT_EQ(seen.chain_length, 2u);
  EXPECT_EQ(seen.member_count, 0u);
  ASSERT_EQ(seen.members.size(), 1u);
  EXPECT_EQ(server_.ask(bob_caller_, wire::Resume{})->answer.entries.size(), 3u);
  EXPECT_EQ(server_.ask(bob_caller_, wire::ReadGroup{group_.id, 0, {}})->answer.events.size(), 2u);
}

TEST_F(GroupsTest, AMemberThatWasRemovedDoesNothingMore) {
  ASSERT_TRUE(write(bob_caller_, 1, 1));
  ASSERT_TRUE(remove(bob_));
  EXPECT_EQ(refusal_code(write(bob_caller_, 2, 2)), ErrorCode::forbidden);
  EXPECT_TRUE(write(bob_caller_, 1, 1)) << "a repeat gets the first answer";
  EXPECT_EQ(refusal_code(server_.ask(bob_caller_, wire::SetTyping{group_.id, true})), ErrorCode::not_found);
  EXPECT_EQ(refusal_code(server_.ask(bob_caller_, wire::ReadMembers{group_.id, {}})), ErrorCode::not_found);
  EXPECT_EQ(refusal_code(server_.ask(bob_caller_, wire::Redact{group_.id, {2}})), ErrorCode::not_found);
  EXPECT_EQ(refusal_code(change(bob_, bob_caller_, wire::ProfileChanged{})), ErrorCode::not_found);
  server_.notices.clear();
  EXPECT_EQ(refusal_code(server_.ask(bob_caller_, wire::Mark{group_.id, 4, 0})), ErrorCode::invalid_value);
  ASSERT_TRUE(server_.ask(bob_caller_, wire::Mark{group_.id, 3, 3}));
  for (const Notice& notice : server_.notices) EXPECT_EQ(notice.account, bob_.account);
  link_device(bob_, bob_caller_, bob_.first_list());
  EXPECT_EQ(seen_by(ada_caller_)->epoch, 2u) << "its devices do not concern the group any more";
}

TEST_F(GroupsTest, WhoComesBackReadsFromThenOn) {
  ASSERT_TRUE(remove(bob_));
  ASSERT_TRUE(write(ada_caller_, 1, 2));
  ASSERT_TRUE(add(bob_));
  const wire::Conversation seen = *seen_by(bob_caller_);
  EXPECT_EQ(seen.log_start, 3u);
  EXPECT_EQ(seen.member_count, 2u);
  EXPECT_EQ(read_log(bob_caller_)->answer.entries.front().seq, 4u);
}

TEST_F(GroupsTest, WhoMayNotWriteIsRefused) {
  ASSERT_TRUE(add(eve_, Role::read_only));
  EXPECT_EQ(refusal_code(write(eve_caller_, 1, 2)), ErrorCode::forbidden);
  ASSERT_TRUE(change(ada_, ada_caller_, wire::RoleChanged{eve_.account, Role::member}));
  EXPECT_TRUE(write(eve_caller_, 1, 3));
  ASSERT_TRUE(change(ada_, ada_caller_, wire::GroupClosed{}));
  EXPECT_EQ(refusal_code(write(ada_caller_, 2, 4)), ErrorCode::forbidden);
  EXPECT_EQ(refusal_code(change(ada_, ada_caller_, wire::ProfileChanged{})), ErrorCode::forbidden);
  EXPECT_EQ(read_log(eve_caller_)->answer.entries.size(), 4u) << "what was written stays";
}

TEST_F(GroupsTest, InAChannelOnlyAdministratorsWrite) {
  found(founding(ada_, {as(bob_, Role::admin), as(eve_, Role::member)}, wire::ConversationKind::channel));
  EXPECT_EQ(seen_by(eve_caller_)->kind, wire::ConversationKind::channel);
  EXPECT_TRUE(write(ada_caller_, 2, 1));
  EXPECT_TRUE(write(bob_caller_, 1, 1));
  EXPECT_EQ(refusal_code(write(eve_caller_, 1, 1)), ErrorCode::forbidden);
}

TEST_F(GroupsTest, ABlockDoesNotKeepTheKeysOfAGroupFromItsMembers) {
  ASSERT_TRUE(server_.ask(bob_caller_, wire::SetBlocked{ada_.account, true}));
  const auto post = [&](std::uint8_t number) {
    return server_.ask(ada_caller_, wire::PostMailbox{bob_.account, bob_caller_.device, message_id(number), {1}});
  };
  EXPECT_TRUE(post(1));
  ASSERT_TRUE(remove(bob_));
  EXPECT_EQ(refusal_code(post(2)), ErrorCode::forbidden);
}

// Threat 2: a message made for devices that are no longer the members' is not stored.
TEST_F(GroupsTest, AStaleEpochOfAGroupNamesNoMembers) {
  server_.notices.clear();
  link_device(bob_, bob_caller_, bob_.first_list());
  const auto raised = testing::pushes<wire::EpochRaised>(server_.notices);
  ASSERT_EQ(raised.size(), 2u);
  EXPECT_EQ(raised[0].second.account, bob_.account);
  const auto refused = write(ada_caller_, 1, 1);
  ASSERT_EQ(refusal_code(refused), ErrorCode::stale_epoch);
  EXPECT_EQ(refused.error().error.stale_epoch->epoch, 2u);
  EXPECT_TRUE(refused.error().error.stale_epoch->members.empty());
  const auto members = server_.ask(ada_caller_, wire::ReadMembers{group_.id, {}})->answer;
  EXPECT_EQ(members.epoch, 2u);
  ASSERT_EQ(members.members.size(), 2u);
  for (const wire::MemberState& member : members.members) {
    EXPECT_EQ(member.device_list_version, member.account == bob_.account ? 2u : 1u);
  }
}

// Threat 32: to strangers there is no group, whatever they ask.
TEST_F(GroupsTest, StrangersCannotTellThatThereIsAGroup) {
  const wire::ChangeGroup theirs = request(eve_, wire::MembersAdded{{as(eve_, Role::member)}});
  EXPECT_EQ(refusal_code(server_.ask(eve_caller_, theirs)), ErrorCode::not_found);
  wire::ChangeGroup damaged = theirs;
  damaged.event.event = {1, 2, 3};
  EXPECT_EQ(refusal_code(server_.ask(eve_caller_, damaged)), ErrorCode::not_found);
  const wire::ChangeGroup adas = request(ada_, wire::GroupClosed{});
  EXPECT_EQ(refusal_code(server_.ask(eve_caller_, adas)), ErrorCode::not_found);
  const wire::ChangeGroup joining = request(eve_, wire::MemberJoined{{}, eve_.account_key.public_key, {}});
  EXPECT_EQ(refusal_code(server_.ask(eve_caller_, joining)), ErrorCode::not_found);
  const wire::ReadGroup guess{group_.id, 0, server_.random.next<InvitationId>()};
  EXPECT_EQ(refusal_code(server_.ask(eve_caller_, guess)), ErrorCode::not_found);
  EXPECT_EQ(refusal_code(server_.ask(eve_caller_, wire::ReadGroup{group_.id, 0, {}})), ErrorCode::not_found);
  EXPECT_EQ(refusal_code(server_.ask(eve_caller_, wire::ReadMembers{group_.id, {}})), ErrorCode::not_found);
  EXPECT_EQ(refusal_code(server_.ask(eve_caller_, wire::RequestJoin{group_.id, {}, {}})), ErrorCode::not_found);
  EXPECT_EQ(refusal_code(server_.ask(eve_caller_, wire::ListJoinRequests{group_.id})), ErrorCode::not_found);
  EXPECT_EQ(refusal_code(server_.ask(eve_caller_, wire::DeclineJoin{group_.id, {}})), ErrorCode::not_found);
  EXPECT_EQ(refusal_code(server_.ask(eve_caller_, wire::Redact{group_.id, {1}})), ErrorCode::not_found);
  EXPECT_EQ(refusal_code(write(eve_caller_, 1, 1)), ErrorCode::not_found);
  EXPECT_EQ(refusal_code(read_log(eve_caller_)), ErrorCode::not_found);
}

TEST_F(GroupsTest, ADirectConversationHasNoChain) {
  const wire::Conversation direct = open();
  wire::ChangeGroup asked = request(ada_, wire::GroupClosed{});
  asked.conversation = direct.conversation;
  EXPECT_EQ(refusal_code(server_.ask(ada_caller_, asked)), ErrorCode::not_found);
  EXPECT_TRUE(server_.ask(ada_caller_, wire::ReadGroup{direct.conversation, 0, {}})->answer.events.empty());
  EXPECT_EQ(refusal_code(server_.ask(ada_caller_, wire::ListJoinRequests{direct.conversation})), ErrorCode::not_found);
}

TEST_F(GroupsTest, TheChainIsReadInPages) {
  for (int count = 0; count < 250; ++count) {
    ASSERT_TRUE(change(ada_, ada_caller_, wire::ProfileChanged{server_.random.next<Sha256Digest>()}));
  }
  ASSERT_TRUE(add(eve_));
  std::vector<wire::SignedGroupEvent> events;
  wire::GroupPage page{{}, true};
  while (page.more) {
    page = server_.ask(eve_caller_, wire::ReadGroup{group_.id, events.size(), {}})->answer;
    ASSERT_FALSE(page.events.empty());
    EXPECT_LE(page.events.size(), wire::max_page_entries);
    events.insert(events.end(), page.events.begin(), page.events.end());
  }
  ASSERT_EQ(events.size(), 252u) << "all of it, also what was before it was added";
  auto replayed = *membership::create(events.front());
  for (std::size_t place = 1; place < events.size(); ++place) replayed = *membership::apply(replayed, events[place]);
  EXPECT_EQ(replayed, group_);
  EXPECT_TRUE(server_.ask(eve_caller_, wire::ReadGroup{group_.id, ~std::uint64_t{0}, {}})->answer.events.empty());
}

}  // namespace
}  // namespace sotto::service
