// A hostile log: entries repeated, reordered, moved to another conversation, attributed to others, altered, dropped,
// made up; logs cut short. Each is refused or told, and the conversation goes on.

#include "hostile/hostile_world.h"

namespace sotto::hostile {
namespace {

TEST_F(HostileServerTest, ReplayedEntryIsRefused) {
  begin();
  world_.server().alter_push = nullptr;
  wire::LogEntry repeat = world_.server().log(conversation_).at(0);
  repeat.seq = 3;
  world_.inject(identity(bob_).account, {.id = 0, .answer = repeat});
  world_.run_for(seconds(2));
  EXPECT_TRUE(was_told(bob_, SecurityNoticeKind::replayed));
  EXPECT_TRUE(shows(bob_, "ada", UndecryptableCause::repeated));
  EXPECT_EQ(texts(bob_, "ada").size(), 2U);
}

TEST_F(HostileServerTest, CiphertextUnderANewMessageIdIsRefused) {
  begin();
  wire::LogEntry repeat = world_.server().log(conversation_).at(0);
  repeat.seq = 3;
  repeat.message = random_.next<MessageId>();
  world_.inject(identity(bob_).account, {.id = 0, .answer = repeat});
  world_.run_for(seconds(2));
  EXPECT_TRUE(shows(bob_, "ada", UndecryptableCause::key_used_up) || shows(bob_, "ada", UndecryptableCause::tampered));
  EXPECT_EQ(texts(bob_, "ada").size(), 2U);
}

TEST_F(HostileServerTest, ReorderedEntriesAreRefused) {
  begin();
  alter_entries(bob_, [](std::vector<wire::LogEntry>& entries) {
    if (entries.size() < 2) return;
    std::swap(entries[0], entries[1]);
    std::swap(entries[0].seq, entries[1].seq);
  });
  send(ada_, "bob", "one");
  send(ada_, "bob", "two");
  world_.run_for(seconds(2));
  look_again(bob_);
  EXPECT_TRUE(was_told(bob_, SecurityNoticeKind::messages_missing));
  EXPECT_TRUE(was_told(bob_, SecurityNoticeKind::reordered));
  EXPECT_TRUE(reads(bob_, "ada", "two"));
  EXPECT_FALSE(reads(bob_, "ada", "one"));
  EXPECT_TRUE(shows(bob_, "ada", UndecryptableCause::reordered));
  expect_recovery();
}

TEST_F(HostileServerTest, DroppedEntryIsTold) {
  begin();
  alter_entries(bob_, [](std::vector<wire::LogEntry>& entries) {
    if (entries.size() < 2) return;
    entries.erase(entries.begin());
    for (wire::LogEntry& entry : entries) entry.seq -= 1;
  });
  send(ada_, "bob", "dropped");
  send(ada_, "bob", "delivered");
  world_.run_for(seconds(2));
  look_again(bob_);
  EXPECT_TRUE(was_told(bob_, SecurityNoticeKind::messages_missing));
  EXPECT_TRUE(reads(bob_, "ada", "delivered"));
}

TEST_F(HostileServerTest, PageWithAGapIsRefusedAndAskedForAgain) {
  begin();
  alter_entries(bob_, [](std::vector<wire::LogEntry>& entries) {
    if (entries.size() >= 2) entries.erase(entries.begin());
  });
  send(ada_, "bob", "one");
  send(ada_, "bob", "two");
  world_.run_for(seconds(2));
  look_again(bob_);
  EXPECT_TRUE(was_told(bob_, SecurityNoticeKind::log_out_of_order));
  EXPECT_FALSE(reads(bob_, "ada", "two"));
  expect_recovery();
  EXPECT_TRUE(reads(bob_, "ada", "one"));
  EXPECT_TRUE(reads(bob_, "ada", "two"));
}

TEST_F(HostileServerTest, EntryOfAnotherConversationIsRefused) {
  begin();
  send(eve_, "bob", "from eve");
  world_.run_for(seconds(2));
  const ConversationId other = history(eve_, "bob").at(0).conversation;
  wire::LogEntry moved = world_.server().log(other).at(0);
  moved.conversation = conversation_;
  moved.seq = 3;
  world_.inject(identity(bob_).account, {.id = 0, .answer = moved});
  world_.run_for(seconds(2));
  EXPECT_TRUE(was_told(bob_, SecurityNoticeKind::spliced));
  EXPECT_TRUE(shows(bob_, "ada", UndecryptableCause::wrong_place));
  EXPECT_FALSE(reads(bob_, "ada", "from eve"));
}

TEST_F(HostileServerTest, EntryAttributedToAnotherSenderIsRefused) {
  begin();
  const client::Identity ada = identity(ada_);
  send(eve_, "bob", "from eve");
  world_.run_for(seconds(2));
  const ConversationId other = history(eve_, "bob").at(0).conversation;
  wire::LogEntry moved = world_.server().log(other).at(0);
  moved.conversation = conversation_;
  moved.seq = 3;
  moved.sender = ada.account;
  moved.sender_device = ada.device;
  world_.inject(identity(bob_).account, {.id = 0, .answer = moved});
  world_.run_for(seconds(2));
  EXPECT_FALSE(reads(bob_, "ada", "from eve"));
  EXPECT_EQ(history(bob_, "ada").back().state, client::MessageState::undecryptable);
  EXPECT_FALSE(history(bob_, "ada").back().reason.empty());
}

TEST_F(HostileServerTest, EntryOfAnUnlistedDeviceIsRefused) {
  begin();
  wire::LogEntry forged = world_.server().log(conversation_).at(0);
  forged.seq = 3;
  forged.message = random_.next<MessageId>();
  forged.sender_device = random_.next<DeviceId>();
  alter_entries(bob_, [&](std::vector<wire::LogEntry>& entries) {
    if (entries.empty()) entries.push_back(forged);
  });
  world_.inject(identity(bob_).account, {.id = 0, .answer = forged});
  world_.run_for(seconds(5));
  EXPECT_TRUE(was_told(bob_, SecurityNoticeKind::device_unlisted));
  EXPECT_TRUE(shows(bob_, "ada", UndecryptableCause::sender_unknown));
}

TEST_F(HostileServerTest, AlteredEntryIsRefused) {
  begin();
  alter_entries(bob_, [](std::vector<wire::LogEntry>& entries) {
    for (wire::LogEntry& entry : entries) {
      if (entry.seq == 3) entry.body.at(entry.body.size() / 2) ^= 1;
    }
  });
  send(ada_, "bob", "altered");
  world_.run_for(seconds(2));
  look_again(bob_);
  EXPECT_TRUE(was_told(bob_, SecurityNoticeKind::altered) || !notices(bob_).empty());
  EXPECT_FALSE(reads(bob_, "ada", "altered"));
  EXPECT_EQ(history(bob_, "ada").at(2).state, client::MessageState::undecryptable);
  expect_recovery();
}

TEST_F(HostileServerTest, TruncatedLogIsTold) {
  begin();
  const AccountId bob = identity(bob_).account;
  world_.server().alter_answer = [&](const ServerDouble::Exchange& exchange, wire::ServerFrame& frame) {
    auto* resumed = std::get_if<wire::Resumed>(&frame.answer);
    if (resumed == nullptr || exchange.caller->account != bob) return;
    for (wire::Conversation& conversation : resumed->conversations) conversation.head = 1;
  };
  look_again(bob_);
  EXPECT_TRUE(was_told(bob_, SecurityNoticeKind::log_truncated));
  EXPECT_EQ(texts(bob_, "ada").size(), 2U);
  expect_recovery();
}

TEST_F(HostileServerTest, HiddenConversationIsTold) {
  begin();
  world_.server().alter_answer = [&](const ServerDouble::Exchange&, wire::ServerFrame& frame) {
    if (auto* resumed = std::get_if<wire::Resumed>(&frame.answer)) resumed->conversations.clear();
  };
  look_again(bob_);
  EXPECT_TRUE(was_told(bob_, SecurityNoticeKind::log_truncated));
  expect_recovery();
}

TEST_F(HostileServerTest, PlaceThatIsTakenAlreadyIsNotBelieved) {
  begin();
  world_.server().alter_answer = [&](const ServerDouble::Exchange&, wire::ServerFrame& frame) {
    if (auto* sent = std::get_if<wire::Sent>(&frame.answer)) sent->seq = 1;
  };
  send(ada_, "bob", "where am I?");
  world_.run_for(seconds(3));
  EXPECT_TRUE(was_told(ada_, SecurityNoticeKind::log_truncated));
  expect_recovery();
  const auto all = texts(bob_, "ada");
  EXPECT_EQ(std::ranges::count(all, "where am I?"), 1);
}

TEST_F(HostileServerTest, ConversationThatIsNotWhatItsIdSaysIsRefused) {
  begin();
  const AccountId eve = identity(eve_).account;
  world_.server().alter_answer = [&](const ServerDouble::Exchange&, wire::ServerFrame& frame) {
    auto* resumed = std::get_if<wire::Resumed>(&frame.answer);
    if (resumed == nullptr) return;
    for (wire::Conversation& conversation : resumed->conversations) conversation.members.push_back({.account = eve});
  };
  look_again(ada_);
  EXPECT_TRUE(was_told(ada_, SecurityNoticeKind::wrong_conversation));
  expect_recovery();
}

TEST_F(HostileServerTest, GarbageIsRefused) {
  begin();
  const AccountId bob = identity(bob_).account;
  world_.inject(bob, {.id = 0, .answer = std::monostate{}});
  world_.run_for(seconds(2));
  EXPECT_TRUE(was_told(bob_, SecurityNoticeKind::malformed_frame));
  for (int round = 0; round < 20; ++round) {
    Bytes garbage(64);
    random_.fill(garbage);
    if (world_.host(bob_).is_running()) {
      client::FramesReceived received;
      received.frames.push_back(std::move(garbage));
      world_.host(bob_).handle(std::move(received), world_.now());
    }
  }
  world_.run_for(seconds(5));
  expect_recovery();
}

TEST_F(HostileServerTest, NothingReadableIsStoredOnTheServer) {
  begin();
  const std::string text = "hello bob";
  for (const wire::LogEntry& entry : world_.server().log(conversation_)) {
    EXPECT_EQ(as_text(entry.body).find(text), std::string_view::npos);
  }
}

}  // namespace
}  // namespace sotto::hostile
