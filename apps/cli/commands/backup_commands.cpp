#include <algorithm>
#include <fstream>

#include "cli/commands/command.h"
#include "cli/console/local_time.h"
#include "cli/home/private_file.h"
#include "cli/host/asking.h"
#include "cli/terminal/qr_drawing.h"
#include "cli/terminal/question.h"
#include "cli/terminal/secret_prompt.h"
#include "session/backup_file.h"
#include "wire/json.h"

namespace sotto::cli {
namespace {

/// How long a restored device is given to read its messages before the command ends; the rest follows later.
constexpr std::chrono::minutes reading_patience{10};
constexpr int word_attempts = 3;

QrStyle style_for(const Console& console) { return console.has_colours() ? QrStyle::coloured : QrStyle::plain; }

void print_qr(std::string_view content, Console& console) {
  if (const auto drawing = draw_qr(as_bytes(content), style_for(console))) console.print(*drawing);
}

std::string_view words_for(client::Strength strength) {
  switch (strength) {
    case client::Strength::not_estimated:
    case client::Strength::too_short:
      return "";
    case client::Strength::weak:
      return "Somebody determined could find this passphrase. Several words that do not belong together are better.";
    case client::Strength::fair:
      return "This passphrase holds against most. A longer one is better.";
    case client::Strength::strong:
      return "This passphrase is strong.";
  }
  return "";
}

/// Twelve lines of two.
void print_words(const std::vector<std::string>& words, Console& console) {
  for (std::size_t line = 0; line < words.size() / 2; ++line) {
    std::string text;
    for (const std::size_t index : {line, line + words.size() / 2}) {
      const std::string number = std::to_string(index + 1);
      std::string cell = std::string(4 - std::min<std::size_t>(number.size(), 4), ' ') + number + "  " + words[index];
      cell.resize(std::max<std::size_t>(cell.size(), 24), ' ');
      text += cell;
    }
    console.print(text.substr(0, text.find_last_not_of(' ') + 1));
  }
}

/// From SOTTO_BACKUP_PASSPHRASE, or asked at the terminal.
std::expected<std::string, Failure> ask_passphrase(PasswordUse use) {
  auto phrase = secret_from_environment("SOTTO_BACKUP_PASSPHRASE");
  if (!phrase && use == PasswordUse::existing) phrase = ask_secret("Passphrase of the backup: ");
  if (!phrase && use == PasswordUse::chosen_now) {
    phrase = ask_new_secret("Choose a passphrase of at least 12 characters: ");
  }
  if (phrase) return std::string(as_text(phrase->reveal()));
  return std::unexpected(Failure{ExitCode::usage, "passphrase_missing",
                                 "A passphrase is needed: set SOTTO_BACKUP_PASSPHRASE or run in a terminal."});
}

/// From SOTTO_RECOVERY_KEY, or one line of input.
std::expected<std::string, Failure> ask_recovery_key() {
  if (const auto key = secret_from_environment("SOTTO_RECOVERY_KEY")) return std::string(as_text(key->reveal()));
  const auto line = ask_line("Your recovery key (24 words): ");
  if (line && !line->empty()) return *line;
  return std::unexpected(Failure{ExitCode::usage, "recovery_key_missing",
                                 "The recovery key is needed: set SOTTO_RECOVERY_KEY or type it. Without it, another "
                                 "device can take this one in (sotto link), or the account can be reset (sotto "
                                 "reset)."});
}

/// Asks for the two words until they are right.
std::expected<void, Failure> confirm(LocalClient& client, const client::BackupCreated& created) {
  for (int attempt = 1;; ++attempt) {
    const auto first = ask_line("Word " + std::to_string(created.first_asked) + ": ");
    const auto second = ask_line("Word " + std::to_string(created.second_asked) + ": ");
    if (!first || !second) break;
    const auto done = ask<client::Done>(
        client.host(), client::ConfirmBackup{.first_word = *first, .second_word = *second}, engine_deadline());
    if (done) return {};
    if (done.error().code != "wrong_words" || attempt == word_attempts) return std::unexpected(done.error());
    std::fputs("Those are not the words. Look again.\n", stderr);
  }
  return std::unexpected(Failure{.code = "cancelled",
                                 .text =
                                     "The words were not confirmed, so no backup was made. An earlier one, if there "
                                     "was one, is as it was."});
}

std::expected<void, Failure> create(LocalClient& client, Console& console, const std::string& passphrase) {
  if (const auto identity = require_login(client.host()); !identity) return std::unexpected(identity.error());
  const auto created =
      ask<client::BackupCreated>(client.host(), client::CreateBackup{.passphrase = passphrase}, engine_deadline());
  if (!created) return std::unexpected(created.error());
  if (console.is_json()) console.print(wire::to_json(*created));
  if (!created->words.empty()) {
    if (!console.is_json()) {
      console.print(
          "This is your recovery key. It is shown this once. Write it down and keep it where only you are:\n");
      print_words(created->words, console);
      console.print("\nOr keep this code, which says the same:\n");
      print_qr(created->code, console);
      console.print("To see that you have it, type two of the words.");
    }
    if (const auto confirmed = confirm(client, *created); !confirmed) return confirmed;
  }
  catch_up(client.host());
  if (console.is_json()) return {};
  if (created->strength != client::Strength::not_estimated) console.print(words_for(created->strength));
  console.print("The backup is on. New messages are added to it by themselves; disappearing ones never are.");
  return {};
}

std::expected<void, Failure> show_status(LocalClient& client, Console& console) {
  const auto identity = ask<client::Identity>(client.host(), client::WhoAmI{}, engine_deadline());
  if (!identity) return std::unexpected(identity.error());
  const auto status = ask<client::BackupShown>(client.host(), client::GetBackupStatus{}, engine_deadline());
  if (!status) return std::unexpected(status.error());
  if (console.is_json()) {
    console.print(wire::to_json(*status));
  } else if (!status->on) {
    console.print(
        "There is no backup on this device. Without one, losing your devices means losing your messages.\n"
        "Begin with: sotto backup create");
  } else {
    const bool by_key = status->lock == wire::BackupLock::recovery_key;
    console.print(std::string("The backup is on and opens with ") + (by_key ? "your recovery key." : "a passphrase."));
    console.print(std::to_string(status->packs) + " packs, " + std::to_string(status->size / 1024) + " KiB; " +
                  std::to_string(status->waiting) + " messages wait to be added" +
                  (status->reading ? "; it is still being read." : "."));
    if (status->packed_at) console.print("Last added to by this device: " + local_date_and_time(*status->packed_at));
  }
  return {};
}

/// Waits until the restored messages are there, as far as they come in time.
void await_messages(LocalClient& client, Console& console) {
  if (!console.is_json()) console.notice({.code = "reading", .text = "Reading your messages..."});
  const auto settled = [&] {
    return client.host().connection() == client::Connection::live || client.host().is_failing();
  };
  client.host().run_until(settled, std::chrono::steady_clock::now() + reading_patience);
  catch_up(client.host());
}

std::expected<void, Failure> restore(LocalClient& client, Console& console, const client::RestoreBackup& command) {
  if (const auto remembered = client.home().remember_server(client.server()); !remembered) return remembered;
  const auto restored = ask<client::Restored>(client.host(), command, engine_deadline());
  if (!restored) return std::unexpected(restored.error());
  await_messages(client, console);
  if (console.is_json()) {
    console.print(wire::to_json(*restored));
    return {};
  }
  console.print("Welcome back, " + restored->name + ". This is a new device of your account, one of " +
                std::to_string(restored->devices) + ".");
  if (restored->devices > 1) console.print("If you lost the others, remove them: sotto devices");
  return {};
}

/// A file's octets, or what the QR codes in a text file give together.
std::expected<Bytes, Failure> read_offline_backup(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  const std::string content{std::istreambuf_iterator<char>(stream), {}};
  if (!stream) return std::unexpected(Failure{ExitCode::usage, "unreadable_file", "The file cannot be read: " + path});
  if (content.find("sotto-backup:") == std::string::npos) return Bytes(content.begin(), content.end());
  session::FrameCollector frames;
  for (std::size_t start = 0; start < content.size();) {
    const std::size_t end = std::min(content.find('\n', start), content.size());
    const std::string line = content.substr(start, end - start);
    const auto added = frames.add(line);
    if (!added && added.error() != session::FrameError::not_a_frame) {
      return std::unexpected(Failure{.code = "backup_damaged", .text = "One of the codes was misread: " + line});
    }
    start = end + 1;
  }
  if (auto whole = frames.whole()) return std::move(*whole);
  return std::unexpected(Failure{.code = "backup_incomplete",
                                 .text = "Only " + std::to_string(frames.held()) + " of " +
                                         std::to_string(frames.needed()) + " codes are there."});
}

struct RestoreOptions {
  std::string name;
  std::string file;
  bool passphrase = false;
  bool remove_others = false;
  bool home_passphrase = false;
};

ExitCode run_restore(const RestoreOptions& own, const GlobalOptions& global, Console& console) {
  ClientOptions options = global.client_options();
  options.missing_home = MissingHome::is_created;
  if (own.home_passphrase) options.key_preference = KeyPreference::passphrase;
  if (const auto known = require_server(options); !known) return console.fail(known.error());
  client::RestoreBackup command;
  command.name = own.name;
  command.remove_others = own.remove_others;
  if (!own.file.empty()) {
    auto file = read_offline_backup(own.file);
    if (!file) return console.fail(file.error());
    command.file = std::move(*file);
  }
  const auto password = ask_password(PasswordUse::existing);
  if (!password) return console.fail(password.error());
  command.password = *password;
  const auto secret = own.passphrase ? ask_passphrase(PasswordUse::existing) : ask_recovery_key();
  if (!secret) return console.fail(secret.error());
  (own.passphrase ? command.passphrase : command.recovery_key) = *secret;
  return with_client(options, console, [&](LocalClient& client) { return restore(client, console, command); });
}

void add_restore_options(CLI::App& command, RestoreOptions& own) {
  command.add_option("NAME", own.name, "Your account")->required();
  command.add_flag("--passphrase", own.passphrase,
                   "It opens with a passphrase (SOTTO_BACKUP_PASSPHRASE, or asked) instead of the recovery key");
  command.add_flag("--remove-others", own.remove_others, "Take all other devices off the account, as after a theft");
  command.add_flag("--home-passphrase", own.home_passphrase,
                   "Lock this home with a passphrase (SOTTO_PASSPHRASE, or asked at each start)");
}

void add_create(CommandTable& table, CLI::App& backup) {
  const auto passphrase = std::make_shared<bool>(false);
  CLI::App& command = table.add(
      {"create", "Begin a backup; one that you had is replaced, and its recovery key opens nothing any more",
       "  sotto backup create\n  sotto backup create --passphrase\n"},
      [passphrase](const GlobalOptions& global, Console& console) {
        std::string chosen;
        if (*passphrase) {
          const auto asked = ask_passphrase(PasswordUse::chosen_now);
          if (!asked) return console.fail(asked.error());
          chosen = *asked;
        }
        return with_client(global.client_options(), console,
                           [&](LocalClient& client) { return create(client, console, chosen); });
      },
      &backup);
  command.add_flag("--passphrase", *passphrase,
                   "Use a passphrase (SOTTO_BACKUP_PASSPHRASE, or asked) instead of a recovery key");
}

void add_status(CommandTable& table, CLI::App& backup) {
  table.add({"status", "Show whether there is a backup, and what waits to be added", "  sotto backup status --json\n"},
            table.body_of(backup), &backup);
}

void add_restore(CommandTable& table, CLI::App& backup) {
  const auto own = std::make_shared<RestoreOptions>();
  CLI::App& command = table.add(
      {"restore", "Take your account up again on this new device, with the recovery key",
       "  sotto --server https://chat.example.org backup restore alice\n"
       "  sotto --server https://chat.example.org backup restore alice --passphrase --remove-others\n"},
      [own](const GlobalOptions& global, Console& console) { return run_restore(*own, global, console); }, &backup);
  add_restore_options(command, *own);
}

void add_delete(CommandTable& table, CLI::App& backup) {
  table.add(
      {"delete", "Delete the backup on the server; your recovery key opens nothing any more",
       "  sotto backup delete\n"},
      [](const GlobalOptions& global, Console& console) {
        return with_client(global.client_options(), console, [&](LocalClient& client) -> std::expected<void, Failure> {
          if (const auto identity = require_login(client.host()); !identity) {
            return std::unexpected(identity.error());
          }
          const auto done = ask<client::Done>(client.host(), client::EraseBackup{}, engine_deadline());
          if (!done) return std::unexpected(done.error());
          console.print(console.is_json() ? "{}" : "The backup was deleted.");
          return {};
        });
      },
      &backup);
}

struct ExportOptions {
  std::string file;
  bool passphrase = false;
  bool qr = false;
};

std::expected<void, Failure> export_backup(LocalClient& client, Console& console, const ExportOptions& own,
                                           const std::string& passphrase) {
  const auto exported = ask<client::BackupExported>(
      client.host(), client::ExportBackup{.passphrase = passphrase, .identity_only = own.qr}, engine_deadline());
  if (!exported) return std::unexpected(exported.error());
  if (!own.file.empty() && !write_private_file(own.file, exported->file)) {
    return std::unexpected(Failure{.code = "unwritable_file", .text = "The file cannot be written: " + own.file});
  }
  if (console.is_json()) {
    client::BackupExported shown = *exported;
    if (!own.file.empty()) shown.file.clear();
    console.print(wire::to_json(shown));
    return {};
  }
  if (own.qr) {
    for (std::size_t index = 0; index < exported->frames.size(); ++index) {
      console.print("\n" + std::to_string(index + 1) + " of " + std::to_string(exported->frames.size()) + "\n");
      print_qr(exported->frames[index], console);
      console.print(exported->frames[index]);
    }
  }
  if (!own.file.empty()) {
    console.print("Written: " + own.file + ", with the keys of " + std::to_string(exported->keys) + " messages.");
  }
  if (exported->words.empty()) {
    console.print(words_for(exported->strength));
  } else {
    console.print("\nIt opens with this recovery key, which is shown this once:\n");
    print_words(exported->words, console);
  }
  return {};
}

void add_export(CommandTable& table, CLI::App& backup) {
  const auto own = std::make_shared<ExportOptions>();
  CLI::App& command = table.add(
      {"export", "Write an encrypted backup to a file, or show your identity as QR codes",
       "  sotto backup export /media/stick/alice.sotto\n  sotto backup export --qr --passphrase\n"
       "\nThe messages themselves stay on the server; the backup holds what opens them.\n"},
      [own](const GlobalOptions& global, Console& console) {
        if (own->file.empty() != own->qr) {
          return console.fail({ExitCode::usage, "usage", "Give a FILE, or --qr for codes to print or photograph."});
        }
        std::string chosen;
        if (own->passphrase) {
          const auto asked = ask_passphrase(PasswordUse::chosen_now);
          if (!asked) return console.fail(asked.error());
          chosen = *asked;
        }
        ClientOptions options = global.client_options();
        options.network = Network::unused;
        return with_client(options, console,
                           [&](LocalClient& client) { return export_backup(client, console, *own, chosen); });
      },
      &backup);
  command.add_option("FILE", own->file, "The file to write");
  command.add_flag("--qr", own->qr, "A few QR codes with your identity alone, instead of a file");
  command.add_flag("--passphrase", own->passphrase,
                   "Lock it with a passphrase (SOTTO_BACKUP_PASSPHRASE, or asked) instead of a recovery key");
}

void add_import(CommandTable& table, CLI::App& backup) {
  const auto own = std::make_shared<RestoreOptions>();
  CLI::App& command = table.add(
      {"import", "Take your account up again on this new device, from an exported backup",
       "  sotto --server https://chat.example.org backup import alice /media/stick/alice.sotto\n"
       "  sotto --server https://chat.example.org backup import alice codes.txt --passphrase\n"
       "\nFor QR codes, put what they say into a text file, one a line, in any order.\n"},
      [own](const GlobalOptions& global, Console& console) { return run_restore(*own, global, console); }, &backup);
  add_restore_options(command, *own);
  command.add_option("FILE", own->file, "The file that `sotto backup export` wrote, or the codes")->required();
}

constexpr std::string_view reset_cost =
    "This gives your account a new identity. It cannot be undone, and it costs:\n"
    "  - no message from before can be read again, on any device\n"
    "  - your backup is deleted, and all your devices are signed out\n"
    "  - your contacts are told that your identity changed\n"
    "If you have another device, `sotto link` costs nothing. If you have your recovery key, `sotto backup restore` "
    "gives\nall back.\n";

std::expected<void, Failure> reset_identity(LocalClient& client, Console& console,
                                            const client::ResetIdentity& command) {
  if (const auto remembered = client.home().remember_server(client.server()); !remembered) return remembered;
  const auto signed_in = ask<client::SignedIn>(client.host(), command, engine_deadline());
  if (!signed_in) return std::unexpected(signed_in.error());
  catch_up(client.host());
  console.print(console.is_json() ? wire::to_json(*signed_in)
                                  : "Your account has a new identity, and this is its only device.");
  return {};
}

}  // namespace

void add_backup_commands(CommandTable& table) {
  CLI::App& backup = table.add({"backup", "Keep what opens your messages, so that they are there after a loss",
                                "  sotto backup create\n  sotto backup status\n  sotto backup restore alice\n"},
                               [](const GlobalOptions& global, Console& console) {
                                 ClientOptions options = global.client_options();
                                 options.network = Network::unused;
                                 return with_client(options, console,
                                                    [&](LocalClient& client) { return show_status(client, console); });
                               });
  add_create(table, backup);
  add_status(table, backup);
  add_restore(table, backup);
  add_delete(table, backup);
  add_export(table, backup);
  add_import(table, backup);
}

void add_reset_command(CommandTable& table) {
  struct Options {
    std::string name;
    bool yes = false;
  };
  const auto own = std::make_shared<Options>();
  CLI::App& command = table.add({"reset", "When everything is lost: give your account a new identity",
                                 "  sotto --server https://chat.example.org reset alice\n\n" + std::string(reset_cost)},
                                [own](const GlobalOptions& global, Console& console) {
                                  ClientOptions options = global.client_options();
                                  options.missing_home = MissingHome::is_created;
                                  if (const auto known = require_server(options); !known)
                                    return console.fail(known.error());
                                  if (!own->yes) {
                                    std::fputs(std::string(reset_cost).c_str(), stderr);
                                    const auto typed = ask_line("Type the account's name to go on: ");
                                    if (typed != own->name)
                                      return console.fail({.code = "cancelled", .text = "Nothing was changed."});
                                  }
                                  const auto password = ask_password(PasswordUse::existing);
                                  if (!password) return console.fail(password.error());
                                  return with_client(options, console, [&](LocalClient& client) {
                                    return reset_identity(client, console, {.name = own->name, .password = *password});
                                  });
                                });
  command.add_option("NAME", own->name, "Your account")->required();
  command.add_flag("--yes", own->yes, "Do not ask: the cost is known");
}

}  // namespace sotto::cli
