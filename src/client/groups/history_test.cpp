// Keys of what was written in a group before this account came are taken from a device of a present member only, for an
// entry only that the server shows in that place, and only if its body commits to them; so no member, lying as it
// likes, makes anybody see an old message that was not written (threats 5, 9 and 19).

#include "client/groups/history.h"

#include <filesystem>
#include <gtest/gtest.h>

#include "client/receiving.h"
#include "client/schema.h"
#include "crypto/testing/deterministic_random.h"
#include "membership/testing/people.h"
#include "session/group_message.h"
#include "storage/client/sqlite_database.h"

namespace sotto::client {
namespace {

using membership::testing::Person;

constexpr UnixMillis now_here{1'700'000'000'000};

class HistoryKeysTest : public ::testing::Test {
 protected:
  HistoryKeysTest() {
    std::string pattern = std::filesystem::temp_directory_path() / "sotto-history-XXXXXX";
    folder_ = mkdtemp(pattern.data());
    database_ = *storage::SqliteDatabase::open(folder_ + "/home.db");
    EXPECT_TRUE(database_->begin());
    EXPECT_TRUE(prepare_schema(*database_, vault_, random_));
    Query(*database_, "UPDATE home SET account = ?, device = ?", self_.account(), self_.actor().device).run();
    turn_.emplace(memory_, StoreContext{*database_, vault_, random_, damaged_}, now_here);
    for (const Person* person : {&ada_, &bob_, &eve_, &self_}) pin(*person);
  }
  ~HistoryKeysTest() override {
    EXPECT_FALSE(damaged_);
    turn_.reset();
    database_->roll_back();
    database_.reset();
    std::filesystem::remove_all(folder_);
  }

  void pin(const Person& person) {
    turn_->contacts.save({.account = person.account(),
                          .name = "p" + std::to_string(person.account().bytes[0]),
                          .record = {.account_key = person.account_key().public_key,
                                     .device_list = person.device_list(),
                                     .verification = Verification::unverified,
                                     .changed = std::nullopt}});
  }

  static session::DeviceAddress device_of(const Person& person) { return {person.account(), person.actor().device}; }

  wire::LogEntry entry_of(const Person& sender, Bytes body) {
    wire::LogEntry entry;
    entry.conversation = group_.id;
    entry.seq = ++head_;
    entry.sender = sender.account();
    entry.sender_device = sender.actor().device;
    entry.message = random_.next<MessageId>();
    entry.sent_at = now_here;
    entry.body = std::move(body);
    return entry;
  }

  /// The next event, as the log brings it.
  void change(const Person& actor, wire::GroupChange what) {
    const wire::SignedGroupEvent event =
        group_.number == 0 ? membership::testing::founding(actor, {bob_.as(wire::Role::member)}, random_)
                           : actor.change(group_, std::move(what));
    group_ = group_.number == 0 ? *membership::create(event) : *membership::apply(group_, event);
    if (group_.number == 1) {
      ConversationRow row;
      row.conversation = group_.id;
      row.kind = ConversationKind::group;
      turn_->conversations.save(row);
    }
    wire::LogEntry entry = entry_of(actor, wire::encode(event));
    entry.kind = wire::EntryKind::group_event;
    receive_entry(*turn_, entry);
  }

  session::SealedGroup seal(const Person& sender, MessageId message, const std::string& text) {
    wire::Content content;
    content.version = wire::content_version;
    content.counter = 1;
    content.sent_at = now_here;
    content.kind = wire::TextContent{.text = text};
    const session::OwnSenderChain chain = session::begin_sender_chain(group_.id, now_here, random_);
    auto sealed = session::seal_group(chain, device_of(sender), {group_.id, message},
                                      {.number = group_.number, .head = group_.head}, content);
    return std::move(*sealed);
  }

  /// A message of the past; its key.
  wire::MessageKey write(const Person& sender, const std::string& text) {
    wire::LogEntry entry = entry_of(sender, {});
    session::SealedGroup sealed = seal(sender, entry.message, text);
    entry.body = std::move(sealed.body);
    receive_entry(*turn_, entry);
    last_ = entry.message;
    return std::move(sealed.key);
  }

  /// A group with one old message of Ada's, and then this account.
  wire::MessageKey come_late(bool shares_history) {
    change(ada_, {});
    if (shares_history) change(ada_, wire::PoliciesChanged{.policies = {.shares_history = true}});
    wire::MessageKey key = write(ada_, "what ada wrote");
    change(ada_, wire::MembersAdded{.members = {self_.as(wire::Role::member)}});
    return key;
  }

  void give(const Person& giver, wire::MessageKey key) {
    wire::MessageKeys keys{.conversation = group_.id, .keys = {}};
    keys.keys.push_back(std::move(key));
    receive_history_keys(*turn_, device_of(giver), keys);
    EXPECT_FALSE(pump_history(*turn_));
    EXPECT_TRUE(turn_->history.conversations().empty()) << "nothing is kept once it was tried";
  }

  std::optional<TimelineRow> old_line() {
    const auto rows = turn_->timeline.page({.conversation = group_.id, .before = {}, .after = {}, .limit = 50});
    const auto found = std::ranges::find(rows, last_, &TimelineRow::message);
    return found != rows.end() ? std::optional(*found) : std::nullopt;
  }

  std::string old_text() {
    const auto row = old_line();
    const auto* text = row ? std::get_if<wire::TextContent>(&row->content.kind) : nullptr;
    return text != nullptr ? text->text : std::string();
  }

  crypto::DeterministicRandom random_{23};
  Vault vault_{random_.next_secret<32>()};
  Person ada_{random_}, bob_{random_}, eve_{random_}, self_{random_};
  std::string folder_;
  std::unique_ptr<Database> database_;
  bool damaged_ = false;
  Memory memory_;
  std::optional<Turn> turn_;
  membership::Group group_;
  MessageId last_;
  std::uint64_t head_ = 0;
};

TEST_F(HistoryKeysTest, AMembersKeyOpensWhatCommitsToIt) {
  wire::MessageKey key = come_late(true);
  EXPECT_EQ(old_line()->cause, UndecryptableCause::history_key_missing);
  give(bob_, std::move(key));
  EXPECT_EQ(old_text(), "what ada wrote");
  EXPECT_EQ(old_line()->cause, UndecryptableCause::none);
  EXPECT_TRUE(turn_->timeline.key_of(old_line()->position).has_value()) << "for the backup, and for who comes next";
}

TEST_F(HistoryKeysTest, KeysThatComeBeforeTheLogWaitForIt) {
  change(ada_, {});
  change(ada_, wire::PoliciesChanged{.policies = {.shares_history = true}});
  wire::LogEntry entry = entry_of(ada_, {});
  session::SealedGroup sealed = seal(ada_, entry.message, "early key");
  entry.body = std::move(sealed.body);
  last_ = entry.message;
  auto row = turn_->conversations.find(group_.id);
  row->known_head = head_ + 1;
  turn_->conversations.save(*row);
  wire::MessageKeys keys{.conversation = group_.id, .keys = {}};
  keys.keys.push_back(std::move(sealed.key));
  receive_history_keys(*turn_, device_of(bob_), keys);
  EXPECT_FALSE(pump_history(*turn_));
  receive_entry(*turn_, entry);
  EXPECT_EQ(old_text(), "");
  change(ada_, wire::MembersAdded{.members = {self_.as(wire::Role::member)}});
  EXPECT_FALSE(pump_history(*turn_));
  EXPECT_EQ(old_text(), "early key");
}

// Threat 5: keys from outside the group are nobody's history.
TEST_F(HistoryKeysTest, WhoIsNoMemberGivesNothing) {
  const wire::MessageKey key = come_late(true);
  give(eve_, copy_of(key));
  EXPECT_EQ(old_text(), "");
  change(ada_, wire::MembersRemoved{.accounts = {bob_.account()}});
  give(bob_, copy_of(key));
  EXPECT_EQ(old_text(), "") << "not even a former one";
}

// Threat 2: nor does a device that a member's list no longer names.
TEST_F(HistoryKeysTest, ADeviceThatIsNotListedGivesNothing) {
  wire::MessageKey key = come_late(true);
  wire::MessageKeys keys{.conversation = group_.id, .keys = {}};
  keys.keys.push_back(std::move(key));
  receive_history_keys(*turn_, {bob_.account(), random_.next<DeviceId>()}, keys);
  EXPECT_FALSE(pump_history(*turn_));
  EXPECT_EQ(old_text(), "");
}

// Threat 9: the body commits to its key. A member that has another text under the same id cannot pass it off.
TEST_F(HistoryKeysTest, AForgedKeyOpensNothing) {
  const wire::MessageKey key = come_late(true);
  wire::MessageKey forged = std::move(seal(ada_, last_, "what ada never wrote").key);
  give(bob_, copy_of(forged));
  EXPECT_EQ(old_text(), "");
  forged.body = key.body;
  give(bob_, copy_of(forged));
  EXPECT_EQ(old_text(), "");
  give(bob_, copy_of(key));
  EXPECT_EQ(old_text(), "what ada wrote") << "a lie does not spoil the truth";
}

// Threat 19: a key opens the one message that it names, of the device that it names, if the log has it.
TEST_F(HistoryKeysTest, AKeyUnderAnotherNameOpensNothing) {
  const wire::MessageKey key = come_late(true);
  wire::MessageKey other = copy_of(key);
  other.sender = bob_.account();
  other.sender_device = bob_.actor().device;
  give(bob_, std::move(other));
  wire::MessageKey nowhere = copy_of(key);
  nowhere.message = random_.next<MessageId>();
  give(bob_, std::move(nowhere));
  EXPECT_EQ(old_text(), "");
  const auto rows = turn_->timeline.page({.conversation = group_.id, .before = {}, .after = {}, .limit = 50});
  EXPECT_EQ(rows.size(), head_) << "and puts nothing where the log has nothing";
}

// Threats 1 and 19: a message that was written for another course of the group is not this group's.
TEST_F(HistoryKeysTest, WhatWasSealedForAnotherGroupStateIsNotShown) {
  change(ada_, {});
  change(ada_, wire::PoliciesChanged{.policies = {.shares_history = true}});
  const membership::Group truth = group_;
  group_.head.bytes[0] ^= 1;
  wire::MessageKey key = write(ada_, "for others");
  group_ = truth;
  change(ada_, wire::MembersAdded{.members = {self_.as(wire::Role::member)}});
  give(bob_, std::move(key));
  EXPECT_EQ(old_text(), "");
}

TEST_F(HistoryKeysTest, WhatComesAfterIsNotOpenedByGivenKeys) {
  static_cast<void>(come_late(true));
  wire::MessageKey key = write(ada_, "later");
  EXPECT_EQ(old_line()->cause, UndecryptableCause::sender_key_missing);
  give(bob_, std::move(key));
  EXPECT_EQ(old_line()->cause, UndecryptableCause::sender_key_missing);
}

// Threat 10: in a group that does not share its history no key is taken, whatever log the server shows.
TEST_F(HistoryKeysTest, WithoutThePolicyNothingIsTaken) {
  wire::MessageKey key = come_late(false);
  EXPECT_EQ(old_line()->cause, UndecryptableCause::not_shared);
  give(bob_, std::move(key));
  EXPECT_EQ(old_text(), "");
}

// A flood of keys is bounded, of one giver and from strangers.
TEST_F(HistoryKeysTest, KeptKeysAreBounded) {
  constexpr std::size_t items = 60;
  for (std::size_t item = 0; item < items; ++item) {
    wire::MessageKeys keys{.conversation = random_.next<ConversationId>(), .keys = {}};
    for (std::size_t index = 0; index < history_keys_in_item; ++index) {
      keys.keys.push_back({.message = random_.next<MessageId>(),
                           .sender = bob_.account(),
                           .sender_device = bob_.actor().device,
                           .seq = 1,
                           .key = random_.next_secret<32>(),
                           .body = {}});
    }
    receive_history_keys(*turn_, device_of(item % 2 == 0 ? eve_ : bob_), keys);
  }
  EXPECT_EQ(turn_->history.kept_unplaced(), 10'000u);
}

}  // namespace
}  // namespace sotto::client
