#include <algorithm>
#include <fstream>
#include <iterator>

#include "cli/commands/command.h"
#include "cli/console/local_time.h"
#include "cli/host/asking.h"
#include "cli/terminal/characters.h"
#include "wire/json.h"

namespace sotto::cli {
namespace {

using std::chrono::steady_clock;

std::string_view words_for(client::EntryStanding standing) {
  switch (standing) {
    case client::EntryStanding::known:
      return "known to this device";
    case client::EntryStanding::not_seen:
      return "in the chain; this device was not there";
    case client::EntryStanding::earlier_identity:
      return "before the account was reset";
    case client::EntryStanding::unexpected:
      return "NOT A LIST OF YOUR DEVICES";
  }
  return "";
}

/// An audit or comparison that found something; said on standard error and by the exit code.
Failure alarm(std::string code, const std::string& text) {
  return {ExitCode::refused_for_security, std::move(code), printable_text(text, LineBreaks::as_spaces)};
}

void print_audit(const client::TransparencyAudit& audit, Console& console) {
  if (console.is_json()) {
    console.print(wire::to_json(audit));
    return;
  }
  for (const client::AuditedEntry& entry : audit.entries) {
    const bool bad = entry.standing == client::EntryStanding::unexpected;
    console.print(local_date_and_time(entry.at) + "  list " + std::to_string(entry.version) + "  " +
                  console.shaded(words_for(entry.standing), bad ? Shade::bad : Shade::plain));
  }
  if (audit.sound) console.print(audit.text + " The log has " + std::to_string(audit.size) + " entries.");
}

std::expected<client::TransparencyAudit, Failure> audit(Host& host) {
  return ask<client::TransparencyAudit>(host, client::AuditTransparency{}, engine_deadline());
}

using Body = std::function<std::expected<void, Failure>(LocalClient&)>;

/// A command that needs a login.
ExitCode with_login(const GlobalOptions& global, Console& console, const Body& body) {
  return with_client(global.client_options(), console, [&](LocalClient& client) -> std::expected<void, Failure> {
    if (const auto identity = require_login(client.host()); !identity) return std::unexpected(identity.error());
    return body(client);
  });
}

void add_audit(CommandTable& table, CLI::App& parent) {
  table.add(
      {"audit", "Check the log's entries of your own account: every list of your devices that it holds",
       "  sotto transparency audit\n\nExit code 6 if the log holds a list that is not yours.\n"},
      [](const GlobalOptions& global, Console& console) {
        return with_login(global, console, [&](LocalClient& client) -> std::expected<void, Failure> {
          const auto result = audit(client.host());
          if (!result) return std::unexpected(result.error());
          print_audit(*result, console);
          if (!result->sound) return std::unexpected(alarm("unexpected_own_entry", result->text));
          return {};
        });
      },
      &parent);
}

struct MonitorOptions {
  double interval_seconds = 60;
  /// 0: without end.
  std::uint64_t count = 0;
};

/// One round: the audit and, if the log grew, its new checkpoint.
std::expected<void, Failure> watch(Host& host, Console& console, std::string& last_note) {
  const auto result = audit(host);
  if (!result) return std::unexpected(result.error());
  if (!result->sound) {
    print_audit(*result, console);
    return std::unexpected(alarm("unexpected_own_entry", result->text));
  }
  const auto status = ask<client::TransparencyStatus>(host, client::GetTransparency{}, engine_deadline());
  if (!status) return std::unexpected(status.error());
  if (status->note == std::exchange(last_note, status->note)) return {};
  const std::string line = console.is_json() ? wire::to_json(*status)
                                             : std::to_string(status->size) + " entries, " +
                                                   std::to_string(status->proven) + " device lists proven, " +
                                                   std::to_string(status->waiting) + " waiting; your own are all known";
  if (!console.print(line)) return std::unexpected(Failure{ExitCode::failed, "output_closed", "Nobody reads."});
  return {};
}

void add_monitor(CommandTable& table, CLI::App& parent) {
  const auto own = std::make_shared<MonitorOptions>();
  CLI::App& command = table.add(
      {"monitor",
       "Go on checking your own account and that the log only grows; ends with exit code 6 at the first alarm",
       "  sotto transparency monitor\n  sotto transparency monitor --interval 3600 --json\n"},
      [own](const GlobalOptions& global, Console& console) {
        return with_login(global, console, [&](LocalClient& client) -> std::expected<void, Failure> {
          std::string last_note;
          const auto pause =
              std::chrono::duration_cast<steady_clock::duration>(std::chrono::duration<double>(own->interval_seconds));
          for (std::uint64_t round = 1;; ++round) {
            const auto watched = watch(client.host(), console, last_note);
            // A server that is away for a while is no alarm.
            if (!watched && watched.error().exit != ExitCode::unreachable) return watched;
            if (round == own->count) return {};
            client.host().run_until([] { return false; }, steady_clock::now() + pause);
          }
        });
      },
      &parent);
  command.add_option("--interval", own->interval_seconds, "Seconds between two checks")->check(CLI::PositiveNumber);
  command.add_option("--count", own->count, "End after this many checks");
}

void add_checkpoint(CommandTable& table, CLI::App& parent) {
  table.add(
      {"checkpoint", "Print the newest checkpoint of the server's log that this device has seen, to give to others",
       "  sotto transparency checkpoint > mine.txt\n"},
      [](const GlobalOptions& global, Console& console) {
        return with_client(global.client_options(), console, [&](LocalClient& client) -> std::expected<void, Failure> {
          const auto status =
              ask<client::TransparencyStatus>(client.host(), client::GetTransparency{}, engine_deadline());
          if (!status) return std::unexpected(status.error());
          if (console.is_json()) {
            console.print(wire::to_json(*status));
            return {};
          }
          if (status->note.empty()) {
            return std::unexpected(
                Failure{ExitCode::failed, "no_checkpoint", "This device has seen no checkpoint yet."});
          }
          // The note ends in a newline, which printing adds.
          console.print(status->note.substr(0, status->note.size() - 1));
          return {};
        });
      },
      &parent);
}

std::expected<std::string, Failure> read_note(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string note{std::istreambuf_iterator<char>(file), {}};
  if (!file || note.size() > wire::max_checkpoint_size) {
    return std::unexpected(Failure{ExitCode::usage, "unreadable", "The checkpoint cannot be read: " + path});
  }
  return note;
}

void add_compare(CommandTable& table, CLI::App& parent) {
  const auto path = std::make_shared<std::string>();
  CLI::App& command = table.add(
      {"compare", "Compare your view of the server's log with the checkpoint of somebody else",
       "  sotto transparency compare theirs.txt\n\nExit code 6 if the server showed the two of you different logs.\n"},
      [path](const GlobalOptions& global, Console& console) {
        return with_login(global, console, [&](LocalClient& client) -> std::expected<void, Failure> {
          const auto note = read_note(*path);
          if (!note) return std::unexpected(note.error());
          const auto result = ask<client::CheckpointComparison>(client.host(), client::CompareCheckpoint{.note = *note},
                                                                engine_deadline());
          if (!result) return std::unexpected(result.error());
          if (console.is_json()) console.print(wire::to_json(*result));
          if (result->result != client::ViewComparison::consistent) {
            return std::unexpected(alarm("split_view", result->text));
          }
          if (!console.is_json()) console.print(result->text);
          return {};
        });
      },
      &parent);
  command.add_option("FILE", *path, "What `sotto transparency checkpoint` printed for the other one")->required();
}

}  // namespace

void add_transparency_commands(CommandTable& table) {
  CLI::App& parent = table.add(
      {"transparency", "Check the server's public log of device lists",
       "  sotto transparency audit\n  sotto transparency monitor\n  sotto transparency checkpoint > mine.txt\n"
       "  sotto transparency compare theirs.txt\n"},
      [](const GlobalOptions&, Console& console) {
        return console.fail({ExitCode::usage, "usage", "Say what: audit, monitor, checkpoint or compare."});
      });
  add_audit(table, parent);
  add_monitor(table, parent);
  add_checkpoint(table, parent);
  add_compare(table, parent);
}

}  // namespace sotto::cli
