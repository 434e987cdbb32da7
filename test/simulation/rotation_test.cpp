// Who holds a sender's chain and goes opens nothing of what is written afterwards (threats 2 and 10), also where the
// sender could have lost sight of whom it gave its chain to: its database was put back to an older state, or the device
// had asked for the chain once more. The tests try to open with all that the removed device holds.

#include <gtest/gtest.h>

#include "client/query.h"
#include "session/group_message.h"
#include "simulation/home_reader.h"
#include "simulation/world_test.h"

namespace sotto::simulation {
namespace {

class RotationTest : public WorldTest {
 protected:
  void SetUp() override {
    for (const std::size_t index : {ada_, bob_}) register_account(index);
    world_.run_for(seconds(2));
    client::CreateGroup command;
    command.name = "Two";
    command.members = {"bob"};
    group_ = expect<client::Opened>(world_.ask(ada_, command)).conversation.conversation;
    say("one");
  }

  void say(const std::string& text) {
    client::SendText command;
    command.conversation = group_;
    command.text = text;
    expect<client::Queued>(world_.ask(ada_, command));
    world_.run_for(seconds(10));
  }

  /// Whether a home could open the newest entry of the log if it were handed over.
  bool could_open_newest(std::size_t index) {
    const wire::LogEntry entry = world_.server().log(group_).back();
    const session::DeviceAddress sender{entry.sender, entry.sender_device};
    const client::StorageKey key = world_.host(index).storage_key();
    const auto chains = HomeReader(world_.database_path(index), key).received(group_, sender);
    return session::open_group(chains, sender, {group_, entry.message}, entry.body, world_.now()).has_value();
  }

  void remove_tablet() {
    const DeviceId lost = expect<client::Identity>(world_.ask(tablet_, client::WhoAmI{})).device;
    expect<client::Done>(world_.ask(bob_, client::RemoveDevice{.device = lost}));
    world_.run_for(seconds(5));
  }

  std::string newest_text(std::size_t index) {
    client::ReadHistory command;
    command.conversation = group_;
    return expect<client::History>(world_.ask(index, command)).messages.back().text;
  }

  std::size_t ada_ = world_.add_host("ada");
  std::size_t bob_ = world_.add_host("bob");
  std::size_t tablet_ = world_.add_host("tablet");
  ConversationId group_;
};

TEST_F(RotationTest, AHomeThatWasPutBackBeginsANewChain) {
  world_.crash(ada_);
  world_.host(ada_).back_up();
  world_.start(ada_);
  world_.run_for(seconds(5));
  link(bob_, tablet_);
  say("two");
  EXPECT_EQ(newest_text(tablet_), "two");
  remove_tablet();

  world_.crash(ada_);
  world_.host(ada_).restore();
  world_.start(ada_);
  world_.run_for(seconds(10));
  // The next place of the old chain was used before; the one after it was not.
  say("three");
  say("four");
  EXPECT_EQ(newest_text(bob_), "four");
  EXPECT_FALSE(could_open_newest(tablet_));
}

// All its sessions begin anew, and the list it has names a device that the server does not know any more.
TEST_F(RotationTest, AHomeThatWasPutBackLearnsOfRemovedDevices) {
  link(bob_, tablet_);
  write(ada_, "bob", "for both");
  world_.run_for(seconds(5));
  world_.crash(ada_);
  world_.host(ada_).back_up();
  world_.start(ada_);
  world_.run_for(seconds(5));
  remove_tablet();
  write(ada_, "bob", "for one");
  world_.run_for(seconds(5));
  world_.crash(ada_);
  world_.host(ada_).restore();
  world_.start(ada_);
  world_.run_for(seconds(10));
  write(ada_, "bob", "after all");
  world_.run_for(minutes(1));
  client::ReadHistory command;
  command.with = "ada";
  EXPECT_EQ(expect<client::History>(world_.ask(bob_, command)).messages.back().text, "after all");
}

TEST_F(RotationTest, ADeviceThatAskedForTheChainAgainIsRemembered) {
  link(bob_, tablet_);
  say("two");
  EXPECT_EQ(newest_text(tablet_), "two");
  world_.crash(tablet_);
  {
    auto database = storage::SqliteDatabase::open(world_.database_path(tablet_));
    ASSERT_TRUE((*database)->begin());
    // As if it had lost what it needs for the newest message.
    client::Query(**database,
                  "INSERT INTO waiting_entries (position, body, ask_at) SELECT position, x'00', 1 FROM timeline "
                  "WHERE own = 0 AND place = 0 ORDER BY seq DESC LIMIT 1")
        .run();
    ASSERT_TRUE((*database)->commit());
  }
  bool has_asked = false;
  world_.server().alter_answer = [&](const ServerDouble::Exchange& exchange, wire::ServerFrame&) {
    has_asked = has_asked || std::holds_alternative<wire::PostMailbox>(exchange.request.request);
  };
  world_.start(tablet_);
  world_.run_for(seconds(30));
  EXPECT_TRUE(has_asked);
  world_.server().alter_answer = nullptr;
  write(ada_, "bob", "beside the group");
  world_.run_for(seconds(5));
  remove_tablet();
  // So that ada knows bob's new list before she writes in the group.
  write(ada_, "bob", "and again");
  world_.run_for(seconds(5));
  say("three");
  EXPECT_EQ(newest_text(bob_), "three");
  EXPECT_FALSE(could_open_newest(tablet_));
}

}  // namespace
}  // namespace sotto::simulation
