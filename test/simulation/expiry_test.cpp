// What is to disappear does so on every device at its time, also where nobody ran then, and leaves neither words nor
// keys: not on a screen, not in the log of the server, not in the file of any home.

#include <fstream>
#include <iterator>

#include "client/query.h"
#include "simulation/two_accounts.h"

namespace sotto::simulation {
namespace {

class ExpiryTest : public TwoAccountsTest {
 protected:
  /// All octets of a home on the medium.
  Bytes octets_of_home(std::size_t index) {
    Bytes octets;
    for (const char* suffix : {"", "-wal"}) {
      std::ifstream file(world_.database_path(index) + suffix, std::ios::binary);
      octets.insert(octets.end(), std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return octets;
  }

  /// The sealed words and the sealed key of a message, as they are in a home.
  std::vector<Bytes> sealed_parts(std::size_t index, MessageId message) {
    auto database = storage::SqliteDatabase::open(world_.database_path(index));
    std::vector<Bytes> parts;
    EXPECT_TRUE((*database)->begin());
    {
      client::Query query(**database, "SELECT body, message_key FROM timeline WHERE message = ?", message);
      if (query.step()) parts = {query.octets(0), query.octets(1)};
    }
    EXPECT_TRUE((*database)->commit());
    return parts;
  }

  static bool contains(const Bytes& octets, const Bytes& part) {
    return std::search(octets.begin(), octets.end(), part.begin(), part.end()) != octets.end();
  }
};

TEST_F(ExpiryTest, TimerOfTheConversationCountsForBothSides) {
  expect<client::Queued>(world_.ask(ada_, client::SetTimer{.conversation = conversation_, .expires_after_ms = 60'000}));
  world_.run_for(seconds(3));
  EXPECT_EQ(summary(bob_tablet_).timer_ms, 60'000U);
  EXPECT_EQ(history(bob_).back().kind, client::LineKind::timer_change);
  EXPECT_EQ(summary(bob_).unread, 0U);
  const auto from_bob = send(bob_, "soon gone");
  const auto from_ada = send(ada_tablet_, "gone too");
  EXPECT_TRUE(line(ada_tablet_, from_bob));
  world_.run_for(seconds(61));
  for (const std::size_t index : all_) {
    EXPECT_FALSE(line(index, from_bob));
    EXPECT_FALSE(line(index, from_ada));
    EXPECT_EQ(told<client::MessageRemoved>(index).size(), 2U);
  }
}

TEST_F(ExpiryTest, NeitherWordsNorKeysAreLeftInTheFile) {
  client::SendText command = text("eyes only");
  command.expires_after_ms = 60'000;
  const auto message = send(ada_, command);
  expect<client::Queued>(
      world_.ask(bob_, client::React{.conversation = conversation_, .target = message, .emoji = "👀"}));
  expect<client::Queued>(world_.ask(
      ada_, client::EditMessage{.conversation = conversation_, .target = message, .text = "your eyes only"}));
  world_.run_for(seconds(3));
  EXPECT_EQ(line(bob_, message)->text, "your eyes only");
  std::map<std::size_t, std::vector<Bytes>> parts;
  for (const std::size_t index : all_) {
    parts[index] = sealed_parts(index, message.message);
    ASSERT_EQ(parts[index].size(), 2U);
    for (const Bytes& part : parts[index]) {
      ASSERT_GT(part.size(), 28U);
      EXPECT_TRUE(contains(octets_of_home(index), part));
    }
  }
  world_.run_for(seconds(61));
  for (const std::size_t index : all_) {
    EXPECT_FALSE(line(index, message));
    const Bytes octets = octets_of_home(index);
    for (const Bytes& part : parts[index]) EXPECT_FALSE(contains(octets, part));
  }
}

TEST_F(ExpiryTest, DeviceThatWasAwayDeletesAtStart) {
  client::SendText command = text("while you sleep");
  command.expires_after_ms = 60'000;
  const auto message = send(ada_, command);
  EXPECT_TRUE(line(bob_, message));
  world_.crash(bob_);
  world_.run_for(minutes(2));
  const std::vector<Bytes> parts = sealed_parts(bob_, message.message);
  ASSERT_EQ(parts.size(), 2U);
  world_.cut_off(bob_, hours(1));
  world_.start(bob_);
  EXPECT_FALSE(line(bob_, message));
  const Bytes octets = octets_of_home(bob_);
  for (const Bytes& part : parts) EXPECT_FALSE(contains(octets, part));
}

TEST_F(ExpiryTest, DeviceThatWasAwayAllTheTimeSeesNothing) {
  world_.crash(bob_tablet_);
  client::SendText command = text("too late");
  command.expires_after_ms = 5'000;
  send(ada_, command);
  world_.run_for(minutes(1));
  world_.start(bob_tablet_);
  world_.run_for(seconds(10));
  EXPECT_EQ(history(bob_tablet_).size(), 0U);
  send(ada_, "still in order");
  EXPECT_EQ(history(bob_tablet_).size(), 1U);
  EXPECT_TRUE(told<client::SecurityNotice>(bob_tablet_).empty());
}

}  // namespace
}  // namespace sotto::simulation
