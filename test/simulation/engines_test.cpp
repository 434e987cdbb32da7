// Engines in pairs against the real rules of the server: what one writes the other reads, once and in order, with
// marks, across logins, processes and crashes; and nothing is changed where something is refused.

#include <gtest/gtest.h>

#include "simulation/world_test.h"

namespace sotto::simulation {
namespace {

class EnginesTest : public WorldTest {
 protected:
  void register_all() {
    for (const std::size_t index : {ada_, bob_}) register_account(index);
    world_.run_for(seconds(2));
  }

  std::vector<client::TimelineMessage> history(std::size_t index, const std::string& with) {
    client::ReadHistory command;
    command.with = with;
    command.limit = 200;
    client::Event event = world_.ask(index, command);
    auto* page = std::get_if<client::History>(&event);
    return page != nullptr ? std::move(page->messages) : std::vector<client::TimelineMessage>{};
  }

  template <class Kind>
  std::size_t count(std::size_t index) {
    return static_cast<std::size_t>(std::ranges::count_if(
        world_.host(index).events, [](const client::Event& event) { return std::holds_alternative<Kind>(event); }));
  }

  std::size_t ada_ = world_.add_host("ada");
  std::size_t bob_ = world_.add_host("bob");
};

TEST_F(EnginesTest, WhatOneWritesTheOtherReads) {
  register_all();
  write(ada_, "bob", "first");
  write(ada_, "bob", "second");
  world_.run_for(seconds(5));
  const auto at_bob = history(bob_, "ada");
  ASSERT_EQ(at_bob.size(), 2U);
  EXPECT_EQ(at_bob[0].text, "first");
  EXPECT_EQ(at_bob[0].seq, 1U);
  EXPECT_EQ(at_bob[0].sender_name, "ada");
  EXPECT_EQ(at_bob[0].state, client::MessageState::received);
  EXPECT_EQ(at_bob[1].text, "second");
  EXPECT_EQ(count<client::MessageReceived>(bob_), 2U);
  EXPECT_EQ(count<client::SecurityNotice>(ada_) + count<client::SecurityNotice>(bob_), 0U);

  const auto at_ada = history(ada_, "bob");
  ASSERT_EQ(at_ada.size(), 2U);
  EXPECT_EQ(at_ada[1].state, client::MessageState::delivered);
}

TEST_F(EnginesTest, ConversationsAreListedPageByPage) {
  register_all();
  std::vector<std::string> names{"bob"};
  for (const std::string name : {"carol", "dave", "eve", "frank"}) {
    register_account(world_.add_host(name));
    names.push_back(name);
  }
  world_.run_for(seconds(2));
  for (const std::string& name : names) {
    write(ada_, name, "hello " + name);
    world_.run_for(seconds(2));
  }
  wire::ConversationSetting setting;
  setting.conversation =
      std::get<client::Opened>(world_.ask(ada_, client::OpenConversation{"bob"})).conversation.conversation;
  setting.pinned = true;
  expect<client::Done>(world_.ask(ada_, client::KeepConversation{setting}));
  client::ListConversations page{.limit = 2};
  std::vector<std::string> listed;
  for (const bool more : {true, true, false}) {
    const auto list = expect<client::ConversationList>(world_.ask(ada_, page));
    EXPECT_EQ(list.more, more);
    for (const auto& conversation : list.conversations) listed.push_back(conversation.peer_name);
    ASSERT_FALSE(list.conversations.empty());
    page.after = list.conversations.back().conversation;
  }
  EXPECT_EQ(listed, (std::vector<std::string>{"bob", "frank", "eve", "dave", "carol"}));
  EXPECT_EQ(failure_of(world_.ask(ada_, client::ListConversations{.after = ConversationId{}})),
            client::ClientErrorCode::unknown_conversation);
}

TEST_F(EnginesTest, ConversationGoesBothWaysAndMarksFollow) {
  register_all();
  for (int round = 0; round < 5; ++round) {
    write(ada_, "bob", "ping " + std::to_string(round));
    world_.run_for(seconds(1));
    write(bob_, "ada", "pong " + std::to_string(round));
    world_.run_for(seconds(1));
  }
  const auto at_ada = history(ada_, "bob");
  const auto at_bob = history(bob_, "ada");
  ASSERT_EQ(at_ada.size(), 10U);
  ASSERT_EQ(at_bob.size(), 10U);
  for (std::size_t index = 0; index < 10; ++index) {
    EXPECT_EQ(at_ada[index].seq, index + 1);
    EXPECT_EQ(at_ada[index].message, at_bob[index].message);
    EXPECT_EQ(at_ada[index].text, at_bob[index].text);
  }
  const ConversationId conversation = at_bob[0].conversation;
  client::Event list = world_.ask(bob_, client::ListConversations{});
  EXPECT_EQ(std::get<client::ConversationList>(list).conversations.at(0).unread, 5U);
  world_.ask(bob_, client::MarkRead{.conversation = conversation, .seq = 0});
  world_.run_for(seconds(2));
  list = world_.ask(bob_, client::ListConversations{});
  EXPECT_EQ(std::get<client::ConversationList>(list).conversations.at(0).unread, 0U);
  EXPECT_EQ(history(ada_, "bob")[8].state, client::MessageState::read);
}

TEST_F(EnginesTest, MessagesWaitForAnAbsentReceiver) {
  register_all();
  world_.crash(bob_);
  write(ada_, "bob", "are you there?");
  world_.run_for(seconds(3));
  EXPECT_EQ(history(ada_, "bob").at(0).state, client::MessageState::sent);
  world_.start(bob_);
  world_.run_for(seconds(5));
  EXPECT_EQ(history(bob_, "ada").at(0).text, "are you there?");
  EXPECT_EQ(history(ada_, "bob").at(0).state, client::MessageState::delivered);
}

TEST_F(EnginesTest, OutboxOutlivesACrash) {
  register_all();
  write(ada_, "bob", "before");
  world_.run_for(seconds(2));
  world_.cut_off(ada_, minutes(1));
  write(ada_, "bob", "while away");
  world_.crash(ada_);
  world_.start(ada_);
  EXPECT_EQ(history(ada_, "bob").at(1).state, client::MessageState::pending);
  world_.run_for(minutes(3));
  EXPECT_EQ(history(bob_, "ada").at(1).text, "while away");
}

TEST_F(EnginesTest, LoggedOutDeviceKeepsItsMessagesAndLogsInAgain) {
  register_all();
  write(ada_, "bob", "kept");
  world_.run_for(seconds(2));
  EXPECT_TRUE(std::holds_alternative<client::Done>(world_.ask(ada_, client::LogOut{})));
  EXPECT_EQ(failure_of(world_.ask(ada_, client::ListLogins{})), client::ClientErrorCode::not_logged_in);
  EXPECT_EQ(history(ada_, "bob").size(), 1U);
  EXPECT_EQ(failure_of(world_.ask(ada_, client::LogIn{.name = "ada", .password = "wrong password"})),
            client::ClientErrorCode::wrong_credentials);
  EXPECT_EQ(failure_of(world_.ask(ada_, client::LogIn{.name = "bob", .password = password_})),
            client::ClientErrorCode::device_not_linked);
  EXPECT_TRUE(
      std::holds_alternative<client::SignedIn>(world_.ask(ada_, client::LogIn{.name = "ada", .password = password_})));
  world_.run_for(seconds(2));
  write(ada_, "bob", "back again");
  world_.run_for(seconds(2));
  EXPECT_EQ(history(bob_, "ada").size(), 2U);
}

TEST_F(EnginesTest, RevokedLoginIsToldAndKeysStay) {
  register_all();
  const client::Event listed = world_.ask(ada_, client::ListLogins{});
  const auto* logins = std::get_if<client::Logins>(&listed);
  ASSERT_NE(logins, nullptr);
  ASSERT_EQ(logins->logins.size(), 1U);
  world_.ask(ada_, client::RevokeLogin{logins->logins[0].login});
  world_.run_for(seconds(2));
  EXPECT_EQ(count<client::LoggedOut>(ada_), 1U);
  const client::Event who = world_.ask(ada_, client::WhoAmI{});
  EXPECT_EQ(std::get<client::Identity>(who).state, client::LoginState::logged_out);
}

TEST_F(EnginesTest, TokensAreRefreshedWhileConnected) {
  register_all();
  world_.run_for(hours(2));
  EXPECT_EQ(count<client::LoggedOut>(ada_), 0U);
  write(ada_, "bob", "still here");
  world_.run_for(seconds(2));
  EXPECT_EQ(history(bob_, "ada").size(), 1U);
}

TEST_F(EnginesTest, TakenNameIsRefusedAndAnotherMayBeTried) {
  register_all();
  const std::size_t other = world_.add_host("impostor");
  EXPECT_EQ(failure_of(world_.ask(other, client::RegisterAccount{.name = "ada", .password = password_})),
            client::ClientErrorCode::name_taken);
  EXPECT_TRUE(std::holds_alternative<client::SignedIn>(
      world_.ask(other, client::RegisterAccount{.name = "eve", .password = password_})));
  // Nothing is left of the attempt that would stand between her and the real one.
  client::SendText hello;
  hello.to = "ada";
  hello.text = "hello from eve";
  expect<client::Queued>(world_.ask(other, hello));
  world_.run_for(seconds(5));
  EXPECT_EQ(history(ada_, "eve").size(), 1U);
}

TEST_F(EnginesTest, LostRegistrationAnswerIsRepeatedIdentically) {
  world_.server().alter_answer = [&](const ServerDouble::Exchange& exchange, wire::ServerFrame& answer) {
    if (std::holds_alternative<wire::Register>(exchange.request.request)) answer.answer = std::monostate{};
  };
  world_.command(ada_, client::RegisterAccount{.name = "ada", .password = password_});
  world_.run_for(seconds(1));
  world_.server().alter_answer = nullptr;
  world_.crash(ada_);
  world_.start(ada_);
  EXPECT_TRUE(std::holds_alternative<client::SignedIn>(
      world_.ask(ada_, client::RegisterAccount{.name = "ada", .password = password_})));
}

TEST_F(EnginesTest, WrongCommandsAreRefusedInWords) {
  EXPECT_EQ(failure_of(world_.ask(ada_, std::monostate{})), client::ClientErrorCode::bad_command);
  EXPECT_EQ(failure_of(world_.ask(ada_, client::ListLogins{})), client::ClientErrorCode::not_registered);
  EXPECT_EQ(failure_of(world_.ask(ada_, client::LogIn{.name = "ada", .password = password_})),
            client::ClientErrorCode::device_not_linked);
  register_all();
  client::SendText text;
  text.text = "to whom";
  text.to = "nobody";
  EXPECT_EQ(failure_of(world_.ask(ada_, text)), client::ClientErrorCode::unknown_account);
  text.to = "bob";
  text.text = "";
  EXPECT_EQ(failure_of(world_.ask(ada_, text)), client::ClientErrorCode::invalid_text);
  text.text = "\xff\xfe";
  EXPECT_EQ(failure_of(world_.ask(ada_, text)), client::ClientErrorCode::invalid_text);
  EXPECT_EQ(failure_of(world_.ask(ada_, client::RegisterAccount{.name = "again", .password = password_})),
            client::ClientErrorCode::already_registered);
}

TEST_F(EnginesTest, CommandWithoutAServerFailsInTime) {
  register_all();
  world_.cut_off(ada_, minutes(10));
  EXPECT_EQ(failure_of(world_.ask(ada_, client::ListLogins{})), client::ClientErrorCode::offline);
}

TEST_F(EnginesTest, SafetyNumberIsTheSameOnBothSides) {
  register_all();
  const client::Event at_ada = world_.ask(ada_, client::GetSafetyNumber{"bob"});
  const client::Event at_bob = world_.ask(bob_, client::GetSafetyNumber{"ada"});
  const auto& digits = std::get<client::SafetyNumber>(at_ada).digits;
  EXPECT_EQ(digits.size(), 60U);
  EXPECT_EQ(digits, std::get<client::SafetyNumber>(at_bob).digits);
  EXPECT_EQ(failure_of(world_.ask(ada_, client::SetVerified{.name = "bob", .verified = true, .digits = "12345"})),
            client::ClientErrorCode::number_differs);
  const client::Event verified =
      world_.ask(ada_, client::SetVerified{.name = "bob", .verified = true, .digits = digits});
  EXPECT_EQ(std::get<client::SafetyNumber>(verified).verification, client::Verification::verified);
}

TEST_F(EnginesTest, TwoProcessesOfOneHomeAnnounceEachMessageOnce) {
  register_all();
  const std::size_t second = world_.add_process(bob_);
  world_.run_for(seconds(2));
  for (int index = 0; index < 6; ++index) write(ada_, "bob", "message " + std::to_string(index));
  world_.run_for(seconds(3));
  std::vector<std::string> announced;
  for (int round = 0; round < 4; ++round) {
    for (const std::size_t process : {bob_, second}) {
      const client::Event event = world_.ask(process, client::TakeUnannounced{.limit = 2});
      client::Announced done;
      for (const client::TimelineMessage& message : std::get<client::Unannounced>(event).messages) {
        announced.push_back(message.text);
        done.messages.push_back({.conversation = message.conversation, .seq = message.seq});
      }
      world_.ask(process, std::move(done));
    }
  }
  EXPECT_EQ(announced.size(), 6U);
  std::ranges::sort(announced);
  EXPECT_EQ(std::ranges::unique(announced).begin(), announced.end());
  EXPECT_EQ(history(bob_, "ada").size(), 6U);
}

TEST_F(EnginesTest, HandedOutMessageComesAgainIfItsProcessDies) {
  register_all();
  write(ada_, "bob", "do not lose me");
  world_.run_for(seconds(2));
  EXPECT_EQ(std::get<client::Unannounced>(world_.ask(bob_, client::TakeUnannounced{})).messages.size(), 1U);
  world_.crash(bob_);
  world_.start(bob_);
  EXPECT_EQ(std::get<client::Unannounced>(world_.ask(bob_, client::TakeUnannounced{})).messages.size(), 0U);
  world_.run_for(seconds(6));
  EXPECT_EQ(std::get<client::Unannounced>(world_.ask(bob_, client::TakeUnannounced{})).messages.size(), 1U);
}

TEST_F(EnginesTest, OneProcessSendsWhileAnotherListens) {
  register_all();
  const std::size_t second = world_.add_process(ada_);
  world_.run_for(seconds(1));
  for (int index = 0; index < 10; ++index) {
    write(index % 2 == 0 ? ada_ : second, "bob", "turn " + std::to_string(index));
  }
  world_.run_for(seconds(10));
  const auto at_bob = history(bob_, "ada");
  ASSERT_EQ(at_bob.size(), 10U);
  for (std::size_t index = 0; index < at_bob.size(); ++index) {
    EXPECT_EQ(at_bob[index].text, "turn " + std::to_string(index));
  }
  EXPECT_EQ(count<client::SecurityNotice>(bob_), 0U);
}

TEST_F(EnginesTest, TypingReachesTheOtherSide) {
  register_all();
  const client::Queued queued = write(ada_, "bob", "hello");
  world_.run_for(seconds(2));
  world_.ask(ada_, client::SetTyping{.conversation = queued.conversation, .typing = true});
  world_.run_for(seconds(1));
  EXPECT_EQ(count<client::TypingChanged>(bob_), 1U);
}

TEST_F(EnginesTest, PrekeysAreKeptInStock) {
  register_all();
  world_.run_for(seconds(5));
  const client::Event who = world_.ask(bob_, client::WhoAmI{});
  const auto& bob = std::get<client::Identity>(who);
  const auto stock = world_.server().server().read(
      [&](service::UnitOfWork& unit) { return unit.prekeys().stock(bob.account, bob.device); });
  EXPECT_GE(stock.one_time_prekeys, 50U);
  EXPECT_GE(stock.kem_prekeys, 50U);
}

TEST_F(EnginesTest, HistoryComesInPages) {
  register_all();
  for (int index = 0; index < 25; ++index) write(ada_, "bob", std::to_string(index));
  world_.run_for(seconds(10));
  client::ReadHistory command;
  command.with = "ada";
  command.limit = 10;
  const client::Event newest = world_.ask(bob_, command);
  const auto& last_page = std::get<client::History>(newest);
  ASSERT_EQ(last_page.messages.size(), 10U);
  EXPECT_TRUE(last_page.more);
  EXPECT_EQ(last_page.messages.back().text, "24");
  command.before = last_page.messages.front().seq;
  const client::Event earlier = world_.ask(bob_, command);
  EXPECT_EQ(std::get<client::History>(earlier).messages.back().text, "14");
  command.before.reset();
  command.after = 23;
  const client::Event after = world_.ask(bob_, command);
  EXPECT_EQ(std::get<client::History>(after).messages.size(), 2U);
  EXPECT_FALSE(std::get<client::History>(after).more);
}

}  // namespace
}  // namespace sotto::simulation
