// What an account keeps for itself follows it to all of its devices and nobody else: mute, pin, archive, drafts, marks,
// application settings, verified contacts, names of devices, reports; what a direct conversation is about both sides
// see; and what is scheduled goes out in its time, once.

#include "simulation/two_accounts.h"

namespace sotto::simulation {
namespace {

class SettingsTest : public TwoAccountsTest {
 protected:
  void keep(std::size_t index, wire::ConversationSetting setting) {
    setting.conversation = conversation_;
    expect<client::Done>(world_.ask(index, client::KeepConversation{std::move(setting)}));
    world_.run_for(seconds(3));
  }
};

TEST_F(SettingsTest, ConversationIsKeptTheSameOnEveryOwnDevice) {
  wire::ConversationSetting setting;
  setting.pinned = true;
  setting.muted_until = UnixMillis{UINT64_MAX};
  keep(ada_, setting);
  setting = {};
  setting.draft = "to be continued";
  setting.archived = true;
  keep(ada_tablet_, setting);
  for (const std::size_t index : {ada_, ada_tablet_}) {
    const client::ConversationSummary shown = summary(index);
    EXPECT_TRUE(shown.pinned);
    EXPECT_TRUE(shown.archived);
    EXPECT_EQ(shown.muted_until.value, UINT64_MAX);
    EXPECT_EQ(shown.draft, "to be continued");
  }
  EXPECT_FALSE(summary(bob_).pinned);
  EXPECT_FALSE(told<client::ConversationChanged>(ada_tablet_).empty());
}

TEST_F(SettingsTest, MarkedUnreadEndsWithReading) {
  send(bob_, "hello");
  wire::ConversationSetting setting;
  setting.marked_unread = true;
  keep(ada_, setting);
  EXPECT_TRUE(summary(ada_tablet_).marked_unread);
  expect<client::Done>(world_.ask(ada_tablet_, client::MarkRead{.conversation = conversation_, .seq = 0}));
  world_.run_for(seconds(3));
  EXPECT_FALSE(summary(ada_).marked_unread);
  EXPECT_EQ(summary(ada_).unread, 0U);
}

TEST_F(SettingsTest, ApplicationSettingsFollow) {
  expect<client::Done>(world_.ask(ada_, client::SetApplicationSetting{{.name = "web.language", .value = "de"}}));
  world_.run_for(seconds(3));
  const auto settings = expect<client::ApplicationSettings>(world_.ask(ada_tablet_, client::ListApplicationSettings{}));
  ASSERT_EQ(settings.settings.size(), 1U);
  EXPECT_EQ(settings.settings[0].value, "de");
}

TEST_F(SettingsTest, VerificationFollows) {
  expect<client::SafetyNumber>(world_.ask(ada_, client::SetVerified{.name = "bob", .verified = true, .digits = {}}));
  world_.run_for(seconds(5));
  const auto number = expect<client::SafetyNumber>(world_.ask(ada_tablet_, client::GetSafetyNumber{"bob"}));
  EXPECT_EQ(number.verification, client::Verification::verified);
}

TEST_F(SettingsTest, NotesToOneselfAreOnEveryOwnDevice) {
  client::SendText note;
  note.to = "ada";
  note.text = "buy milk";
  expect<client::Queued>(world_.ask(ada_, note));
  world_.run_for(seconds(3));
  client::ReadHistory command;
  command.with = "ada";
  const auto page = expect<client::History>(world_.ask(ada_tablet_, command));
  ASSERT_EQ(page.messages.size(), 1U);
  EXPECT_EQ(page.messages[0].text, "buy milk");
  EXPECT_TRUE(page.messages[0].own);
}

TEST_F(SettingsTest, ScheduledMessageGoesInItsTimeAndHoldsNobody) {
  client::SendText later = text("later");
  later.not_before = world_.now() + minutes(10);
  const auto queued = expect<client::Queued>(world_.ask(ada_, later));
  send(ada_, "now");
  EXPECT_EQ(history(bob_).size(), 1U);
  EXPECT_EQ(history(ada_).back().not_before, later.not_before);
  world_.run_for(minutes(11));
  const auto at_bob = history(bob_);
  ASSERT_EQ(at_bob.size(), 2U);
  EXPECT_EQ(at_bob[1].text, "later");
  EXPECT_EQ(at_bob[1].message, queued.message);
}

TEST_F(SettingsTest, ScheduledMessageIsTakenBack) {
  client::SendText later = text("better not");
  later.not_before = world_.now() + minutes(10);
  const auto queued = expect<client::Queued>(world_.ask(ada_, later));
  const client::CancelMessage cancel{.conversation = conversation_, .message = queued.message};
  expect<client::Done>(world_.ask(ada_, cancel));
  world_.run_for(minutes(11));
  EXPECT_TRUE(history(bob_).empty());
  EXPECT_EQ(failure_of(world_.ask(ada_, cancel)), client::ClientErrorCode::unknown_message);
}

TEST_F(SettingsTest, OwnDevicesHaveNamesForTheirOwnerAlone) {
  const auto own = expect<client::Identity>(world_.ask(ada_, client::WhoAmI{}));
  expect<client::Done>(world_.ask(ada_tablet_, client::NameDevice{.device = own.device, .name = "Desk"}));
  world_.run_for(seconds(3));
  client::ListDevices with_last_seen;
  with_last_seen.with_last_seen = true;
  for (const std::size_t index : {ada_, ada_tablet_}) {
    const auto devices = expect<client::Devices>(world_.ask(index, with_last_seen)).devices;
    ASSERT_EQ(devices.size(), 2U);
    for (const client::Device& device : devices) {
      EXPECT_EQ(device.name, device.device == own.device ? "Desk" : "");
      EXPECT_NE(device.last_seen.value, 0U);
    }
  }
  client::ListDevices of_ada;
  of_ada.name = "ada";
  for (const client::Device& device : expect<client::Devices>(world_.ask(bob_, of_ada)).devices) {
    EXPECT_EQ(device.name, "");
    EXPECT_EQ(device.last_seen.value, 0U);
  }
  EXPECT_EQ(failure_of(world_.ask(ada_, client::NameDevice{.device = DeviceId{}, .name = "nobody's"})),
            client::ClientErrorCode::unknown_device);
}

TEST_F(SettingsTest, ReportedConversationIsReportedOnEveryOwnDeviceAndAtTheServer) {
  expect<client::Done>(world_.ask(
      ada_, client::ReportConversation{.conversation = conversation_, .reason = wire::ReportReason::harassment}));
  world_.run_for(seconds(3));
  EXPECT_NE(summary(ada_tablet_).reported_at.value, 0U);
  EXPECT_EQ(summary(ada_).reported_at, summary(ada_tablet_).reported_at);
  EXPECT_EQ(summary(bob_).reported_at.value, 0U);
  EXPECT_EQ(failure_of(world_.ask(ada_, client::ReportConversation{.conversation = ConversationId{},
                                                                   .reason = wire::ReportReason::spam})),
            client::ClientErrorCode::unknown_conversation);
}

TEST_F(SettingsTest, BothSidesSeeWhatAConversationIsAbout) {
  const client::DescribeConversation command{.conversation = conversation_,
                                             .profile = {.subject = "Offer", .context = "ticket:4711"}};
  expect<client::Queued>(world_.ask(bob_, command));
  world_.run_for(seconds(3));
  for (const std::size_t index : {ada_, ada_tablet_, bob_}) {
    EXPECT_EQ(summary(index).subject, "Offer");
    EXPECT_EQ(summary(index).context, "ticket:4711");
    EXPECT_EQ(history(index).back().kind, client::LineKind::direct_profile);
    EXPECT_EQ(history(index).back().text, "Offer");
  }
  EXPECT_FALSE(told<client::ConversationChanged>(ada_).empty());
  const client::DescribeConversation broken{.conversation = conversation_,
                                            .profile = {.subject = "two\nlines", .context = {}}};
  EXPECT_EQ(failure_of(world_.ask(ada_, broken)), client::ClientErrorCode::invalid_text);
}

TEST_F(SettingsTest, DeletedConversationIsGoneFromAllOwnDevicesAndStaysWithOthers) {
  const auto first = send(ada_, "first");
  expect<client::Queued>(
      world_.ask(bob_, client::React{.conversation = conversation_, .target = first, .emoji = "!", .removed = false}));
  send(bob_, "second");
  client::SendText later = text("never mind");
  later.not_before = world_.now() + minutes(10);
  expect<client::Queued>(world_.ask(ada_, later));
  world_.crash(ada_tablet_);
  send(bob_, "third");
  expect<client::Done>(world_.ask(ada_, client::DeleteConversation{.conversation = conversation_}));
  world_.run_for(seconds(3));
  world_.start(ada_tablet_);
  world_.run_for(minutes(11));
  for (const std::size_t index : {ada_, ada_tablet_}) {
    EXPECT_TRUE(history(index).empty()) << index;
    EXPECT_EQ(summary(index).conversation, ConversationId{}) << "listed by " << index;
    client::SearchMessages search;
    search.words = "third";
    EXPECT_TRUE(expect<client::Found>(world_.ask(index, search)).messages.empty());
  }
  EXPECT_EQ(history(bob_).size(), 3U);
  const auto changes = told<client::ConversationChanged>(ada_);
  ASSERT_FALSE(changes.empty());
  EXPECT_TRUE(changes.back().conversation.deleted);
}

TEST_F(SettingsTest, WhatComesAfterADeletionBeginsTheConversationAnew) {
  send(bob_, "old");
  expect<client::Done>(world_.ask(ada_, client::DeleteConversation{.conversation = conversation_}));
  world_.run_for(seconds(3));
  send(bob_, "new");
  for (const std::size_t index : {ada_, ada_tablet_}) {
    ASSERT_EQ(history(index).size(), 1U);
    EXPECT_EQ(history(index)[0].text, "new");
    EXPECT_EQ(summary(index).unread, 1U);
    EXPECT_FALSE(summary(index).deleted);
  }
  EXPECT_EQ(history(bob_).size(), 2U);
}

TEST_F(SettingsTest, ConversationWithNothingInItIsDeletedToo) {
  expect<client::Done>(world_.ask(ada_, client::DeleteConversation{.conversation = conversation_}));
  world_.run_for(seconds(3));
  for (const std::size_t index : {ada_, ada_tablet_}) {
    EXPECT_EQ(summary(index).conversation, ConversationId{}) << "listed by " << index;
  }
  const auto changes = told<client::ConversationChanged>(ada_);
  ASSERT_FALSE(changes.empty());
  EXPECT_TRUE(changes.back().conversation.deleted);
  send(bob_, "the very first");
  for (const std::size_t index : {ada_, ada_tablet_}) {
    ASSERT_EQ(history(index).size(), 1U);
    EXPECT_EQ(history(index)[0].text, "the very first");
    EXPECT_FALSE(summary(index).deleted);
  }
}

TEST_F(SettingsTest, NotesToOneselfAreNotDeletedAsAWhole) {
  client::SendText note;
  note.to = "ada";
  note.text = "buy milk";
  const auto queued = expect<client::Queued>(world_.ask(ada_, note));
  EXPECT_EQ(failure_of(world_.ask(ada_, client::DeleteConversation{.conversation = queued.conversation})),
            client::ClientErrorCode::not_allowed);
}

TEST_F(SettingsTest, PrivacyAndBlockingAreAskedOfTheServer) {
  client::ChangePrivacy hide;
  hide.read_receipts = wire::Audience::nobody;
  EXPECT_EQ(expect<client::PrivacyShown>(world_.ask(ada_, hide)).privacy.read_receipts, wire::Audience::nobody);
  const auto privacy = expect<client::PrivacyShown>(world_.ask(ada_tablet_, client::ChangePrivacy{})).privacy;
  EXPECT_EQ(privacy.read_receipts, wire::Audience::nobody);
  EXPECT_EQ(privacy.typing, wire::Audience::companions);
  expect<client::Done>(world_.ask(ada_, client::BlockAccount{.name = "bob", .blocked = true}));
  const auto blocked = expect<client::BlockedAccounts>(world_.ask(ada_, client::ListBlockedAccounts{}));
  ASSERT_EQ(blocked.accounts.size(), 1U);
  EXPECT_EQ(blocked.accounts[0].name, "bob");
}

}  // namespace
}  // namespace sotto::simulation
