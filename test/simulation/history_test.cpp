// Whoever comes to a group that shares its history opens on every device what was written before; in a group that does
// not, nothing (threat 10). Keys are taken only from a device of a member, only for entries of the log that commit to
// them, and nobody can ask for them (threats 5 and 9).

#include "simulation/groups_world_test.h"

namespace sotto::simulation {
namespace {

class HistoryTest : public GroupsWorldTest {
 protected:
  void add(std::size_t by, ConversationId group, const Texts& names) {
    expect<client::Done>(world_.ask(by, client::AddMembers{.conversation = group, .names = names}));
    world_.run_for(seconds(30));
  }

  static constexpr wire::GroupPolicies sharing_{.shares_history = true};
  const std::size_t ada_ = add_account("ada");
  const std::size_t bob_ = add_account("bob");
  const std::size_t eve_ = add_account("eve");
};

TEST_F(HistoryTest, WhoIsAddedReadsOnEveryDeviceWhatWasWrittenBefore) {
  const std::size_t eve_2 = add_device(eve_);
  const ConversationId group = create(ada_, {"bob"}, sharing_);
  say(ada_, group, "one");
  say(bob_, group, "two");
  const auto before = lines(ada_, group);
  client::React react;
  react.conversation = group;
  react.target = {before.front().sender, before.front().sender_device, before.front().message};
  react.emoji = "👍";
  static_cast<void>(world_.ask(bob_, react));
  world_.run_for(seconds(10));
  add(ada_, group, {"eve"});
  say(bob_, group, "three");
  for (const std::size_t index : {ada_, bob_, eve_, eve_2}) {
    EXPECT_EQ(texts(index, group), (Texts{"one", "two", "three"})) << index;
    EXPECT_EQ(shown(index, group).profile.name, "Quiet ones") << index;
    EXPECT_EQ(notices(index), 0u) << index;
  }
  // Old messages are no news: nothing unread, nothing to announce.
  const auto list = expect<client::ConversationList>(world_.ask(eve_, client::ListConversations{}));
  const auto summary = std::ranges::find(list.conversations, group, &client::ConversationSummary::conversation);
  ASSERT_NE(summary, list.conversations.end());
  EXPECT_EQ(summary->unread, 1u);
  EXPECT_EQ(expect<client::Status>(world_.ask(eve_, client::GetStatus{})).unannounced, 1u);
}

// Threat 10: without the policy the server shows nothing from before and nobody gives a key.
TEST_F(HistoryTest, WithoutThePolicyNothingFromBeforeIsRead) {
  const ConversationId group = create(ada_, {"bob"});
  say(ada_, group, "before");
  add(ada_, group, {"eve"});
  say(bob_, group, "after");
  EXPECT_EQ(texts(eve_, group), Texts{"after"});
  EXPECT_EQ(shown(eve_, group).profile.name, "Quiet ones");
}

// Threats 5 and 10: a server that shows the whole log all the same obtains no key for anybody.
TEST_F(HistoryTest, AServerThatShowsTheOldLogOpensNothing) {
  const ConversationId group = create(ada_, {"bob"});
  say(ada_, group, "before");
  world_.server().alter_answer = [&](const ServerDouble::Exchange& exchange, wire::ServerFrame& frame) {
    if (auto* resumed = std::get_if<wire::Resumed>(&frame.answer)) {
      for (wire::Conversation& conversation : resumed->conversations) {
        if (conversation.conversation == group) conversation.log_start = 0;
      }
    }
    const auto* asked = std::get_if<wire::ReadLog>(&exchange.request.request);
    auto* page = std::get_if<wire::LogPage>(&frame.answer);
    if (page == nullptr || asked == nullptr || asked->conversation != group) return;
    page->entries = world_.server().log(group);
    page->head = page->entries.back().seq;
    std::erase_if(page->entries, [&](const wire::LogEntry& entry) { return entry.seq <= asked->after; });
  };
  add(ada_, group, {"eve"});
  world_.server().alter_answer = nullptr;
  const auto seen = lines(eve_, group);
  const auto old = std::ranges::find(seen, client::UndecryptableCause::not_shared, &client::TimelineMessage::cause);
  ASSERT_NE(old, seen.end());
  EXPECT_EQ(old->readability, client::Readability::no_access);
  for (const std::string& text : texts(eve_, group)) EXPECT_NE(text, "before");
}

TEST_F(HistoryTest, ThePolicyCanBeChangedForThoseWhoComeFromThenOn) {
  const ConversationId group = create(ada_, {"bob"});
  say(ada_, group, "one");
  expect<client::Done>(world_.ask(ada_, client::ChangeGroupPolicies{.conversation = group, .policies = sharing_}));
  world_.run_for(seconds(5));
  add(ada_, group, {"eve"});
  EXPECT_EQ(texts(eve_, group), Texts{"one"});
  expect<client::Done>(world_.ask(ada_, client::ChangeGroupPolicies{.conversation = group, .policies = {}}));
  world_.run_for(seconds(5));
  const std::size_t carl = add_account("carl");
  add(ada_, group, {"carl"});
  EXPECT_EQ(texts(carl, group), Texts{});
  EXPECT_EQ(texts(eve_, group), Texts{"one"});
}

TEST_F(HistoryTest, WhoJoinsByALinkIsGivenTheKeysByItsMaker) {
  const ConversationId group = create(ada_, {"bob"}, sharing_);
  say(bob_, group, "one");
  const auto invitation = expect<client::InvitationShown>(
      world_.ask(ada_, client::CreateInvitation{.conversation = group, .server = server_}));
  world_.run_for(seconds(5));
  expect<client::GroupJoined>(
      world_.ask(eve_, client::JoinGroup{.link = invitation.invitation.link, .server = server_}));
  world_.run_for(seconds(30));
  EXPECT_EQ(texts(eve_, group), Texts{"one"});
}

TEST_F(HistoryTest, WhoIsApprovedIsGivenTheKeys) {
  const ConversationId group = create(ada_, {"bob"}, sharing_);
  say(bob_, group, "one");
  const auto invitation = expect<client::InvitationShown>(
      world_.ask(ada_, client::CreateInvitation{.conversation = group, .server = server_, .needs_approval = true}));
  world_.run_for(seconds(5));
  expect<client::GroupJoined>(
      world_.ask(eve_, client::JoinGroup{.link = invitation.invitation.link, .server = server_}));
  world_.run_for(seconds(5));
  expect<client::Done>(world_.ask(ada_, client::ApproveJoin{.conversation = group, .name = "eve"}));
  world_.run_for(seconds(30));
  EXPECT_EQ(texts(eve_, group), Texts{"one"});
}

TEST_F(HistoryTest, WhoWasOfflineIsGivenTheKeysLater) {
  const ConversationId group = create(ada_, {"bob"}, sharing_);
  for (int message = 0; message < 5; ++message) say(bob_, group, std::to_string(message));
  world_.crash(eve_);
  add(ada_, group, {"eve"});
  world_.crash(ada_);
  world_.start(eve_);
  world_.run_for(seconds(30));
  EXPECT_EQ(texts(eve_, group), (Texts{"0", "1", "2", "3", "4"}));
}

TEST_F(HistoryTest, MoreThanOneItemHoldsIsGivenToo) {
  constexpr std::uint64_t count = 230;
  const ConversationId group = create(ada_, {"bob"}, sharing_);
  for (std::uint64_t index = 0; index < count; ++index) {
    client::SendText command;
    command.conversation = group;
    command.text = std::to_string(index);
    expect<client::Queued>(world_.ask(bob_, command));
  }
  world_.run_for(minutes(1));
  add(ada_, group, {"eve"});
  const auto statistics = expect<client::Statistics>(world_.ask(eve_, client::GetStatistics{.conversation = group}));
  EXPECT_GE(statistics.messages, count);
  for (const std::string& text : texts(eve_, group)) ASSERT_NE(text, "?");
}

TEST_F(HistoryTest, WhatItsSendersDeviceWroteBeforeItWasRemovedIsRead) {
  const std::size_t bob_2 = add_device(bob_);
  const ConversationId group = create(ada_, {"bob"}, sharing_);
  say(bob_2, group, "from a device that is gone");
  const DeviceId lost = expect<client::Identity>(world_.ask(bob_2, client::WhoAmI{})).device;
  expect<client::Done>(world_.ask(bob_, client::RemoveDevice{.device = lost}));
  world_.run_for(seconds(10));
  say(bob_, group, "from one that is not");
  expect<client::Done>(world_.ask(ada_, client::RemoveMembers{.conversation = group, .names = {"bob"}}));
  world_.run_for(seconds(5));
  add(ada_, group, {"eve"});
  EXPECT_EQ(texts(eve_, group), (Texts{"from a device that is gone", "from one that is not"}));
  EXPECT_EQ(notices(eve_), 0u);
}

// Keys of disappearing messages leave no device.
TEST_F(HistoryTest, DisappearingMessagesAreNotShared) {
  wire::GroupPolicies policies = sharing_;
  policies.expires_after_ms = 3'600'000;
  const ConversationId group = create(ada_, {"bob"}, policies);
  say(ada_, group, "gone in an hour");
  add(ada_, group, {"eve"});
  EXPECT_EQ(texts(eve_, group), Texts{"?"});
  EXPECT_EQ(lines(eve_, group).back().cause, client::UndecryptableCause::none);
}

// Threat 19: the server puts the body of one old message into the place of another. The key does not fit, and nothing
// is shown in the wrong place.
TEST_F(HistoryTest, AKeyDoesNotOpenWhatTheServerPutsInItsPlace) {
  const ConversationId group = create(ada_, {"bob"}, sharing_);
  say(ada_, group, "pay eve");
  say(ada_, group, "do not pay eve");
  world_.server().alter_answer = [&](const ServerDouble::Exchange&, wire::ServerFrame& frame) {
    auto* page = std::get_if<wire::LogPage>(&frame.answer);
    std::vector<wire::LogEntry>* entries = page != nullptr ? &page->entries : nullptr;
    if (auto* resumed = std::get_if<wire::Resumed>(&frame.answer)) entries = &resumed->entries;
    if (entries == nullptr) return;
    std::vector<wire::LogEntry*> messages;
    for (wire::LogEntry& entry : *entries) {
      if (entry.conversation == group && entry.kind == wire::EntryKind::message) messages.push_back(&entry);
    }
    if (messages.size() >= 3) std::swap(messages[1]->body, messages[2]->body);
  };
  add(ada_, group, {"eve"});
  EXPECT_EQ(texts(eve_, group), (Texts{"?", "?"}));
}

// Threat 5: nobody gives keys to who merely asks. The device that let eve in gives nothing here.
TEST_F(HistoryTest, WhatWasNotGivenIsNotToBeHadByAsking) {
  const ConversationId group = create(ada_, {"bob"}, sharing_);
  say(bob_, group, "one");
  harm(ada_, "CREATE TRIGGER withhold AFTER INSERT ON history_debts BEGIN DELETE FROM history_debts; END");
  add(ada_, group, {"eve"});
  EXPECT_EQ(texts(eve_, group), (Texts{"?", "?"})) << "what the group is called, and the message";
  say(bob_, group, "two");
  harm(eve_, "UPDATE waiting_entries SET asked = 0, ask_at = 1");
  say(eve_, group, "a session with everybody");
  world_.run_for(minutes(5));
  EXPECT_EQ(texts(eve_, group), (Texts{"?", "?", "two", "a session with everybody"}));
}

}  // namespace
}  // namespace sotto::simulation
