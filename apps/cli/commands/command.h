#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <map>
#include <string>

#include "cli/console/console.h"
#include "cli/host/local_client.h"

namespace sotto::cli {

/// What stands on the command line besides the command and its own options.
struct GlobalOptions {
  std::string home;
  std::string server;
  std::string authorities_file;
  bool plain_everywhere = false;
  bool json = false;

  /// The options of a client for a home that exists and a server that is used.
  [[nodiscard]] ClientOptions client_options() const;
};

/// Carries a command out. Runs once, after the whole command line was read.
using CommandBody = std::function<ExitCode(const GlobalOptions&, Console&)>;

/// The commands that the command line knows, each with what it does.
class CommandTable {
 public:
  explicit CommandTable(CLI::App& app) : app_(app) {}

  struct Words {
    std::string name;
    std::string summary;
    /// Printed below the options.
    std::string examples;
  };
  /// Adds a command below `parent` (the program itself if null). The caller adds options to the result.
  CLI::App& add(const Words& words, CommandBody body, CLI::App* parent = nullptr);

  /// What `command`, which `add` gave, does.
  [[nodiscard]] const CommandBody& body_of(const CLI::App& command) const { return bodies_.at(&command); }

  /// What the innermost command that was named does; null if none was.
  [[nodiscard]] const CommandBody* chosen() const;

  [[nodiscard]] CLI::App& app() { return app_; }

 private:
  CLI::App& app_;
  std::map<const CLI::App*, CommandBody> bodies_;
};

/// Opens the home, wires security notices to the console and runs `body` on it.
ExitCode with_client(const ClientOptions& options, Console& console,
                     const std::function<std::expected<void, Failure>(LocalClient&)>& body);

/// Fails if no server is named and none is remembered: before anything is created for it.
[[nodiscard]] std::expected<void, Failure> require_server(const ClientOptions& options);

/// Whether a password exists already or is being chosen.
enum class PasswordUse : std::uint8_t { existing, chosen_now };
/// From SOTTO_PASSWORD, or asked at the terminal.
[[nodiscard]] std::expected<std::string, Failure> ask_password(PasswordUse use);

// One function per file of this folder; each adds the commands that the file is named after.
void add_account_commands(CommandTable& table);
void add_device_commands(CommandTable& table);
void add_link_command(CommandTable& table);
void add_backup_commands(CommandTable& table);
void add_reset_command(CommandTable& table);
void add_group_commands(CommandTable& table);
void add_send_command(CommandTable& table);
void add_message_commands(CommandTable& table);
void add_keeping_commands(CommandTable& table);
void add_privacy_commands(CommandTable& table);
void add_listen_command(CommandTable& table);
void add_history_commands(CommandTable& table);
void add_search_command(CommandTable& table);
void add_transparency_commands(CommandTable& table);
void add_verify_command(CommandTable& table);
void add_chat_command(CommandTable& table);
void add_rpc_command(CommandTable& table);
void add_schema_command(CommandTable& table);
void add_completion_command(CommandTable& table);

}  // namespace sotto::cli
