// A hostile server and what it keeps for an account: another account's backup, an older one, packs exchanged, repeated
// or taken from elsewhere; and linkings in which it serves boxes again or those of another linking. Nothing of it is
// believed, and the user is told why (threats 6 and 23).

#include "hostile/hostile_world.h"

namespace sotto::hostile {
namespace {

constexpr const char* password = "correct horse battery staple";
constexpr const char* server_name = "https://chat.example.org";

class HostileRecoveryTest : public HostileServerTest {
 protected:
  /// Switches a backup on and returns its recovery key.
  std::string create(std::size_t index) {
    const client::Event event = world_.ask(index, client::CreateBackup{});
    const auto* created = std::get_if<client::BackupCreated>(&event);
    EXPECT_NE(created, nullptr);
    if (created == nullptr || created->words.size() != 24) return {};
    const client::Event confirmed =
        world_.ask(index, client::ConfirmBackup{.first_word = created->words[created->first_asked - 1],
                                                .second_word = created->words[created->second_asked - 1]});
    EXPECT_TRUE(std::holds_alternative<client::Done>(confirmed));
    std::string key;
    for (const std::string& word : created->words) key += word + " ";
    return key;
  }

  /// What is written becomes a pack.
  void write_a_pack(const std::string& first) {
    for (const char* end : {" one", " two"}) {
      send(ada_, "bob", first + end);
      world_.run_for(seconds(3));
    }
    world_.run_for(minutes(6));
  }

  client::Event restore(std::size_t index, const std::string& key) {
    client::RestoreBackup command;
    command.name = "ada";
    command.password = password;
    command.recovery_key = key;
    return world_.ask(index, command);
  }

  client::ClientErrorCode failure(const client::Event& event) {
    const auto* failed = std::get_if<client::Failed>(&event);
    if (failed == nullptr) return client::ClientErrorCode::none;
    EXPECT_GT(failed->error.text.size(), 20u);
    return failed->error.code;
  }

  /// Everything that the server holds of an account's backup.
  struct Stored {
    wire::Backup backup;
    std::vector<wire::BackupPack> packs;
  };
  Stored stored_by(std::size_t index) {
    Stored stored;
    const auto keep = [&](const ServerDouble::Exchange&, wire::ServerFrame& frame) {
      if (const auto* backup = std::get_if<wire::Backup>(&frame.answer)) stored.backup = *backup;
      if (const auto* page = std::get_if<wire::BackupPage>(&frame.answer)) stored.packs = page->packs;
    };
    const std::size_t thief = world_.add_host("copy of " + std::to_string(index));
    world_.server().alter_answer = keep;
    client::RestoreBackup command;
    command.name = world_.host(index).name();
    command.password = password;
    command.recovery_key = keys_.at(index);
    EXPECT_EQ(failure(world_.ask(thief, command)), client::ClientErrorCode::none);
    world_.run_for(minutes(1));
    world_.server().alter_answer = nullptr;
    world_.crash(thief);
    return stored;
  }

  /// What the home reads of the conversation: how many lines, and how many of them not.
  std::pair<std::size_t, std::size_t> lines(std::size_t index) {
    const auto all = history(index, "bob");
    const auto unreadable = std::ranges::count_if(
        all, [](const client::TimelineMessage& line) { return line.cause != UndecryptableCause::none; });
    return {all.size(), static_cast<std::size_t>(unreadable)};
  }

  std::string begin_linking(std::size_t fresh) {
    const client::Event event = world_.ask(fresh, client::BeginLinking{.server = server_name});
    const auto* shown = std::get_if<client::LinkShown>(&event);
    EXPECT_NE(shown, nullptr);
    return shown != nullptr ? shown->code : std::string();
  }

  bool link(std::size_t linked, std::size_t fresh) {
    const client::Event accepted =
        world_.ask(linked, client::AcceptLink{.code = begin_linking(fresh), .server = server_name});
    if (!std::holds_alternative<client::LinkProgress>(accepted)) return false;
    world_.run_for(seconds(2));
    if (!std::holds_alternative<client::Done>(world_.ask(linked, client::ConfirmLink{.same = true}))) return false;
    world_.run_for(seconds(10));
    return last_step(fresh) == client::LinkStep::joined;
  }

  std::optional<client::LinkStep> last_step(std::size_t index) {
    std::optional<client::LinkStep> step;
    for (const client::Event& event : world_.host(index).events) {
      const auto* progress = std::get_if<client::LinkProgress>(&event);
      if (progress == nullptr) continue;
      step = progress->step;
      if (progress->step == client::LinkStep::failed) {
        EXPECT_GT(progress->text.size(), 20u);
      }
    }
    return step;
  }

  std::size_t devices(std::size_t index) {
    const client::Event event = world_.ask(index, client::ListDevices{});
    const auto* shown = std::get_if<client::Devices>(&event);
    return shown != nullptr ? shown->devices.size() : 0;
  }

  bool is_empty(std::size_t index) { return identity(index).state == client::LoginState::empty; }

  std::map<std::size_t, std::string> keys_;
};

TEST_F(HostileRecoveryTest, Threat6BackupOfAnotherAccountIsRefused) {
  begin();
  for (const std::size_t index : {ada_, eve_}) keys_[index] = create(index);
  const Stored of_eve = stored_by(eve_);
  world_.server().alter_answer = [&](const ServerDouble::Exchange&, wire::ServerFrame& frame) {
    if (auto* backup = std::get_if<wire::Backup>(&frame.answer)) *backup = of_eve.backup;
  };
  const std::size_t again = world_.add_host("again");
  EXPECT_EQ(failure(restore(again, keys_[ada_])), client::ClientErrorCode::wrong_recovery_key);
  // Even with Eve's key it is no backup of Ada's.
  EXPECT_EQ(failure(restore(again, keys_[eve_])), client::ClientErrorCode::backup_of_other_identity);
  EXPECT_TRUE(is_empty(again));
  world_.server().alter_answer = nullptr;
  EXPECT_EQ(failure(restore(again, keys_[ada_])), client::ClientErrorCode::none);
}

TEST_F(HostileRecoveryTest, Threat6OlderBackupIsRefused) {
  begin();
  keys_[ada_] = create(ada_);
  const Stored older = stored_by(ada_);
  const std::string key = create(ada_);
  world_.server().alter_answer = [&](const ServerDouble::Exchange&, wire::ServerFrame& frame) {
    if (auto* backup = std::get_if<wire::Backup>(&frame.answer)) *backup = older.backup;
  };
  const std::size_t again = world_.add_host("again");
  EXPECT_EQ(failure(restore(again, key)), client::ClientErrorCode::wrong_recovery_key);
  EXPECT_TRUE(is_empty(again));
}

TEST_F(HostileRecoveryTest, Threat6ExchangedRepeatedAndForeignPacksAreNamed) {
  begin();
  for (const std::size_t index : {ada_, eve_}) keys_[index] = create(index);
  write_a_pack("first");
  write_a_pack("second");
  send(eve_, "bob", "of eve");
  world_.run_for(minutes(6));
  const Stored of_eve = stored_by(eve_);
  const Stored of_ada = stored_by(ada_);
  ASSERT_GE(of_ada.packs.size(), 2u);
  ASSERT_FALSE(of_eve.packs.empty());
  using Packs = std::vector<wire::BackupPack>;
  const std::vector<std::function<void(Packs&)>> attacks = {
      [](Packs& packs) { std::swap(packs[0].pack, packs[1].pack); },
      [](Packs& packs) { packs[1].pack = packs[0].pack; },
      [&](Packs& packs) { packs[0].pack = of_eve.packs[0].pack; },
  };
  for (std::size_t number = 0; number < attacks.size(); ++number) {
    world_.server().alter_answer = [&](const ServerDouble::Exchange&, wire::ServerFrame& frame) {
      auto* page = std::get_if<wire::BackupPage>(&frame.answer);
      if (page != nullptr && page->packs.size() >= 2) attacks[number](page->packs);
    };
    const std::size_t again = world_.add_host("again " + std::to_string(number));
    EXPECT_EQ(failure(restore(again, keys_[ada_])), client::ClientErrorCode::none);
    world_.run_for(minutes(1));
    EXPECT_TRUE(was_told(again, SecurityNoticeKind::backup_altered)) << number;
    const auto [all, unreadable] = lines(again);
    EXPECT_EQ(all, 6u) << number;
    EXPECT_GT(unreadable, 0u) << number;
    for (const std::string& text : texts(again, "bob")) EXPECT_NE(text, "of eve");
    world_.server().alter_answer = nullptr;
    world_.crash(again);
  }
}

TEST_F(HostileRecoveryTest, Threat6ShorterBackupIsTold) {
  begin();
  keys_[ada_] = create(ada_);
  write_a_pack("first");
  // The backup is gone back to what it was before: the next pack finds no predecessor.
  const AccountId ada = identity(ada_).account;
  world_.server().alter_answer = [ada](const ServerDouble::Exchange& exchange, wire::ServerFrame& frame) {
    if (exchange.caller == nullptr || exchange.caller->account != ada) return;
    if (!std::holds_alternative<wire::AppendBackup>(exchange.request.request)) return;
    wire::Error error;
    error.code = wire::ErrorCode::invalid_value;
    frame.answer = error;
  };
  write_a_pack("second");
  EXPECT_TRUE(was_told(ada_, SecurityNoticeKind::backup_shortened));
}

// Threat 6: boxes of a linking that was, or of another one, are no part of this one.
TEST_F(HostileRecoveryTest, Threat6BoxesOfAnEarlierLinkingAreRefused) {
  const std::size_t tablet = world_.add_host("tablet");
  const std::size_t second = world_.add_host("second");
  std::optional<wire::LinkBoxes> earlier;
  world_.server().alter_answer = [&](const ServerDouble::Exchange&, wire::ServerFrame& frame) {
    const auto* boxes = std::get_if<wire::LinkBoxes>(&frame.answer);
    if (boxes != nullptr && (!earlier || boxes->boxes.size() >= earlier->boxes.size())) earlier = *boxes;
  };
  ASSERT_TRUE(link(ada_, tablet));
  ASSERT_TRUE(earlier && earlier->boxes.size() == 3u);
  // The whole linking once more, with all that was said in the first.
  world_.server().alter_answer = [&](const ServerDouble::Exchange& exchange, wire::ServerFrame& frame) {
    if (auto* boxes = std::get_if<wire::LinkBoxes>(&frame.answer); boxes && exchange.caller == nullptr) {
      *boxes = *earlier;
    }
  };
  EXPECT_FALSE(link(ada_, second));
  world_.run_for(seconds(10));
  EXPECT_EQ(last_step(second), client::LinkStep::failed);
  EXPECT_TRUE(is_empty(second));
  world_.ask(ada_, client::CancelLinking{});
  EXPECT_EQ(devices(ada_), 2u);
  world_.server().alter_answer = nullptr;
  EXPECT_TRUE(link(ada_, second));
  EXPECT_EQ(devices(ada_), 3u);
}

TEST_F(HostileRecoveryTest, Threat6BoxesOfAnotherAccountsLinkingAreRefused) {
  const std::size_t tablet = world_.add_host("tablet");
  const std::size_t of_eve = world_.add_host("of eve");
  // Eve, who works for the server, links a device of hers at the same time; its box is shown to Ada.
  std::optional<wire::LinkBoxes> eves;
  const AccountId eve = identity(eve_).account;
  const AccountId ada = identity(ada_).account;
  world_.server().alter_answer = [&](const ServerDouble::Exchange& exchange, wire::ServerFrame& frame) {
    auto* boxes = std::get_if<wire::LinkBoxes>(&frame.answer);
    if (boxes == nullptr || exchange.caller == nullptr || boxes->boxes.empty()) return;
    if (exchange.caller->account == eve) eves = *boxes;
    if (exchange.caller->account == ada && eves) *boxes = *eves;
  };
  const client::Event accepted =
      world_.ask(eve_, client::AcceptLink{.code = begin_linking(of_eve), .server = server_name});
  ASSERT_TRUE(std::holds_alternative<client::LinkProgress>(accepted));
  ASSERT_TRUE(eves);
  const client::Event refused =
      world_.ask(ada_, client::AcceptLink{.code = begin_linking(tablet), .server = server_name});
  EXPECT_EQ(failure(refused), client::ClientErrorCode::server_distrusted);
  EXPECT_EQ(devices(ada_), 1u);
  EXPECT_TRUE(is_empty(tablet));
}

TEST_F(HostileRecoveryTest, Threat23ACodeThatWasUsedOrIsOverLinksNothing) {
  const std::size_t tablet = world_.add_host("tablet");
  const std::string code = begin_linking(tablet);
  ASSERT_TRUE(std::holds_alternative<client::LinkProgress>(
      world_.ask(ada_, client::AcceptLink{.code = code, .server = server_name})));
  world_.run_for(seconds(2));
  ASSERT_TRUE(std::holds_alternative<client::Done>(world_.ask(ada_, client::ConfirmLink{.same = true})));
  world_.run_for(seconds(10));
  ASSERT_EQ(last_step(tablet), client::LinkStep::joined);
  // The same code again: there is nobody any more who would answer it, whatever the server still holds.
  const std::uint64_t command = world_.command(ada_, client::AcceptLink{.code = code, .server = server_name});
  world_.run_for(minutes(11));
  const auto answer = world_.host(ada_).take_answer(command);
  ASSERT_TRUE(answer.has_value());
  EXPECT_NE(failure(*answer), client::ClientErrorCode::none);
  EXPECT_EQ(devices(ada_), 2u);
}

}  // namespace
}  // namespace sotto::hostile
