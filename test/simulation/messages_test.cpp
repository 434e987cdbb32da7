// What is done to messages comes out the same on every device of both accounts, whichever comes first, and only where
// it is its author's right: replies, threads, mentions, reactions, edits, deletions, stars, typed messages.

#include "client/annotations.h"
#include "simulation/two_accounts.h"

namespace sotto::simulation {
namespace {

class MessagesTest : public TwoAccountsTest {
 protected:
  void react(std::size_t index, const wire::MessageReference& target, const std::string& emoji) {
    expect<client::Queued>(
        world_.ask(index, client::React{.conversation = conversation_, .target = target, .emoji = emoji}));
    world_.run_for(seconds(3));
  }
};

TEST_F(MessagesTest, ReplyThreadMentionAndForwardingArriveEverywhere) {
  const auto first = send(ada_, "**first**");
  client::SendText command = text("an answer");
  command.reply_to = first;
  command.thread = first;
  command.mentions = {account(ada_)};
  command.forwarded = true;
  const auto second = send(bob_, command);
  for (const std::size_t index : all_) {
    const auto shown = line(index, second);
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->reply_to, first);
    EXPECT_EQ(shown->thread, first);
    EXPECT_EQ(shown->mentions, std::vector{account(ada_)});
    EXPECT_TRUE(shown->forwarded);
    EXPECT_EQ(line(index, first)->text, "**first**");
    const auto thread =
        expect<client::Messages>(world_.ask(index, client::ReadThread{.conversation = conversation_, .root = first}));
    ASSERT_EQ(thread.messages.size(), 2U);
    EXPECT_EQ(thread.messages[1].text, "an answer");
  }
}

TEST_F(MessagesTest, TheFirstMessageOfAThreadSaysHowManyFollow) {
  const auto first = send(ada_, "who comes?");
  client::SendText command = text("me");
  command.thread = first;
  const auto answer = send(bob_, command);
  command.text = "me too";
  send(ada_tablet_, command);
  for (const std::size_t index : all_) EXPECT_EQ(line(index, first)->replies, 2U) << index;
  const auto changes = told<client::MessageStateChanged>(ada_);
  EXPECT_TRUE(std::ranges::any_of(changes, [](const auto& change) { return change.message.replies == 2; }));
  expect<client::Done>(
      world_.ask(bob_, client::DeleteMessage{.conversation = conversation_, .target = answer, .for_everyone = true}));
  world_.run_for(seconds(3));
  for (const std::size_t index : all_) EXPECT_EQ(line(index, first)->replies, 1U) << index;
}

TEST_F(MessagesTest, EachAccountHasSeveralReactionsAndTakesThemBack) {
  const auto message = send(ada_, "look");
  react(bob_, message, "👍");
  react(bob_tablet_, message, "🎉");
  react(ada_, message, "👍");
  react(bob_tablet_, message, "👍");
  for (const std::size_t index : all_) {
    const auto shown = line(index, message);
    ASSERT_TRUE(shown);
    ASSERT_EQ(shown->reactions.size(), 2U);
    EXPECT_EQ(shown->reactions[0].emoji, "👍");
    EXPECT_EQ(shown->reactions[0].count, 2U);
    EXPECT_TRUE(shown->reactions[0].own);
    EXPECT_EQ(shown->reactions[1].count, 1U);
  }
  expect<client::Queued>(world_.ask(
      bob_, client::React{.conversation = conversation_, .target = message, .emoji = "👍", .removed = true}));
  world_.run_for(seconds(3));
  EXPECT_EQ(line(ada_tablet_, message)->reactions[0].count, 1U);
  EXPECT_FALSE(told<client::MessageStateChanged>(ada_tablet_).empty());
  EXPECT_EQ(history(ada_).size(), 1U);
  EXPECT_EQ(summary(ada_).unread, 0U);
}

TEST_F(MessagesTest, EditKeepsWhatWasSaidBefore) {
  const auto message = send(ada_, "tomorow");
  for (const std::string& words : {std::string("tomorrow"), std::string("tomorrow at eight")}) {
    expect<client::Queued>(
        world_.ask(ada_tablet_, client::EditMessage{.conversation = conversation_, .target = message, .text = words}));
    world_.run_for(seconds(3));
  }
  for (const std::size_t index : all_) {
    EXPECT_EQ(line(index, message)->text, "tomorrow at eight");
    EXPECT_EQ(line(index, message)->edits, 2U);
    const auto edits = expect<client::EditHistory>(
        world_.ask(index, client::ReadEdits{.conversation = conversation_, .target = message}));
    ASSERT_EQ(edits.versions.size(), 3U);
    EXPECT_EQ(edits.versions[0].text, "tomorow");
    EXPECT_EQ(edits.versions[2].text, "tomorrow at eight");
  }
  EXPECT_FALSE(told<client::MessageChanged>(bob_).empty());
}

TEST_F(MessagesTest, OthersMessagesAreNotEditedOrDeletedForEveryone) {
  const auto message = send(ada_, "mine");
  EXPECT_EQ(failure_of(world_.ask(
                bob_, client::EditMessage{.conversation = conversation_, .target = message, .text = "yours"})),
            client::ClientErrorCode::not_allowed);
  EXPECT_EQ(failure_of(world_.ask(
                bob_, client::DeleteMessage{.conversation = conversation_, .target = message, .for_everyone = true})),
            client::ClientErrorCode::not_allowed);
}

// Threats 19 and 27: what a fellow member sends without the right to it harms nothing but itself.
TEST(AnnotationsTest, EventsWithoutTheRightChangeNothing) {
  client::TimelineRow message;
  message.sender = {.account = AccountId{{1}}, .device = DeviceId{{1}}};
  message.content.kind = wire::TextContent{"mine"};
  client::TimelineRow edit;
  edit.sender = {.account = AccountId{{2}}, .device = DeviceId{{2}}};
  edit.content.kind = wire::Edit{.target = message.reference(), .text = "yours"};
  EXPECT_FALSE(client::edited(message, {edit}));
  edit.sender.account = message.sender.account;
  ASSERT_TRUE(client::edited(message, {edit}));
  EXPECT_EQ(client::edited(message, {edit})->text, "yours");
  // The same event from another conversation is about nothing here.
  edit.conversation = ConversationId{{9}};
  EXPECT_FALSE(client::edited(message, {edit}));
}

TEST_F(MessagesTest, DeletionForEveryoneLeavesNothingAnywhere) {
  const auto message = send(ada_, "never mind");
  react(bob_, message, "👍");
  expect<client::Done>(world_.ask(
      ada_tablet_, client::DeleteMessage{.conversation = conversation_, .target = message, .for_everyone = true}));
  world_.run_for(seconds(5));
  for (const std::size_t index : all_) {
    const auto shown = line(index, message);
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->kind, client::LineKind::deleted);
    EXPECT_EQ(shown->text, "");
    EXPECT_TRUE(shown->reactions.empty());
  }
  const auto log = world_.server().log(conversation_);
  EXPECT_TRUE(log.at(0).redacted);
  EXPECT_TRUE(log.at(0).body.empty());
}

TEST_F(MessagesTest, DeletionForOneselfReachesTheOwnDevicesOnly) {
  const auto message = send(bob_, "not for ada's eyes");
  expect<client::Done>(world_.ask(ada_, client::DeleteMessage{.conversation = conversation_, .target = message}));
  world_.run_for(seconds(5));
  EXPECT_FALSE(line(ada_, message));
  EXPECT_FALSE(line(ada_tablet_, message));
  EXPECT_TRUE(line(bob_, message));
  EXPECT_EQ(told<client::MessageRemoved>(ada_tablet_).size(), 1U);
}

TEST_F(MessagesTest, StarsAreFoundAgainOnEveryOwnDevice) {
  const auto message = send(bob_, "the address");
  expect<client::Done>(
      world_.ask(ada_, client::StarMessage{.conversation = conversation_, .target = message, .starred = true}));
  world_.run_for(seconds(5));
  const auto starred = expect<client::Messages>(world_.ask(ada_tablet_, client::ListStarred{}));
  ASSERT_EQ(starred.messages.size(), 1U);
  EXPECT_EQ(starred.messages[0].text, "the address");
  EXPECT_TRUE(expect<client::Messages>(world_.ask(bob_, client::ListStarred{})).messages.empty());
}

TEST_F(MessagesTest, TypedMessageComesWithItsFallback) {
  client::SendTyped command;
  command.conversation = conversation_;
  command.content = {.type = "interview.invitation", .data = R"({"at":1})", .fallback = "An invitation"};
  const auto queued = expect<client::Queued>(world_.ask(ada_, command));
  world_.run_for(seconds(3));
  const auto shown = line(bob_tablet_, reference(ada_, queued.message));
  ASSERT_TRUE(shown);
  EXPECT_EQ(shown->kind, client::LineKind::typed);
  EXPECT_EQ(shown->type, "interview.invitation");
  EXPECT_EQ(shown->text, "An invitation");
}

TEST_F(MessagesTest, StatisticsCountWhatIsHeld) {
  send(ada_, "one");
  send(ada_tablet_, "two");
  send(bob_, "three");
  const auto statistics =
      expect<client::Statistics>(world_.ask(bob_tablet_, client::GetStatistics{.conversation = conversation_}));
  EXPECT_EQ(statistics.messages, 3U);
  ASSERT_EQ(statistics.members.size(), 2U);
  EXPECT_EQ(statistics.members[0].name, "ada");
  EXPECT_EQ(statistics.members[0].messages, 2U);
  EXPECT_LT(statistics.first_at, statistics.last_at);
}

TEST_F(MessagesTest, NamesNothingThatIsNotThere) {
  const wire::MessageReference nobody{.sender = account(bob_), .sender_device = {}, .message = {}};
  EXPECT_EQ(failure_of(world_.ask(ada_, client::React{.conversation = conversation_, .target = nobody, .emoji = "👍"})),
            client::ClientErrorCode::unknown_message);
}

}  // namespace
}  // namespace sotto::simulation
