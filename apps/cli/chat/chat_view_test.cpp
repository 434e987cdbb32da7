// The chat screen shows every message once, in the order of the log, whatever order the news came in; fits into any
// terminal; and lets nobody's text out of its place.

#include "cli/chat/chat_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/terminal/characters.h"

namespace sotto::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

client::TimelineMessage message(std::uint8_t id, std::uint64_t seq, std::string text) {
  client::TimelineMessage result;
  result.message.bytes[0] = id;
  result.seq = seq;
  result.sender_name = "bob";
  result.state = client::MessageState::received;
  result.text = std::move(text);
  return result;
}

std::string screen(ChatModel& model, ScreenSize size) {
  std::string text;
  for (const std::string& row : draw_chat(model, size, Colours::unused).rows) text += row + "\n";
  return text;
}

TEST(ChatModel, KeepsTheOrderOfTheLogAndWhatWaitsLast) {
  ChatModel model;
  EXPECT_TRUE(model.upsert(message(3, 3, "three")));
  EXPECT_TRUE(model.upsert(message(9, 0, "waiting")));
  EXPECT_TRUE(model.upsert(message(1, 1, "one")));
  EXPECT_TRUE(model.upsert(message(2, 2, "two")));
  EXPECT_FALSE(model.upsert(message(9, 4, "waiting")));
  EXPECT_FALSE(model.upsert(message(2, 2, "two")));
  std::vector<std::uint64_t> order;
  for (const auto& shown : model.messages) order.push_back(shown.seq);
  EXPECT_THAT(order, ElementsAre(1, 2, 3, 4));
  EXPECT_EQ(model.newest_seq(), 4u);
  EXPECT_EQ(model.oldest_seq(), 1u);
}

TEST(ChatModel, WhatWaitsStaysInTheOrderOfWriting) {
  ChatModel model;
  model.upsert(message(7, 0, "first"));
  model.upsert(message(8, 0, "second"));
  model.upsert(message(1, 5, "arrived"));
  EXPECT_EQ(model.messages[0].text, "arrived");
  EXPECT_EQ(model.messages[1].text, "first");
  EXPECT_EQ(model.messages[2].text, "second");
}

TEST(ChatView, FillsExactlyTheScreenWhateverItsSize) {
  ChatModel model;
  model.peer = "bob";
  for (std::uint8_t index = 1; index <= 50; ++index) {
    model.upsert(message(index, index, "漢字 and a long line of words " + std::string(index, 'x')));
  }
  for (std::size_t rows = 4; rows < 40; ++rows) {
    for (const std::size_t columns : {20u, 33u, 80u, 200u}) {
      const Picture picture = draw_chat(model, {.rows = rows, .columns = columns}, Colours::unused);
      ASSERT_EQ(picture.rows.size(), rows);
      for (const std::string& row : picture.rows) ASSERT_LE(column_width(decode_utf8(row)), columns) << row;
      ASSERT_LT(picture.cursor_column, columns);
    }
  }
}

TEST(ChatView, AVerySmallScreenIsNoError) {
  ChatModel model;
  EXPECT_EQ(draw_chat(model, {.rows = 1, .columns = 3}, Colours::unused).rows.size(), 1u);
}

TEST(ChatView, ScrollsToTheOldestAndNoFurther) {
  ChatModel model;
  for (std::uint8_t index = 1; index <= 30; ++index)
    model.upsert(message(index, index, "line " + std::to_string(index)));
  EXPECT_THAT(screen(model, {.rows = 13, .columns = 40}), HasSubstr("line 30\n"));
  model.scroll = 1'000;
  const std::string top = screen(model, {.rows = 13, .columns = 40});
  EXPECT_EQ(model.scroll, 20u);
  EXPECT_THAT(top, HasSubstr("line 1\n"));
  EXPECT_THAT(top, HasSubstr("newer messages below"));
}

TEST(ChatView, ShowsHowFarAMessageHasComeAndWhoTypes) {
  ChatModel model;
  model.peer = "bob";
  auto own = message(1, 1, "hello");
  own.own = true;
  own.sender_name = "alice";
  own.state = client::MessageState::delivered;
  model.upsert(own);
  model.set_typing({.conversation = {}, .account = {}, .name = "bob", .typing = true});
  EXPECT_THAT(screen(model, {.rows = 8, .columns = 60}), HasSubstr("hello ✓✓\n"));
  EXPECT_THAT(screen(model, {.rows = 8, .columns = 60}), HasSubstr("bob is typing"));
}

TEST(ChatView, ShowsWhatBecameOfAMessage) {
  ChatModel model;
  auto changed = message(1, 1, "at eight");
  changed.edits = 1;
  changed.reactions = {{.emoji = "👍", .count = 2, .own = false, .accounts = {}}};
  model.upsert(changed);
  EXPECT_THAT(screen(model, {.rows = 8, .columns = 60}), HasSubstr("at eight  (edited)  👍 2"));
  changed.kind = client::LineKind::deleted;
  changed.text.clear();
  changed.edits = 0;
  changed.reactions.clear();
  model.upsert(changed);
  EXPECT_THAT(screen(model, {.rows = 8, .columns = 60}), HasSubstr("[This message was deleted.]"));
  model.remove({.sender = changed.sender, .sender_device = {}, .message = changed.message});
  EXPECT_TRUE(model.messages.empty());
}

TEST(ChatView, AReplyShowsWhoAndTheFirstWordsOfWhatItAnswers) {
  ChatModel model;
  auto reply = message(2, 2, "yes, gladly");
  reply.reply_to = wire::MessageReference{};
  reply.quoted = client::QuotedMessage{
      .sender_name = "eve", .own = false, .text = "shall we meet at eight or rather at nine tomorrow evening"};
  model.upsert(reply);
  EXPECT_THAT(screen(model, {.rows = 8, .columns = 60}),
              HasSubstr("bob  ↩ eve: shall we meet at eight or rather at …\n"));
  EXPECT_THAT(screen(model, {.rows = 8, .columns = 60}), HasSubstr("  yes, gladly\n"));
  EXPECT_THAT(screen(model, {.rows = 8, .columns = 60}), Not(HasSubstr("(reply)")));
  reply.quoted->own = true;
  reply.quoted->text = "two\x1b[31m";
  model.upsert(reply);
  EXPECT_THAT(screen(model, {.rows = 8, .columns = 60}), HasSubstr("↩ you: two\xEF\xBF\xBD[31m\n"));
  reply.quoted->text.clear();
  model.upsert(reply);
  EXPECT_THAT(screen(model, {.rows = 8, .columns = 60}), HasSubstr("↩ you: [cannot be shown]\n"));
  reply.quoted.reset();
  model.upsert(reply);
  EXPECT_THAT(screen(model, {.rows = 8, .columns = 60}), HasSubstr("↩ a message that is not here\n"));
}

TEST(ChatView, InAGroupShowsWhoSpeaksWhoTypesAndWhatHappened) {
  ChatModel model;
  model.peer = "Quiet ones";
  model.timer_ms = 7ULL * 24 * 3600 * 1000;
  auto event = message(1, 1, "ada added eve.");
  event.kind = client::LineKind::group_event;
  model.upsert(event);
  auto renamed = message(2, 2, "Loud ones");
  renamed.kind = client::LineKind::group_profile;
  model.upsert(renamed);
  auto timer = message(3, 3, "");
  timer.kind = client::LineKind::timer_change;
  timer.timer_ms = 3'600'000;
  model.upsert(timer);
  auto from_eve = message(4, 4, "hello");
  from_eve.sender_name = "eve";
  from_eve.expires_at = UnixMillis{1'800'000'000'000};
  model.upsert(from_eve);
  model.set_typing({.conversation = {}, .account = {}, .name = "bob", .typing = true});
  model.set_typing({.conversation = {}, .account = {}, .name = "eve", .typing = true});
  const std::string shown = screen(model, {.rows = 12, .columns = 100});
  EXPECT_THAT(shown, HasSubstr("Quiet ones  ·  messages disappear after 7 days"));
  EXPECT_THAT(shown, HasSubstr(" [ada added eve.]\n"));
  EXPECT_THAT(shown, HasSubstr(" [The group is called Loud ones now.]\n"));
  EXPECT_THAT(shown, HasSubstr(" [Messages disappear after 1 hour from now on.]\n"));
  EXPECT_THAT(shown, HasSubstr("eve  hello  (until "));
  EXPECT_THAT(shown, HasSubstr("bob, eve are typing"));
  model.set_typing({.conversation = {}, .account = {}, .name = "bob", .typing = false});
  EXPECT_THAT(screen(model, {.rows = 12, .columns = 100}), HasSubstr("eve is typing"));
}

TEST(ChatView, AnothersTextCannotSteerTheTerminal) {
  ChatModel model;
  auto hostile = message(1, 1,
                         "\x1b[2J\x1b]0;title\x07"
                         "after\nsecond line");
  hostile.sender_name = "b\x1b[31mb";
  model.upsert(hostile);
  const std::string shown = screen(model, {.rows = 8, .columns = 60});
  EXPECT_EQ(shown.find('\x1b'), std::string::npos);
  EXPECT_EQ(shown.find('\x07'), std::string::npos);
  EXPECT_THAT(shown, HasSubstr("second line"));
}

TEST(Wrap, BreaksBetweenWordsAndCutsOnlyWhatFillsALine) {
  EXPECT_THAT(wrap(U"one two three", 8), ElementsAre(U"one two", U"three"));
  EXPECT_THAT(wrap(U"abcdefgh", 3), ElementsAre(U"abc", U"def", U"gh"));
  EXPECT_THAT(wrap(U"a\n\nb", 5), ElementsAre(U"a", U"", U"b"));
  EXPECT_THAT(wrap(U"漢字漢字", 5), ElementsAre(U"漢字", U"漢字"));
  EXPECT_THAT(wrap(U"", 5), ElementsAre(U""));
}

}  // namespace
}  // namespace sotto::cli
