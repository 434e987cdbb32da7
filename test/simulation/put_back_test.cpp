// A home whose database was put back to an older state does not know to whom it gave its sender's chain since. It
// begins a new one, so that a device or member that went meanwhile opens nothing of what it writes (threats 2 and 10),
// and everybody else opens it at once.

#include <gtest/gtest.h>

#include "session/group_message.h"
#include "simulation/home_reader.h"
#include "simulation/world_test.h"

namespace sotto::simulation {
namespace {

class PutBackTest : public WorldTest {
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

TEST_F(PutBackTest, ADeviceThatWentMeanwhileOpensNothing) {
  world_.crash(ada_);
  world_.host(ada_).back_up();
  world_.start(ada_);
  world_.run_for(seconds(5));
  link(bob_, tablet_);
  say("two");
  const DeviceId lost = expect<client::Identity>(world_.ask(tablet_, client::WhoAmI{})).device;
  EXPECT_EQ(newest_text(tablet_), "two");
  expect<client::Done>(world_.ask(bob_, client::RemoveDevice{.device = lost}));
  world_.run_for(seconds(5));

  world_.crash(ada_);
  world_.host(ada_).restore();
  world_.start(ada_);
  world_.run_for(seconds(10));
  say("three");
  EXPECT_EQ(newest_text(bob_), "three");
  EXPECT_FALSE(could_open_newest(tablet_));
}

}  // namespace
}  // namespace sotto::simulation
