// What cannot be opened is waited for and repairs itself without anybody's doing; and nobody gets a key that was not
// sealed for it (threat 5): no device that was added later, no device that is not listed, none for others' messages.

#include "simulation/home_reader.h"
#include "simulation/two_accounts.h"

namespace sotto::simulation {
namespace {

class ResendingTest : public TwoAccountsTest {
 protected:
  void lose_sessions(std::size_t index) { harm(index, "DELETE FROM sessions"); }
};

TEST_F(ResendingTest, LineBecomesReadableInItsPlace) {
  send(bob_, "before");
  send(ada_, "so that both have answered");
  lose_sessions(ada_);
  world_.host(ada_).events.clear();
  const auto message = send(bob_, "unreadable at first");
  send(bob_, "after");
  world_.run_for(seconds(20));
  const auto undecryptable = told<client::Undecryptable>(ada_);
  ASSERT_FALSE(undecryptable.empty());
  EXPECT_EQ(client::readability_of(undecryptable[0].cause), client::Readability::waiting);
  const auto lines = history(ada_);
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[2].text, "unreadable at first");
  EXPECT_EQ(lines[2].readability, client::Readability::readable);
  EXPECT_EQ(lines[2].state, client::MessageState::received);
  EXPECT_EQ(lines[3].text, "after");
  EXPECT_FALSE(told<client::MessageChanged>(ada_).empty());
  EXPECT_EQ(line(ada_, message)->seq, 3U);
}

// Threat 5: the key of a message is given only to a device that it was sealed for.
TEST_F(ResendingTest, DeviceThatWasAddedLaterGetsNoKey) {
  send(bob_, "before the third device");
  send(ada_, "an answer");
  const auto message = send(bob_, "not for devices to come");
  const std::size_t third = world_.add_host("ada-third");
  link_without_history(ada_, third);
  world_.run_for(seconds(10));
  const auto shown = line(third, message);
  if (shown) {
    EXPECT_EQ(shown->readability, client::Readability::no_access);
  }
  // Even where the new device takes itself for entitled and asks, the sender gives nothing.
  harm(third, "DELETE FROM known_keys");
  harm(third,
       "INSERT OR IGNORE INTO waiting_entries (position, body, ask_at) "
       "SELECT position, x'00', 1 FROM timeline WHERE state = 6");
  send(ada_, "a session with everybody");
  send(bob_, "and back");
  world_.run_for(minutes(5));
  EXPECT_NE(line(third, message).value_or(client::TimelineMessage{}).text, "not for devices to come");
}

// Threat 5: a device that is not among those a message was sealed for is refused by the sender itself.
TEST_F(ResendingTest, SenderAnswersOnlyForItsOwnRecipients) {
  send(bob_, "before");
  send(ada_, "an answer");
  lose_sessions(ada_);
  world_.cut_off(ada_, seconds(20));
  const auto message = send(bob_, "sealed for others only");
  harm(bob_, "UPDATE timeline SET recipients = NULL");
  world_.run_for(minutes(3));
  const auto shown = line(ada_, message);
  ASSERT_TRUE(shown);
  EXPECT_EQ(shown->readability, client::Readability::waiting);
  EXPECT_EQ(shown->text, "");
}

// A repair that waits for the server while its device is taken off the list would hold up all uploads behind it,
// sender's chains and prekeys among them.
TEST_F(ResendingTest, WhatIsForARemovedDeviceHoldsNothingUp) {
  send(bob_, "before");
  send(ada_, "an answer");
  send(bob_tablet_, "a session with the tablet too");
  bool is_limited = true;
  world_.server().alter_answer = [&](const ServerDouble::Exchange& exchange, wire::ServerFrame& reply) {
    if (!is_limited || !std::holds_alternative<wire::PostMailbox>(exchange.request.request)) return;
    wire::Error error;
    error.code = wire::ErrorCode::rate_limited;
    reply.answer = error;
  };
  lose_sessions(ada_);
  send(bob_tablet_, "unreadable");
  const auto uploads = [&] {
    const client::StorageKey key = world_.host(ada_).storage_key();
    return HomeReader(world_.database_path(ada_), key).sizes().uploads;
  };
  EXPECT_GT(uploads(), 0u);
  const DeviceId gone = expect<client::Identity>(world_.ask(bob_tablet_, client::WhoAmI{})).device;
  expect<client::Done>(world_.ask(bob_, client::RemoveDevice{.device = gone}));
  is_limited = false;
  world_.run_for(minutes(1));
  EXPECT_EQ(uploads(), 0u);
  world_.server().alter_answer = nullptr;
}

TEST_F(ResendingTest, WhatNobodyGivesAgainIsGivenUp) {
  send(bob_, "before");
  send(ada_, "an answer");
  lose_sessions(ada_);
  world_.cut_off(ada_, seconds(20));
  const auto message = send(bob_, "its key is gone");
  harm(bob_, "UPDATE timeline SET recipients = NULL");
  world_.run_for(minutes(3));
  harm(ada_, "UPDATE waiting_entries SET asked = 4, ask_at = 1");
  const auto shown = line(ada_, message);
  ASSERT_TRUE(shown);
  EXPECT_EQ(shown->readability, client::Readability::no_access);
  EXPECT_FALSE(shown->reason.empty());
}

}  // namespace
}  // namespace sotto::simulation
