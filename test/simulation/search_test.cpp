// Search finds what the timeline shows, whatever brought it there: old messages when it is first used, new ones, own
// ones, edits and deletions.

#include <gtest/gtest.h>

#include "simulation/world_test.h"

namespace sotto::simulation {
namespace {

class SearchTest : public WorldTest {
 protected:
  void SetUp() override {
    for (const std::size_t index : {ada_, bob_, eve_}) register_account(index);
    world_.run_for(seconds(2));
  }

  client::Queued send(std::size_t from, const std::string& to, const std::string& text) {
    client::Queued queued = write(from, to, text);
    world_.run_for(seconds(2));
    return queued;
  }

  client::Found search(std::size_t index, const client::SearchMessages& command) {
    const client::Event event = world_.ask(index, command);
    const auto* found = std::get_if<client::Found>(&event);
    EXPECT_NE(found, nullptr);
    return found != nullptr ? *found : client::Found{};
  }

  std::vector<std::string> texts(std::size_t index, const client::SearchMessages& command) {
    std::vector<std::string> result;
    for (const client::FoundMessage& one : search(index, command).messages) result.push_back(one.message.text);
    return result;
  }
  std::vector<std::string> texts(std::size_t index, const std::string& words) {
    client::SearchMessages command;
    command.words = words;
    return texts(index, command);
  }
  using Texts = std::vector<std::string>;

  std::size_t ada_ = world_.add_host("ada");
  std::size_t bob_ = world_.add_host("bob");
  std::size_t eve_ = world_.add_host("eve");
};

TEST_F(SearchTest, FindsOldAndNewAndOwnMessages) {
  send(ada_, "bob", "Das Wetter in Zürich");
  send(bob_, "ada", "Wetterbericht: Schnee");
  EXPECT_EQ(texts(bob_, "wetter"), (Texts{"Wetterbericht: Schnee", "Das Wetter in Zürich"}));
  send(ada_, "bob", "Besseres Wetter!");
  EXPECT_EQ(texts(bob_, "wetter"), (Texts{"Besseres Wetter!", "Wetterbericht: Schnee", "Das Wetter in Zürich"}));
  EXPECT_EQ(texts(bob_, "zuerich WETTER"), (Texts{"Das Wetter in Zürich"}));
  EXPECT_EQ(texts(bob_, "regen"), Texts{});
  EXPECT_EQ(texts(bob_, "?!"), Texts{});
}

TEST_F(SearchTest, FiltersByConversationSenderAndTime) {
  send(ada_, "bob", "apple one");
  send(eve_, "bob", "apple two");
  const UnixMillis middle = world_.now();
  world_.run_for(minutes(1));
  send(bob_, "ada", "apple three");
  client::SearchMessages command;
  command.words = "apple";
  EXPECT_EQ(texts(bob_, command), (Texts{"apple three", "apple two", "apple one"}));
  command.with = "ada";
  EXPECT_EQ(texts(bob_, command), (Texts{"apple three", "apple one"}));
  command.sender = "bob";
  EXPECT_EQ(texts(bob_, command), (Texts{"apple three"}));
  command.sender = "ada";
  EXPECT_EQ(texts(bob_, command), (Texts{"apple one"}));
  command = {};
  command.words = "apple";
  command.from = middle;
  EXPECT_EQ(texts(bob_, command), (Texts{"apple three"}));
  command.from = {};
  command.until = middle;
  command.limit = 1;
  EXPECT_EQ(texts(bob_, command), (Texts{"apple two"}));
  EXPECT_TRUE(search(bob_, command).more);
  command.kind = client::LineKind::typed;
  EXPECT_EQ(texts(bob_, command), Texts{});
}

TEST_F(SearchTest, TellsWhereTheWordsStand) {
  send(ada_, "bob", "Größe zählt, große auch");
  client::SearchMessages command;
  command.words = "gross";
  const client::Found found = search(bob_, command);
  ASSERT_EQ(found.messages.size(), 1u);
  const auto& [message, highlights] = found.messages[0];
  ASSERT_EQ(highlights.size(), 2u);
  EXPECT_EQ(message.text.substr(highlights[0].start, highlights[0].size), "Größe");
  EXPECT_EQ(message.text.substr(highlights[1].start, highlights[1].size), "große");
}

TEST_F(SearchTest, FollowsEditsAndDeletions) {
  const client::Queued queued = send(ada_, "bob", "meet at noon");
  send(ada_, "bob", "bring apples");
  EXPECT_EQ(texts(bob_, "noon"), (Texts{"meet at noon"}));
  const client::Identity ada = std::get<client::Identity>(world_.ask(ada_, client::WhoAmI{}));
  const wire::MessageReference target{ada.account, ada.device, queued.message};
  client::EditMessage edit;
  edit.conversation = queued.conversation;
  edit.target = target;
  edit.text = "meet at midnight";
  (void)world_.ask(ada_, edit);
  world_.run_for(seconds(5));
  for (const std::size_t index : {ada_, bob_}) {
    EXPECT_EQ(texts(index, "noon"), Texts{}) << index;
    EXPECT_EQ(texts(index, "midnight"), (Texts{"meet at midnight"})) << index;
  }
  client::DeleteMessage remove;
  remove.conversation = queued.conversation;
  remove.target = target;
  remove.for_everyone = true;
  (void)world_.ask(ada_, remove);
  world_.run_for(seconds(5));
  for (const std::size_t index : {ada_, bob_}) {
    EXPECT_EQ(texts(index, "midnight"), Texts{}) << index;
    EXPECT_EQ(texts(index, "meet"), Texts{}) << index;
    EXPECT_EQ(texts(index, ""), (Texts{"bring apples"})) << index;
  }
}

TEST_F(SearchTest, AnUnknownPersonIsNamed) {
  client::SearchMessages command;
  command.with = "nobody";
  const client::Event event = world_.ask(ada_, command);
  EXPECT_TRUE(std::holds_alternative<client::Failed>(event));
}

}  // namespace
}  // namespace sotto::simulation
