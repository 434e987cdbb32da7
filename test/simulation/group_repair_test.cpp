// What a member of a group cannot open repairs itself: the device that sent it gives its key once more, and its chain
// with the next message; an item of a mailbox that does not open begins a new session, silently and not too often. And
// nobody gets a key that was not his to begin with: no stranger, no device or member added later, none that was removed
// (threats 5 and 10).

#include "base/text_encoding.h"
#include "session/group_message.h"
#include "simulation/world_test.h"

namespace sotto::simulation {
namespace {

using client::Readability;
using client::TimelineMessage;

class GroupRepairTest : public WorldTest {
 protected:
  void SetUp() override {
    for (const std::size_t index : {ada_, bob_, eve_}) register_account(index);
    world_.run_for(seconds(2));
    client::CreateGroup command;
    command.name = "Quiet ones";
    command.members = {"bob"};
    group_ = expect<client::Opened>(world_.ask(ada_, command)).conversation.conversation;
    world_.run_for(seconds(5));
  }

  void add_eve() {
    expect<client::Done>(world_.ask(ada_, client::AddMembers{.conversation = group_, .names = {"eve"}}));
    world_.run_for(seconds(10));
  }

  MessageId say(std::size_t from, const std::string& text) {
    client::SendText command;
    command.conversation = group_;
    command.text = text;
    const MessageId message = expect<client::Queued>(world_.ask(from, command)).message;
    world_.run_for(seconds(10));
    return message;
  }

  std::optional<TimelineMessage> line(std::size_t index, MessageId message) {
    client::ReadHistory command;
    command.conversation = group_;
    command.limit = 200;
    const client::Event event = world_.ask(index, command);
    const auto* page = std::get_if<client::History>(&event);
    if (page == nullptr) return std::nullopt;
    const auto found = std::ranges::find(page->messages, message, &TimelineMessage::message);
    return found != page->messages.end() ? std::optional(*found) : std::nullopt;
  }

  std::string text(std::size_t index, MessageId message) {
    return line(index, message).value_or(TimelineMessage{}).text;
  }

  wire::LogEntry entry_of(MessageId message) {
    for (const wire::LogEntry& entry : world_.server().log(group_)) {
      if (entry.message == message) return entry;
    }
    ADD_FAILURE() << "no such entry";
    return {};
  }

  /// The home takes itself for one that waits for the key of a message that it could not open, and asks.
  void make_it_ask(std::size_t index, MessageId message) {
    const wire::LogEntry entry = entry_of(message);
    const auto blob = [](ByteView octets) { return "x'" + to_hex(octets) + "'"; };
    harm(index, "DELETE FROM timeline WHERE message = " + blob(message.view()));
    harm(index,
         "INSERT INTO timeline (conversation, seq, message, sender, sender_device, own, state, cause, sent_at, "
         "changed, announced) VALUES (" +
             blob(group_.view()) + ", " + std::to_string(entry.seq) + ", " + blob(message.view()) + ", " +
             blob(entry.sender.view()) + ", " + blob(entry.sender_device.view()) + ", 0, 6, 12, 1, 1000000, 1)");
    harm(index, "INSERT INTO waiting_entries (position, body, ask_at) SELECT position, " + blob(entry.body) +
                    ", 1 FROM timeline WHERE message = " + blob(message.view()));
    world_.run_for(minutes(3));
  }

  wire::SenderChainId chain_of(MessageId message) {
    return session::read_group_message(entry_of(message).body).value().chain;
  }

  AccountId account(std::size_t index) { return expect<client::Identity>(world_.ask(index, client::WhoAmI{})).account; }

  /// Alters the mailbox items of one account's devices on their way to another.
  void alter_items(std::size_t from, std::size_t to, std::function<bool(wire::MailboxItem&)> alter) {
    const AccountId sender = account(from);
    const AccountId receiver = account(to);
    world_.server().alter_push = [=](AccountId pushed_to, wire::ServerFrame& frame) {
      auto* item = std::get_if<wire::MailboxItem>(&frame.answer);
      return item == nullptr || pushed_to != receiver || item->sender != sender || alter(*item);
    };
    world_.server().alter_answer = [=](const ServerDouble::Exchange& exchange, wire::ServerFrame& frame) {
      auto* page = std::get_if<wire::MailboxPage>(&frame.answer);
      if (page == nullptr || exchange.caller == nullptr || exchange.caller->account != receiver) return;
      std::erase_if(page->items, [&](wire::MailboxItem& item) { return item.sender == sender && !alter(item); });
    };
  }

  void behave() {
    world_.server().alter_push = nullptr;
    world_.server().alter_answer = nullptr;
  }

  std::size_t ada_ = world_.add_host("ada");
  std::size_t bob_ = world_.add_host("bob");
  std::size_t eve_ = world_.add_host("eve");
  ConversationId group_;
};

TEST_F(GroupRepairTest, LostChainIsGivenAgainAndTheLineBecomesReadableInItsPlace) {
  say(ada_, "before");
  harm(bob_, "DELETE FROM received_sender_chains");
  const MessageId lost = say(ada_, "unreadable at first");
  ASSERT_TRUE(line(bob_, lost));
  EXPECT_EQ(line(bob_, lost)->cause, client::UndecryptableCause::sender_key_missing);
  EXPECT_EQ(line(bob_, lost)->readability, Readability::waiting);
  EXPECT_FALSE(line(bob_, lost)->reason.empty());
  world_.run_for(minutes(2));
  EXPECT_EQ(text(bob_, lost), "unreadable at first");
  EXPECT_EQ(line(bob_, lost)->seq, entry_of(lost).seq);
  // The chain came with it: what follows is read at once, and the chain is the same for everybody.
  const MessageId next = say(ada_, "after");
  EXPECT_EQ(text(bob_, next), "after");
  EXPECT_EQ(chain_of(next), chain_of(lost));
  EXPECT_TRUE(told<client::SecurityNotice>(bob_).empty());
}

TEST_F(GroupRepairTest, ReadersOfAChannelAreGivenKeysToo) {
  client::CreateGroup command;
  command.name = "News";
  command.members = {"bob"};
  command.is_channel = true;
  group_ = expect<client::Opened>(world_.ask(ada_, command)).conversation.conversation;
  world_.run_for(seconds(5));
  say(ada_, "before");
  harm(bob_, "DELETE FROM received_sender_chains");
  const MessageId lost = say(ada_, "to who may only read");
  world_.run_for(minutes(2));
  EXPECT_EQ(text(bob_, lost), "to who may only read");
}

TEST_F(GroupRepairTest, ShareThatNeverCameIsMadeUpForWithoutAnySession) {
  // Eve never had anything to do with Ada.
  alter_items(ada_, eve_, [](wire::MailboxItem&) { return false; });
  client::CreateGroup command;
  command.name = "Loud ones";
  command.members = {"eve"};
  group_ = expect<client::Opened>(world_.ask(ada_, command)).conversation.conversation;
  const MessageId message = say(ada_, "nobody ever heard of this chain");
  ASSERT_TRUE(line(eve_, message));
  EXPECT_EQ(line(eve_, message)->readability, Readability::waiting);
  behave();
  world_.run_for(minutes(3));
  EXPECT_EQ(text(eve_, message), "nobody ever heard of this chain");
  const MessageId next = say(ada_, "after");
  EXPECT_EQ(text(eve_, next), "after");
}

TEST_F(GroupRepairTest, ItemThatDoesNotOpenRepairsTheSessionOnceInAWhile) {
  say(bob_, "before");
  say(ada_, "before");
  const AccountId ada = account(ada_);
  std::size_t repairs = 0;
  alter_items(ada_, bob_, [](wire::MailboxItem& item) {
    item.body.back() ^= 1;
    return true;
  });
  const auto altered = world_.server().alter_push;
  world_.server().alter_push = [&, altered](AccountId receiver, wire::ServerFrame& frame) {
    if (receiver == ada && std::holds_alternative<wire::MailboxItem>(frame.answer)) ++repairs;
    return altered(receiver, frame);
  };
  // Three shares that do not arrive, one after another.
  std::vector<MessageId> messages;
  for (const char* words : {"one", "two", "three"}) {
    expect<client::Done>(world_.ask(ada_, client::AddMembers{.conversation = group_, .names = {"eve"}}));
    messages.push_back(say(ada_, words));
    expect<client::Done>(world_.ask(ada_, client::RemoveMembers{.conversation = group_, .names = {"eve"}}));
    messages.push_back(say(ada_, std::string(words) + " again"));
  }
  EXPECT_GE(repairs, 1u);
  EXPECT_LE(repairs, 4u) << "a repair, and the questions for keys";
  behave();
  world_.run_for(minutes(70));
  for (const MessageId& message : messages) {
    EXPECT_EQ(line(bob_, message).value_or(TimelineMessage{}).readability, Readability::readable);
  }
  EXPECT_TRUE(told<client::SecurityNotice>(bob_).empty());
}

// Threat 5: not even a member gets the key of what was written before it was one, or before its device was.
TEST_F(GroupRepairTest, Threat5WhoWasNotEntitledGetsNothing) {
  const MessageId message = say(ada_, "for bob's first device");
  add_eve();
  say(ada_, "hello eve");
  const std::size_t second = world_.add_host("bob again");
  link(bob_, second);
  say(ada_, "hello second device");
  for (const std::size_t index : {eve_, second}) {
    make_it_ask(index, message);
    ASSERT_TRUE(line(index, message));
    EXPECT_NE(line(index, message)->readability, Readability::readable) << index;
    EXPECT_EQ(text(index, message), "");
  }
  // The same question from who was entitled is answered.
  make_it_ask(bob_, message);
  EXPECT_EQ(text(bob_, message), "for bob's first device");
}

// Threat 5: a member that was removed gets no key any more, not even of what was written for it.
TEST_F(GroupRepairTest, Threat5ARemovedMemberAndAStrangerGetNothing) {
  add_eve();
  const MessageId message = say(ada_, "for three");
  ASSERT_EQ(text(eve_, message), "for three");
  expect<client::Done>(world_.ask(ada_, client::RemoveMembers{.conversation = group_, .names = {"eve"}}));
  world_.run_for(seconds(10));
  make_it_ask(eve_, message);
  EXPECT_EQ(text(eve_, message), "");
  EXPECT_NE(line(eve_, message).value_or(TimelineMessage{}).readability, Readability::readable);
  make_it_ask(bob_, message);
  EXPECT_EQ(text(bob_, message), "for three");
}

// Threat 5: the question of a device that has been removed since is not answered, whoever delivers it.
TEST_F(GroupRepairTest, Threat5ARemovedDeviceGetsNothing) {
  const std::size_t second = world_.add_host("bob again");
  link(bob_, second);
  const MessageId message = say(ada_, "for both devices");
  ASSERT_EQ(text(second, message), "for both devices");
  const auto lost = expect<client::Identity>(world_.ask(second, client::WhoAmI{}));
  // The server keeps the question until the device is gone.
  std::vector<wire::MailboxItem> kept;
  bool holds = true;
  alter_items(second, ada_, [&](wire::MailboxItem& item) {
    if (holds && item.sender_device == lost.device) kept.push_back(item);
    return !holds || item.sender_device != lost.device;
  });
  make_it_ask(second, message);
  ASSERT_FALSE(kept.empty());
  expect<client::Done>(world_.ask(bob_, client::RemoveDevice{.device = lost.device}));
  world_.run_for(seconds(10));
  say(ada_, "by which she sees the new list");
  holds = false;
  std::size_t answers = 0;
  world_.server().alter_answer = [&](const ServerDouble::Exchange& exchange, wire::ServerFrame& frame) {
    const auto* post = std::get_if<wire::PostMailbox>(&exchange.request.request);
    if (post != nullptr && post->device == lost.device) ++answers;
    auto* page = std::get_if<wire::MailboxPage>(&frame.answer);
    if (page == nullptr || exchange.caller->account == lost.account || kept.empty()) return;
    kept.front().item = std::get<wire::ReadMailbox>(exchange.request.request).after + 1;
    page->items = {kept.front()};
    kept.clear();
  };
  wire::MailboxItem hint;
  hint.item = 1'000'000;
  world_.inject(account(ada_), {.id = 0, .answer = hint});
  world_.run_for(minutes(2));
  EXPECT_TRUE(kept.empty()) << "it was delivered";
  EXPECT_EQ(answers, 0u);
  EXPECT_TRUE(was_told(ada_, client::SecurityNoticeKind::device_unlisted));
}

// Threat 10: who asks for a chain once more is remembered as one that holds it, so that a new one begins when it goes.
TEST_F(GroupRepairTest, Threat10AskingForAChainDoesNotHideThatItIsHeld) {
  add_eve();
  const MessageId before = say(ada_, "before");
  make_it_ask(eve_, before);
  ASSERT_EQ(text(eve_, before), "before");
  expect<client::Done>(world_.ask(ada_, client::RemoveMembers{.conversation = group_, .names = {"eve"}}));
  world_.run_for(seconds(10));
  const MessageId after = say(ada_, "after");
  EXPECT_NE(chain_of(after), chain_of(before));
  EXPECT_EQ(text(bob_, after), "after");
}

}  // namespace
}  // namespace sotto::simulation
