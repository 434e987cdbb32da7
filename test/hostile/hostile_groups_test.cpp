// A hostile server and groups: members whom nobody added, events left out, two histories of one group, old keys of
// senders served again. Nothing is sealed for a stranger, nothing that rests on a forged or hidden change is shown, and
// the user is told (threats 1, 3, 10 and 19).

#include "hostile/hostile_world.h"
#include "membership/own_event.h"
#include "session/group_message.h"

namespace sotto::hostile {
namespace {

class HostileGroupsTest : public HostileServerTest {
 protected:
  /// Ada, an administrator (Bob) and a member (Joe). Eve is outside.
  void found() {
    joe_ = world_.add_host("joe");
    ASSERT_TRUE(done(joe_, client::RegisterAccount{.name = "joe", .password = "correct horse battery staple"}));
    client::CreateGroup command;
    command.name = "Quiet ones";
    command.members = {"bob", "joe"};
    const client::Event event = world_.ask(ada_, command);
    group_ = std::get<client::Opened>(event).conversation.conversation;
    world_.run_for(seconds(5));
    ASSERT_TRUE(done(ada_, client::SetRole{.conversation = group_, .name = "bob", .role = wire::Role::admin}));
    for (const std::size_t index : {ada_, bob_, joe_}) {
      say(index, "hello of " + std::to_string(index));
      world_.run_for(seconds(15));
    }
    for (const std::size_t index : {ada_, bob_, joe_}) {
      ASSERT_EQ(read(index).size(), 3u);
      ASSERT_TRUE(notices(index).empty());
    }
  }

  bool done(std::size_t index, client::Command command) {
    return !std::holds_alternative<client::Failed>(world_.ask(index, std::move(command)));
  }

  void say(std::size_t from, const std::string& text) {
    client::SendText command;
    command.conversation = group_;
    command.text = text;
    world_.ask(from, command);
  }

  std::vector<client::TimelineMessage> lines(std::size_t index) {
    client::ReadHistory command;
    command.conversation = group_;
    command.limit = 200;
    client::Event event = world_.ask(index, command);
    auto* page = std::get_if<client::History>(&event);
    return page != nullptr ? std::move(page->messages) : std::vector<client::TimelineMessage>{};
  }

  /// What can be read of the messages, in order.
  std::vector<std::string> read(std::size_t index) {
    std::vector<std::string> result;
    for (const client::TimelineMessage& line : lines(index)) {
      if (line.kind == client::LineKind::text && line.cause == UndecryptableCause::none) result.push_back(line.text);
    }
    return result;
  }

  bool has(std::size_t index, const std::string& text) {
    const auto all = read(index);
    return std::ranges::find(all, text) != all.end();
  }

  bool shows_cause(std::size_t index, UndecryptableCause cause) {
    const auto all = lines(index);
    return std::ranges::any_of(all, [&](const client::TimelineMessage& line) {
      return line.cause == cause && line.text.empty() && line.reason.size() > 20;
    });
  }

  std::size_t members(std::size_t index) {
    const client::Event event = world_.ask(index, client::ShowGroup{.conversation = group_});
    const auto* shown = std::get_if<client::GroupShown>(&event);
    return shown != nullptr ? shown->members.size() : 0;
  }

  /// The group as its log makes it.
  membership::Group state() {
    std::optional<membership::Group> group;
    for (const wire::LogEntry& entry : world_.server().log(group_)) {
      if (entry.kind != wire::EntryKind::group_event) continue;
      const auto event = *wire::decode<wire::SignedGroupEvent>(entry.body);
      group = group ? *membership::apply(*group, event) : *membership::create(event);
    }
    return *group;
  }

  std::size_t items_for(std::size_t index) {
    const client::Identity who = identity(index);
    return world_.server().server().read(
        [&](service::UnitOfWork& unit) { return unit.mailboxes().count({who.account, who.device}); });
  }

  /// From now on the server behaves.
  void behave() {
    world_.server().alter_answer = nullptr;
    world_.server().alter_push = nullptr;
    world_.restart_server();
    world_.run_for(minutes(2));
  }

  void expect_all_read(const std::string& text) {
    for (const std::size_t index : {ada_, bob_, joe_}) EXPECT_TRUE(has(index, text)) << text << " at " << index;
  }

  std::size_t joe_ = 0;
  ConversationId group_;
};

TEST_F(HostileGroupsTest, Threat1MemberAddedInTheLogByAnOutsiderIsRefused) {
  found();
  // Signed by a real device of a real account, which is no member.
  const client::Identity eve = identity(eve_);
  session::AccountIdentity outsider = session::generate_account(random_);
  outsider.account = eve.account;
  const session::LocalDevice device = session::generate_device(outsider, random_);
  const wire::SignedDeviceList list = session::first_device_list(outsider, device, world_.now());
  const wire::GroupEvent event = membership::next_event(
      state(), {.account = eve.account, .device = device.address.device},
      wire::MembersAdded{
          {{.account = eve.account, .account_key = outsider.account_key.public_key, .role = wire::Role::member}}},
      world_.now());
  wire::LogEntry forged = world_.server().log(group_).back();
  forged.seq += 1;
  forged.kind = wire::EntryKind::group_event;
  forged.sender = eve.account;
  forged.sender_device = device.address.device;
  forged.message = random_.next<MessageId>();
  forged.body = wire::encode(membership::sign_group_event(event, list, device.signing_key));
  world_.inject(identity(ada_).account, {.id = 0, .answer = forged});
  world_.run_for(seconds(5));
  EXPECT_TRUE(was_told(ada_, SecurityNoticeKind::group_chain_refused));
  EXPECT_TRUE(shows_cause(ada_, UndecryptableCause::forked));
  EXPECT_EQ(members(ada_), 3u);
  const std::size_t before = items_for(eve_);
  say(ada_, "among us");
  world_.run_for(seconds(20));
  EXPECT_EQ(items_for(eve_), before) << "no key for her";
}

TEST_F(HostileGroupsTest, Threat1MemberNamedByTheServerAloneGetsNothing) {
  found();
  const AccountId eve = identity(eve_).account;
  world_.server().alter_answer = [eve](const ServerDouble::Exchange&, wire::ServerFrame& frame) {
    auto* page = std::get_if<wire::MembersPage>(&frame.answer);
    if (page == nullptr) return;
    page->members.push_back({.account = eve, .device_list_version = 1});
    std::ranges::sort(page->members, {}, &wire::MemberState::account);
  };
  // The lists are read anew.
  raise_epoch(bob_);
  const std::size_t before = items_for(eve_);
  say(ada_, "among us");
  world_.run_for(minutes(1));
  EXPECT_TRUE(was_told(ada_, SecurityNoticeKind::group_members_differ));
  EXPECT_EQ(items_for(eve_), before);
  const client::TimelineMessage held = lines(ada_).back();
  EXPECT_EQ(held.state, client::MessageState::pending);
  EXPECT_GT(held.reason.size(), 20u);
  behave();
  expect_all_read("among us");
  EXPECT_EQ(items_for(eve_), before);
}

TEST_F(HostileGroupsTest, Threat3DroppedMembershipEventIsFoundOutByTheNextMessage) {
  found();
  const std::uint64_t dropped = world_.server().log(group_).back().seq + 1;
  // Ada never hears of what Bob changes; the numbers behind it are closed up.
  alter_entries(ada_, [&](std::vector<wire::LogEntry>& entries) {
    std::erase_if(entries, [&](const wire::LogEntry& entry) { return entry.seq == dropped; });
    for (wire::LogEntry& entry : entries) entry.seq -= entry.seq > dropped ? 1 : 0;
  });
  ASSERT_TRUE(done(bob_, client::RemoveMembers{.conversation = group_, .names = {"joe"}}));
  world_.run_for(seconds(5));
  say(bob_, "without joe");
  world_.run_for(seconds(10));
  look_again(ada_);
  world_.run_for(seconds(10));
  EXPECT_TRUE(was_told(ada_, SecurityNoticeKind::group_forked));
  EXPECT_TRUE(shows_cause(ada_, UndecryptableCause::forked));
  EXPECT_FALSE(has(ada_, "without joe"));
  // The chain itself, which is signed, told her what the log left out.
  EXPECT_EQ(members(ada_), 2u);
  behave();
  EXPECT_TRUE(has(ada_, "without joe")) << "the log shows it in its true place";
  say(ada_, "neither for joe");
  world_.run_for(minutes(1));
  EXPECT_TRUE(has(bob_, "neither for joe"));
  EXPECT_FALSE(has(joe_, "neither for joe"));
}

TEST_F(HostileGroupsTest, Threat3EventThatTheLogShowsLateIsStillKnownAfterACrash) {
  found();
  const std::uint64_t moved = world_.server().log(group_).back().seq + 1;
  std::optional<wire::LogEntry> late;
  // To Ada the message comes first, and the event that it names in the place after it, when the time has come.
  alter_entries(ada_, [&](std::vector<wire::LogEntry>& entries) {
    std::erase_if(entries, [&](const wire::LogEntry& entry) { return entry.seq == moved; });
    for (wire::LogEntry& entry : entries) {
      if (entry.seq != moved + 1) continue;
      if (late) {
        entry = *late;
      } else {
        entry.seq = moved;
      }
    }
  });
  ASSERT_TRUE(done(bob_, client::RemoveMembers{.conversation = group_, .names = {"joe"}}));
  world_.run_for(seconds(5));
  say(bob_, "without joe");
  world_.run_for(seconds(10));
  look_again(ada_);
  world_.run_for(seconds(10));
  ASSERT_EQ(members(ada_), 2u) << "the chain was not read on";
  late = world_.server().log(group_)[moved - 1];
  late->seq = moved + 1;
  world_.crash(ada_);
  world_.start(ada_);
  world_.run_for(seconds(10));
  const client::TimelineMessage shown = lines(ada_).back();
  EXPECT_EQ(shown.seq, moved + 1);
  EXPECT_EQ(shown.kind, client::LineKind::group_event);
  EXPECT_EQ(shown.cause, UndecryptableCause::none);
  EXPECT_FALSE(was_told(ada_, SecurityNoticeKind::group_chain_refused));
}

TEST_F(HostileGroupsTest, Threat3DroppedEventLeavesAGapThatIsNotReadOver) {
  found();
  const std::uint64_t dropped = world_.server().log(group_).back().seq + 1;
  alter_entries(ada_, [&](std::vector<wire::LogEntry>& entries) {
    std::erase_if(entries, [&](const wire::LogEntry& entry) { return entry.seq == dropped; });
  });
  ASSERT_TRUE(done(bob_, client::RemoveMembers{.conversation = group_, .names = {"joe"}}));
  world_.run_for(seconds(5));
  say(bob_, "without joe");
  world_.run_for(seconds(10));
  look_again(ada_);
  EXPECT_TRUE(was_told(ada_, SecurityNoticeKind::log_out_of_order));
  EXPECT_FALSE(has(ada_, "without joe"));
  behave();
  EXPECT_TRUE(has(ada_, "without joe"));
  EXPECT_EQ(members(ada_), 2u);
}

TEST_F(HostileGroupsTest, Threat3ForkedChainIsFoundOutByBothSides) {
  found();
  const AccountId bob = identity(bob_).account;
  // Ada's change is the group's; Bob is told that his came first, and is shown it in her entry's place.
  std::optional<wire::ChangeGroup> of_bob;
  std::uint64_t place = 0;
  world_.server().alter_push = [&](AccountId receiver, wire::ServerFrame& frame) {
    auto* entry = std::get_if<wire::LogEntry>(&frame.answer);
    return receiver != bob || entry == nullptr || entry->kind != wire::EntryKind::group_event;
  };
  world_.server().alter_answer = [&](const ServerDouble::Exchange& exchange, wire::ServerFrame& frame) {
    if (exchange.caller == nullptr || exchange.caller->account != bob) return;
    if (const auto* change = std::get_if<wire::ChangeGroup>(&exchange.request.request)) {
      of_bob = *change;
      frame.answer = wire::Sent{.seq = place, .sent_at = world_.now()};
    }
    auto* page = std::get_if<wire::LogPage>(&frame.answer);
    if (page == nullptr || !of_bob) return;
    for (wire::LogEntry& entry : page->entries) {
      if (entry.seq != place) continue;
      entry.sender = bob;
      entry.sender_device = exchange.caller->device;
      entry.message = of_bob->message;
      entry.body = wire::encode(of_bob->event);
    }
  };
  place = world_.server().log(group_).back().seq + 1;
  ASSERT_TRUE(done(ada_, client::RemoveMembers{.conversation = group_, .names = {"joe"}}));
  ASSERT_TRUE(done(bob_, client::AddMembers{.conversation = group_, .names = {"eve"}}));
  world_.run_for(seconds(10));
  EXPECT_EQ(members(ada_), 2u);
  EXPECT_EQ(members(bob_), 4u);
  say(ada_, "as ada sees it");
  world_.run_for(seconds(20));
  EXPECT_TRUE(was_told(bob_, SecurityNoticeKind::group_forked));
  EXPECT_TRUE(shows_cause(bob_, UndecryptableCause::forked));
  EXPECT_FALSE(has(bob_, "as ada sees it"));
  // Bob sees members whom the server does not count: nothing is sealed for a group that is in dispute.
  const std::size_t before = items_for(joe_);
  say(bob_, "as bob sees it");
  world_.run_for(minutes(1));
  EXPECT_TRUE(was_told(bob_, SecurityNoticeKind::group_members_differ));
  EXPECT_EQ(lines(bob_).back().state, client::MessageState::pending);
  EXPECT_EQ(items_for(joe_), before);
  EXPECT_FALSE(has(ada_, "as bob sees it"));
}

TEST_F(HostileGroupsTest, Threat10SharesFromBeforeARotationDoNoHarm) {
  found();
  const client::Identity bob = identity(bob_);
  // Everything that Ada gave Bob so far, kept by the server.
  std::vector<wire::MailboxItem> kept;
  world_.server().alter_push = [&](AccountId receiver, wire::ServerFrame& frame) {
    const auto* item = std::get_if<wire::MailboxItem>(&frame.answer);
    if (item != nullptr && receiver == bob.account) kept.push_back(*item);
    return true;
  };
  ASSERT_TRUE(done(ada_, client::RemoveMembers{.conversation = group_, .names = {"joe"}}));
  world_.run_for(seconds(5));
  say(ada_, "first of a new chain");
  world_.run_for(seconds(20));
  ASSERT_TRUE(has(bob_, "first of a new chain"));
  ASSERT_FALSE(kept.empty());
  // They are served again, before whatever is new, as if they were new too.
  world_.server().alter_answer = [&](const ServerDouble::Exchange& exchange, wire::ServerFrame& frame) {
    if (exchange.caller == nullptr || exchange.caller->account != bob.account) return;
    auto* page = std::get_if<wire::MailboxPage>(&frame.answer);
    if (page == nullptr) return;
    page->items.insert(page->items.begin(), kept.begin(), kept.end());
    std::uint64_t number = std::get<wire::ReadMailbox>(exchange.request.request).after;
    for (wire::MailboxItem& item : page->items) item.item = ++number;
  };
  ASSERT_TRUE(done(ada_, client::AddMembers{.conversation = group_, .names = {"joe"}}));
  look_again(bob_);
  say(ada_, "with joe again");
  world_.run_for(minutes(1));
  ASSERT_TRUE(done(ada_, client::RemoveMembers{.conversation = group_, .names = {"joe"}}));
  look_again(bob_);
  say(ada_, "without him again");
  world_.run_for(minutes(1));
  behave();
  world_.run_for(minutes(70));
  EXPECT_EQ(read(bob_), read(ada_));
  EXPECT_EQ(read(ada_).size(), 6u);
  EXPECT_FALSE(has(joe_, "without him again"));
  EXPECT_TRUE(notices(bob_).empty());
}

TEST_F(HostileGroupsTest, Threat10AWithheldShareOfAnOldChainOpensOnlyWhatItWasFor) {
  found();
  const client::Identity bob = identity(bob_);
  // The share of the chain that begins now is held back until the chain has been replaced.
  std::vector<wire::MailboxItem> withheld;
  bool withholds = true;
  const auto hold_back = [&](std::vector<wire::MailboxItem>& items) {
    if (!withholds) return;
    for (const wire::MailboxItem& item : items) {
      if (std::ranges::find(withheld, item.message, &wire::MailboxItem::message) == withheld.end()) {
        withheld.push_back(item);
      }
    }
    items.clear();
  };
  world_.server().alter_push = [&](AccountId receiver, wire::ServerFrame& frame) {
    const auto* item = std::get_if<wire::MailboxItem>(&frame.answer);
    if (item == nullptr || receiver != bob.account || !withholds) return true;
    std::vector<wire::MailboxItem> items{*item};
    hold_back(items);
    return false;
  };
  world_.server().alter_answer = [&](const ServerDouble::Exchange& exchange, wire::ServerFrame& frame) {
    if (exchange.caller == nullptr || exchange.caller->account != bob.account) return;
    if (auto* page = std::get_if<wire::MailboxPage>(&frame.answer)) hold_back(page->items);
    if (auto* resumed = std::get_if<wire::Resumed>(&frame.answer); resumed && withholds) resumed->mailbox_items = 0;
  };
  ASSERT_TRUE(done(ada_, client::RemoveMembers{.conversation = group_, .names = {"joe"}}));
  world_.run_for(seconds(5));
  say(ada_, "in the old chain");
  world_.run_for(seconds(20));
  EXPECT_TRUE(shows_cause(bob_, UndecryptableCause::sender_key_missing));
  ASSERT_FALSE(withheld.empty());
  withholds = false;
  for (const bool comes : {true, false}) {
    if (comes) {
      ASSERT_TRUE(done(ada_, client::AddMembers{.conversation = group_, .names = {"joe"}}));
    } else {
      ASSERT_TRUE(done(ada_, client::RemoveMembers{.conversation = group_, .names = {"joe"}}));
    }
    say(ada_, "with or without joe");
    world_.run_for(seconds(20));
  }
  say(ada_, "in the new chain");
  world_.run_for(minutes(1));
  EXPECT_TRUE(has(bob_, "in the new chain"));
  EXPECT_TRUE(has(bob_, "in the old chain")) << "the withheld share came, or the key was given again";
  EXPECT_EQ(std::ranges::count(read(bob_), "in the old chain"), 1);
  EXPECT_TRUE(notices(bob_).empty());
}

}  // namespace
}  // namespace sotto::hostile
