// Whoever loses every device comes back with the recovery key or passphrase and reads every message that the server
// still holds; a server that swaps, shortens, mixes or ages the backup is refused or named (threat 6); and without
// anything there is a way on, whose cost contacts see.

#include <gtest/gtest.h>

#include "simulation/world_test.h"

namespace sotto::simulation {
namespace {

class RecoveryTest : public WorldTest {
 protected:
  void SetUp() override {
    for (const std::size_t index : {ada_, bob_}) register_account(index);
    world_.run_for(seconds(2));
  }

  /// Lines that can be read, and whether there are others.
  std::pair<std::vector<std::string>, std::size_t> read(std::size_t index, const std::string& with) {
    std::vector<std::string> texts;
    std::size_t unreadable = 0;
    client::ReadHistory command;
    command.with = with;
    command.limit = 200;
    while (true) {
      command.after = last_;
      const auto page = expect<client::History>(world_.ask(index, command));
      for (const client::TimelineMessage& message : page.messages) {
        last_ = message.seq;
        if (message.cause == client::UndecryptableCause::none) texts.push_back(message.text);
        if (message.cause != client::UndecryptableCause::none) ++unreadable;
      }
      if (!page.more) break;
    }
    last_ = 0;
    return {texts, unreadable};
  }

  /// Switches a backup on and returns its recovery key.
  std::string create(std::size_t index) {
    const auto created = expect<client::BackupCreated>(world_.ask(index, client::CreateBackup{}));
    EXPECT_EQ(created.words.size(), 24U);
    if (created.words.size() != 24) return {};
    expect<client::Done>(
        world_.ask(index, client::ConfirmBackup{.first_word = created.words[created.first_asked - 1],
                                                .second_word = created.words[created.second_asked - 1]}));
    std::string key;
    for (const std::string& word : created.words) key += word + " ";
    return key;
  }

  client::RestoreBackup with_key(const std::string& key) {
    client::RestoreBackup command;
    command.name = "ada";
    command.password = password_;
    command.recovery_key = key;
    return command;
  }

  void write_some(std::size_t count) {
    for (std::size_t index = 0; index < count; ++index) {
      const bool to_bob = index % 2 == 0;
      write(to_bob ? ada_ : bob_, to_bob ? "bob" : "ada", "message " + std::to_string(index));
      world_.run_for(seconds(2));
    }
    world_.run_for(minutes(6));
  }

  ConversationId create_group() {
    client::CreateGroup command;
    command.name = "Quiet ones";
    command.members = {"bob"};
    const auto opened = expect<client::Opened>(world_.ask(ada_, command));
    world_.run_for(seconds(5));
    return opened.conversation.conversation;
  }

  void say(std::size_t from, ConversationId group, const std::string& text) {
    client::SendText command;
    command.conversation = group;
    command.text = text;
    expect<client::Queued>(world_.ask(from, command));
  }

  /// Messages of a group that can be read, and lines that cannot.
  std::pair<std::size_t, std::size_t> read_group(std::size_t index, ConversationId group) {
    client::ReadHistory command;
    command.conversation = group;
    command.limit = 200;
    std::size_t readable = 0;
    std::size_t unreadable = 0;
    for (const auto& line : expect<client::History>(world_.ask(index, command)).messages) {
      if (line.cause != client::UndecryptableCause::none) ++unreadable;
      if (line.cause == client::UndecryptableCause::none && line.kind == client::LineKind::text) ++readable;
    }
    return {readable, unreadable};
  }

  std::size_t ada_ = world_.add_host("ada");
  std::size_t bob_ = world_.add_host("bob");
  std::size_t again_ = world_.add_host("again");
  std::uint64_t last_ = 0;
};

TEST_F(RecoveryTest, WhatWasDeletedDoesNotComeBack) {
  write_some(4);
  const std::string key = create(ada_);
  write_some(2);
  const ConversationId conversation =
      expect<client::Opened>(world_.ask(ada_, client::OpenConversation{"bob"})).conversation.conversation;
  expect<client::Done>(world_.ask(ada_, client::DeleteConversation{.conversation = conversation}));
  world_.run_for(minutes(6));
  world_.crash(ada_);
  expect<client::Restored>(world_.ask(again_, with_key(key)));
  world_.run_for(minutes(1));
  EXPECT_EQ(read(again_, "bob"), (std::pair<std::vector<std::string>, std::size_t>{}));
  EXPECT_TRUE(expect<client::ConversationList>(world_.ask(again_, client::ListConversations{})).conversations.empty());
  write(bob_, "ada", "anew");
  world_.run_for(seconds(10));
  EXPECT_EQ(read(again_, "bob").first, std::vector<std::string>{"anew"});
}

TEST_F(RecoveryTest, RecoveryKeyGivesTheAccountAndItsMessagesBack) {
  write_some(6);
  const std::string key = create(ada_);
  write_some(6);
  const auto identity = expect<client::Identity>(world_.ask(ada_, client::WhoAmI{}));
  EXPECT_EQ(expect<client::BackupShown>(world_.ask(ada_, client::GetBackupStatus{})).waiting, 0U);
  world_.crash(ada_);
  const auto restored = expect<client::Restored>(world_.ask(again_, with_key(key)));
  EXPECT_EQ(restored.account, identity.account);
  EXPECT_NE(restored.device, identity.device);
  EXPECT_EQ(restored.devices, 2U);
  world_.run_for(minutes(1));
  const auto [texts, unreadable] = read(again_, "bob");
  EXPECT_EQ(texts.size(), 12U);
  EXPECT_EQ(unreadable, 0U);
  // It is a device like any other: it writes, is read, and goes on with the backup.
  write(again_, "bob", "I am back");
  world_.run_for(minutes(6));
  const std::vector<std::string> heard = read(bob_, "ada").first;
  ASSERT_FALSE(heard.empty());
  EXPECT_EQ(heard.back(), "I am back");
  EXPECT_EQ(expect<client::BackupShown>(world_.ask(again_, client::GetBackupStatus{})).waiting, 0U);
  EXPECT_FALSE(was_told(bob_, client::SecurityNoticeKind::device_unlisted));
}

TEST_F(RecoveryTest, PassphraseOpensTooAndOtherDevicesMayBeRemoved) {
  client::CreateBackup create_with;
  create_with.passphrase = "short";
  EXPECT_EQ(failure_of(world_.ask(ada_, create_with)), client::ClientErrorCode::weak_passphrase);
  create_with.passphrase = "velvet lantern ostrich canyon";
  const auto created = expect<client::BackupCreated>(world_.ask(ada_, create_with));
  EXPECT_TRUE(created.words.empty());
  EXPECT_EQ(created.strength, client::Strength::strong);
  write_some(4);
  client::RestoreBackup command = with_key("");
  command.passphrase = "not the passphrase at all";
  EXPECT_EQ(failure_of(world_.ask(again_, command)), client::ClientErrorCode::wrong_recovery_key);
  command.passphrase = create_with.passphrase;
  command.remove_others = true;
  EXPECT_EQ(expect<client::Restored>(world_.ask(again_, command)).devices, 1U);
  world_.run_for(minutes(1));
  EXPECT_EQ(read(again_, "bob"),
            (std::pair{std::vector<std::string>{"message 0", "message 1", "message 2", "message 3"}, std::size_t{0}}));
  EXPECT_EQ(expect<client::Identity>(world_.ask(ada_, client::WhoAmI{})).state, client::LoginState::logged_out);
}

TEST_F(RecoveryTest, RecoveryKeyIsOnlySwitchedOnOnceItWasKept) {
  const auto created = expect<client::BackupCreated>(world_.ask(ada_, client::CreateBackup{}));
  EXPECT_NE(created.first_asked, created.second_asked);
  EXPECT_EQ(failure_of(world_.ask(ada_, client::ConfirmBackup{.first_word = "wrong", .second_word = "words"})),
            client::ClientErrorCode::wrong_words);
  EXPECT_FALSE(expect<client::BackupShown>(world_.ask(ada_, client::GetBackupStatus{})).on);
  EXPECT_EQ(failure_of(world_.ask(again_, with_key(created.code))), client::ClientErrorCode::no_backup);
  expect<client::Done>(world_.ask(ada_, client::ConfirmBackup{.first_word = created.words[created.first_asked - 1],
                                                              .second_word = created.words[created.second_asked - 1]}));
  EXPECT_TRUE(expect<client::BackupShown>(world_.ask(ada_, client::GetBackupStatus{})).on);
  expect<client::Restored>(world_.ask(again_, with_key(created.code)));
}

TEST_F(RecoveryTest, MistypedKeyIsExplained) {
  const std::string key = create(ada_);
  const client::Event event = world_.ask(again_, with_key("abanbon" + key.substr(key.find(' '))));
  const auto failed = expect<client::Failed>(event);
  EXPECT_EQ(failed.error.code, client::ClientErrorCode::invalid_recovery_key);
  EXPECT_NE(failed.error.text.find("Word 1 "), std::string::npos);
  EXPECT_NE(failed.error.text.find("\"abandon\""), std::string::npos);
}

TEST_F(RecoveryTest, LinkedDeviceReadsTheHistoryFromTheBackup) {
  write_some(6);
  create(ada_);
  // Too young for any pack but the one that linking asks for.
  write(bob_, "ada", "message 6");
  world_.run_for(seconds(3));
  const auto shown = expect<client::LinkShown>(world_.ask(again_, client::BeginLinking{.server = {}}));
  expect<client::LinkProgress>(world_.ask(ada_, client::AcceptLink{.code = shown.code, .server = {}}));
  expect<client::Done>(world_.ask(ada_, client::ConfirmLink{.same = true}));
  world_.run_for(minutes(1));
  const auto [texts, unreadable] = read(again_, "bob");
  EXPECT_EQ(texts.size(), 7U);
  EXPECT_EQ(unreadable, 0U);
}

TEST_F(RecoveryTest, TwoDevicesKeepOneBackup) {
  const std::string key = create(ada_);
  const auto shown = expect<client::LinkShown>(world_.ask(again_, client::BeginLinking{.server = {}}));
  expect<client::LinkProgress>(world_.ask(ada_, client::AcceptLink{.code = shown.code, .server = {}}));
  expect<client::Done>(world_.ask(ada_, client::ConfirmLink{.same = true}));
  write_some(6);
  world_.run_for(minutes(12));
  for (const std::size_t index : {ada_, again_}) {
    EXPECT_EQ(expect<client::BackupShown>(world_.ask(index, client::GetBackupStatus{})).waiting, 0U);
    EXPECT_FALSE(was_told(index, client::SecurityNoticeKind::backup_altered));
  }
  const std::size_t third = world_.add_host("third");
  expect<client::Restored>(world_.ask(third, with_key(key)));
  world_.run_for(minutes(1));
  EXPECT_EQ(read(third, "bob").first.size(), 6U);
}

TEST_F(RecoveryTest, Threat6BackupOfAnotherIdentityIsRefused) {
  const std::string key = create(ada_);
  // The server shows ada's backup under an identity of its own making.
  const auto bob = expect<client::Identity>(world_.ask(bob_, client::WhoAmI{}));
  world_.server().alter_answer = [&](const ServerDouble::Exchange&, wire::ServerFrame& frame) {
    auto* record = std::get_if<wire::AccountRecord>(&frame.answer);
    if (record != nullptr && record->name == "ada") record->account_key = bob.account_key;
  };
  EXPECT_EQ(failure_of(world_.ask(again_, with_key(key))), client::ClientErrorCode::backup_of_other_identity);
  world_.server().alter_answer = [&](const ServerDouble::Exchange&, wire::ServerFrame& frame) {
    auto* backup = std::get_if<wire::Backup>(&frame.answer);
    if (backup != nullptr) backup->header[backup->header.size() / 2] ^= 1;
  };
  EXPECT_NE(failure_of(world_.ask(again_, with_key(key))), client::ClientErrorCode::none);
  EXPECT_EQ(expect<client::Identity>(world_.ask(again_, client::WhoAmI{})).state, client::LoginState::empty);
  world_.server().alter_answer = nullptr;
  expect<client::Restored>(world_.ask(again_, with_key(key)));
}

TEST_F(RecoveryTest, Threat6OlderBackupDoesNotOpenWithTheNewKey) {
  create(ada_);
  std::optional<wire::Backup> older;
  world_.server().alter_answer = [&](const ServerDouble::Exchange&, wire::ServerFrame& frame) {
    if (const auto* backup = std::get_if<wire::Backup>(&frame.answer)) older = *backup;
  };
  // Any key makes the server show what it has.
  const client::Event event =
      world_.ask(again_, with_key("sotto-recovery:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
  EXPECT_EQ(failure_of(event), client::ClientErrorCode::wrong_recovery_key);
  ASSERT_TRUE(older.has_value());
  const std::string present = create(ada_);
  world_.server().alter_answer = [&](const ServerDouble::Exchange&, wire::ServerFrame& frame) {
    if (auto* backup = std::get_if<wire::Backup>(&frame.answer)) *backup = *older;
  };
  EXPECT_EQ(failure_of(world_.ask(again_, with_key(present))), client::ClientErrorCode::wrong_recovery_key);
}

TEST_F(RecoveryTest, Threat6ChangedAndMissingPacksAreNamedAndTheRestIsRead) {
  const std::string key = create(ada_);
  write_some(4);
  write_some(4);
  world_.server().alter_answer = [&](const ServerDouble::Exchange&, wire::ServerFrame& frame) {
    auto* page = std::get_if<wire::BackupPage>(&frame.answer);
    if (page != nullptr && !page->packs.empty()) page->packs.front().pack.back() ^= 1;
  };
  expect<client::Restored>(world_.ask(again_, with_key(key)));
  world_.run_for(minutes(1));
  EXPECT_TRUE(was_told(again_, client::SecurityNoticeKind::backup_altered));
  const auto [texts, unreadable] = read(again_, "bob");
  EXPECT_GT(texts.size(), 0U);
  EXPECT_GT(unreadable, 0U);
  EXPECT_EQ(texts.size() + unreadable, 8U);
}

TEST_F(RecoveryTest, OfflineBackupInAFileAndInCodes) {
  write_some(6);
  const auto exported = expect<client::BackupExported>(world_.ask(ada_, client::ExportBackup{}));
  EXPECT_EQ(exported.keys, 6U);
  client::RestoreBackup command = with_key(exported.code);
  command.file = exported.file;
  command.file[command.file.size() / 2] ^= 1;
  EXPECT_EQ(failure_of(world_.ask(again_, command)), client::ClientErrorCode::backup_damaged);
  command.file = exported.file;
  expect<client::Restored>(world_.ask(again_, command));
  world_.run_for(minutes(1));
  EXPECT_EQ(read(again_, "bob").first.size(), 6U);
  // The identity alone fits into a few codes.
  client::ExportBackup identity;
  identity.identity_only = true;
  const auto codes = expect<client::BackupExported>(world_.ask(ada_, identity));
  EXPECT_GE(codes.frames.size(), 2U);
  EXPECT_LE(codes.frames.size(), 4U);
  EXPECT_EQ(codes.keys, 0U);
}

TEST_F(RecoveryTest, ResetGivesANewIdentityAndContactsSeeIt) {
  write_some(4);
  const auto before = expect<client::Identity>(world_.ask(ada_, client::WhoAmI{}));
  expect<client::SignedIn>(world_.ask(again_, client::ResetIdentity{.name = "ada", .password = password_}));
  world_.run_for(seconds(5));
  const auto after = expect<client::Identity>(world_.ask(again_, client::WhoAmI{}));
  EXPECT_EQ(after.account, before.account);
  EXPECT_NE(after.account_key, before.account_key);
  EXPECT_EQ(expect<client::Identity>(world_.ask(ada_, client::WhoAmI{})).state, client::LoginState::logged_out);
  write(again_, "bob", "it is me, with a new identity");
  world_.run_for(seconds(10));
  const std::vector<std::string> heard = read(bob_, "ada").first;
  ASSERT_FALSE(heard.empty());
  EXPECT_EQ(heard.back(), "it is me, with a new identity");
  EXPECT_TRUE(std::ranges::any_of(world_.host(bob_).events, [](const client::Event& event) {
    return std::holds_alternative<client::IdentityChanged>(event);
  }));
  client::ResetIdentity wrong{.name = "ada", .password = "not the password"};
  EXPECT_EQ(failure_of(world_.ask(world_.add_host("eve"), wrong)), client::ClientErrorCode::wrong_credentials);
}

TEST_F(RecoveryTest, DeletedBackupIsGone) {
  const std::string key = create(ada_);
  expect<client::Done>(world_.ask(ada_, client::EraseBackup{}));
  EXPECT_FALSE(expect<client::BackupShown>(world_.ask(ada_, client::GetBackupStatus{})).on);
  EXPECT_EQ(failure_of(world_.ask(again_, with_key(key))), client::ClientErrorCode::no_backup);
}

TEST_F(RecoveryTest, LoggingOutPacksWhatWaits) {
  const std::string key = create(ada_);
  write_some(2);
  write(ada_, "bob", "the last one");
  world_.run_for(seconds(2));
  expect<client::Done>(world_.ask(ada_, client::LogOut{}));
  expect<client::Restored>(world_.ask(again_, with_key(key)));
  world_.run_for(minutes(1));
  const std::vector<std::string> texts = read(again_, "bob").first;
  ASSERT_FALSE(texts.empty());
  EXPECT_EQ(texts.back(), "the last one");
}

TEST_F(RecoveryTest, GroupsComeBackWithTheirNames) {
  const ConversationId group = create_group();
  for (const std::size_t index : {ada_, bob_}) {
    say(index, group, "in the group");
    world_.run_for(seconds(15));
  }
  const std::string key = create(ada_);
  world_.run_for(minutes(12));
  EXPECT_EQ(expect<client::BackupShown>(world_.ask(ada_, client::GetBackupStatus{})).waiting, 0U);
  // Nobody is there who would pass the name on.
  world_.crash(ada_);
  world_.crash(bob_);
  expect<client::Restored>(world_.ask(again_, with_key(key)));
  world_.run_for(minutes(2));
  EXPECT_EQ(expect<client::GroupShown>(world_.ask(again_, client::ShowGroup{.conversation = group})).profile.name,
            "Quiet ones");
  EXPECT_EQ(read_group(again_, group), (std::pair<std::size_t, std::size_t>{2, 0}));
}

TEST_F(RecoveryTest, AFileHoldsGroupsToo) {
  const ConversationId group = create_group();
  say(ada_, group, "in the group");
  world_.run_for(seconds(15));
  const auto exported = expect<client::BackupExported>(world_.ask(ada_, client::ExportBackup{}));
  world_.crash(ada_);
  world_.crash(bob_);
  client::RestoreBackup command = with_key(exported.code);
  command.file = exported.file;
  expect<client::Restored>(world_.ask(again_, command));
  world_.run_for(minutes(2));
  EXPECT_EQ(expect<client::GroupShown>(world_.ask(again_, client::ShowGroup{.conversation = group})).profile.name,
            "Quiet ones");
  EXPECT_EQ(read_group(again_, group), (std::pair<std::size_t, std::size_t>{1, 0}));
}

TEST_F(RecoveryTest, KeysOutOfAFileArePackedLikeOthers) {
  const std::string key = create(ada_);
  write_some(4);
  // What comes last is in no pack on the server when the device is lost, but in the file.
  for (const char* text : {"late", "later"}) {
    write(ada_, "bob", text);
    world_.run_for(seconds(2));
  }
  const auto exported = expect<client::BackupExported>(world_.ask(ada_, client::ExportBackup{}));
  world_.crash(ada_);
  client::RestoreBackup command = with_key(exported.code);
  command.file = exported.file;
  expect<client::Restored>(world_.ask(again_, command));
  world_.run_for(minutes(12));
  EXPECT_EQ(expect<client::BackupShown>(world_.ask(again_, client::GetBackupStatus{})).waiting, 0U);
  world_.crash(again_);
  const std::size_t third = world_.add_host("third");
  expect<client::Restored>(world_.ask(third, with_key(key)));
  world_.run_for(minutes(1));
  const auto [texts, unreadable] = read(third, "bob");
  EXPECT_EQ(texts.size(), 6U);
  EXPECT_EQ(unreadable, 0U);
}

TEST_F(RecoveryTest, DeviceThatWasThereBeforeTheBackupKeepsItToo) {
  link(ada_, again_);
  write_some(4);
  const std::string key = create(ada_);
  world_.run_for(minutes(1));
  EXPECT_TRUE(expect<client::BackupShown>(world_.ask(again_, client::GetBackupStatus{})).on);
  world_.run_for(minutes(12));
  // The device that began it is gone; the other one goes on.
  world_.crash(ada_);
  write(bob_, "ada", "for the backup of the other device");
  world_.run_for(minutes(12));
  EXPECT_EQ(expect<client::BackupShown>(world_.ask(again_, client::GetBackupStatus{})).waiting, 0U);
  EXPECT_TRUE(told<client::SecurityNotice>(again_).empty());
  world_.crash(again_);
  const std::size_t third = world_.add_host("third");
  expect<client::Restored>(world_.ask(third, with_key(key)));
  world_.run_for(minutes(1));
  const auto [texts, unreadable] = read(third, "bob");
  EXPECT_EQ(texts.size(), 5U);
  EXPECT_EQ(unreadable, 0U);
}

TEST_F(RecoveryTest, ANewBackupReachesTheDevicesThatKeptTheOldOne) {
  create(ada_);
  link(ada_, again_);
  write_some(2);
  const std::string key = create(ada_);
  world_.run_for(minutes(12));
  EXPECT_TRUE(expect<client::BackupShown>(world_.ask(again_, client::GetBackupStatus{})).on);
  world_.crash(ada_);
  write(bob_, "ada", "for the new backup");
  world_.run_for(minutes(12));
  world_.crash(again_);
  const std::size_t third = world_.add_host("third");
  expect<client::Restored>(world_.ask(third, with_key(key)));
  world_.run_for(minutes(1));
  EXPECT_EQ(read(third, "bob"),
            (std::pair{std::vector<std::string>{"message 0", "message 1", "for the new backup"}, std::size_t{0}}));
}

TEST_F(RecoveryTest, LoggingOutPacksWhatWaitsThoughAnAnswerWasLost) {
  const std::string key = create(ada_);
  write_some(2);
  // The server has the pack, but the process ends before it hears so.
  bool is_appended = false;
  world_.server().alter_answer = [&](const ServerDouble::Exchange& exchange, wire::ServerFrame&) {
    if (!std::holds_alternative<wire::AppendBackup>(exchange.request.request)) return;
    is_appended = true;
    for (const ConnectionNumber open : world_.server().connections_of(exchange.caller->account)) {
      world_.server().disconnect(open);
    }
  };
  write(ada_, "bob", "the last but one");
  for (int count = 0; count < 600 && !is_appended; ++count) world_.run_for(seconds(1));
  ASSERT_TRUE(is_appended);
  world_.crash(ada_);
  world_.server().alter_answer = nullptr;
  world_.start(ada_);
  write(ada_, "bob", "the last one");
  world_.run_for(seconds(2));
  expect<client::Done>(world_.ask(ada_, client::LogOut{}));
  expect<client::Restored>(world_.ask(again_, with_key(key)));
  world_.run_for(minutes(1));
  const auto [texts, unreadable] = read(again_, "bob");
  ASSERT_FALSE(texts.empty());
  EXPECT_EQ(texts.back(), "the last one");
  EXPECT_EQ(unreadable, 0U);
}

TEST_F(RecoveryTest, LinkedDeviceReadsTheHistoryOfAnAccountWithoutABackup) {
  const ConversationId group = create_group();
  write_some(4);
  say(bob_, group, "before");
  world_.run_for(seconds(15));
  link(ada_, again_);
  EXPECT_TRUE(told<client::LinkProgress>(again_).back().text.empty());
  world_.run_for(seconds(30));
  const std::vector<std::string> before = {"message 0", "message 1", "message 2", "message 3"};
  EXPECT_EQ(read(again_, "bob"), (std::pair{before, std::size_t{0}}));
  EXPECT_EQ(read_group(again_, group), (std::pair<std::size_t, std::size_t>{1, 0}));
  // It is no way back for who loses every device, and is not called one.
  for (const std::size_t index : {ada_, again_}) {
    EXPECT_FALSE(expect<client::BackupShown>(world_.ask(index, client::GetBackupStatus{})).on);
  }
  const std::size_t third = world_.add_host("third");
  EXPECT_EQ(failure_of(world_.ask(third, with_key("sotto-recovery:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"))),
            client::ClientErrorCode::no_backup);
  // Either device takes in the next one, with what came since.
  write(bob_, "ada", "after");
  world_.run_for(seconds(10));
  link(again_, third);
  world_.run_for(seconds(30));
  EXPECT_EQ(read(third, "bob").first.size(), 5U);
  // A recovery key takes its place everywhere.
  const std::string key = create(third);
  world_.run_for(minutes(12));
  for (const std::size_t index : {ada_, again_, third}) {
    EXPECT_TRUE(expect<client::BackupShown>(world_.ask(index, client::GetBackupStatus{})).on);
    EXPECT_EQ(read(index, "bob").second, 0U);
  }
  const std::size_t fourth = world_.add_host("fourth");
  expect<client::Restored>(world_.ask(fourth, with_key(key)));
  world_.run_for(minutes(1));
  EXPECT_EQ(read(fourth, "bob").second, 0U);
  EXPECT_EQ(read(fourth, "bob").first.size(), 5U);
}

TEST_F(RecoveryTest, LinkingNeverReplacesABackupThatTheDeviceHasNotHeardOf) {
  write_some(2);
  link(ada_, again_);
  world_.run_for(minutes(6));
  world_.cut_off(again_, minutes(30));
  const std::string key = create(ada_);
  world_.run_for(minutes(12));
  world_.crash(ada_);
  world_.run_for(minutes(20));
  const std::size_t third = world_.add_host("third");
  link(again_, third);
  world_.crash(again_);
  const std::size_t fourth = world_.add_host("fourth");
  expect<client::Restored>(world_.ask(fourth, with_key(key)));
  world_.run_for(minutes(1));
  EXPECT_EQ(read(fourth, "bob"), (std::pair{std::vector<std::string>{"message 0", "message 1"}, std::size_t{0}}));
}

TEST_F(RecoveryTest, DeviceThatIsGivenNoHistoryBeginsAtItsLinking) {
  const ConversationId group = create_group();
  write_some(4);
  for (const std::size_t index : {ada_, bob_}) {
    say(index, group, "before");
    world_.run_for(seconds(15));
  }
  // One of those who wrote is no device any more.
  const std::size_t lost = world_.add_host("lost");
  link(bob_, lost);
  write(lost, "ada", "from a device that goes");
  world_.run_for(seconds(10));
  const DeviceId gone = expect<client::Identity>(world_.ask(lost, client::WhoAmI{})).device;
  expect<client::Done>(world_.ask(bob_, client::RemoveDevice{.device = gone}));
  world_.run_for(seconds(10));
  link_without_history(ada_, again_);
  EXPECT_FALSE(told<client::LinkProgress>(again_).back().text.empty()) << "the user is told where it begins";
  world_.run_for(minutes(5));
  EXPECT_EQ(read(again_, "bob"), (std::pair{std::vector<std::string>{}, std::size_t{0}}));
  EXPECT_EQ(read_group(again_, group), (std::pair<std::size_t, std::size_t>{0, 0}));
  EXPECT_TRUE(told<client::SecurityNotice>(again_).empty());
  EXPECT_TRUE(told<client::Undecryptable>(again_).empty());
  for (const auto& row :
       expect<client::ConversationList>(world_.ask(again_, client::ListConversations{})).conversations) {
    EXPECT_EQ(row.unread, 0U);
  }
  write(bob_, "ada", "after");
  say(bob_, group, "after");
  world_.run_for(seconds(30));
  EXPECT_EQ(read(again_, "bob"), (std::pair{std::vector<std::string>{"after"}, std::size_t{0}}));
  EXPECT_EQ(read_group(again_, group), (std::pair<std::size_t, std::size_t>{1, 0}));
  // What waited for a chain is given up in the same silence.
  world_.run_for(minutes(70));
  EXPECT_EQ(read_group(again_, group), (std::pair<std::size_t, std::size_t>{1, 0}));
}

TEST_F(RecoveryTest, TenThousandMessagesComeBackToTheLast) {
  constexpr std::size_t messages = 10'000;
  const std::string key = create(ada_);
  write(bob_, "ada", "hello");
  world_.run_for(seconds(3));
  client::SendText command;
  command.to = "bob";
  for (std::size_t index = 1; index < messages; ++index) {
    command.text = std::to_string(index);
    world_.command(ada_, command);
    if (index % 100 == 0) world_.run_for(seconds(20));
  }
  world_.run_for(minutes(10));
  ASSERT_EQ(expect<client::BackupShown>(world_.ask(ada_, client::GetBackupStatus{})).waiting, 0U);
  world_.crash(ada_);
  expect<client::Restored>(world_.ask(again_, with_key(key)));
  world_.run_for(minutes(10));
  const auto [texts, unreadable] = read(again_, "bob");
  EXPECT_EQ(texts.size(), messages);
  EXPECT_EQ(unreadable, 0U);
  EXPECT_EQ(texts.back(), std::to_string(messages - 1));
}

}  // namespace
}  // namespace sotto::simulation
