// `sotto`: the engine in a terminal.

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <string_view>
#include <sys/stat.h>

#include "cli/commands/command.h"

namespace {

using sotto::cli::CommandTable;
using sotto::cli::Console;
using sotto::cli::ExitCode;
using sotto::cli::GlobalOptions;
using sotto::cli::OutputForm;

constexpr const char* closing_words =
    "\nExamples:\n"
    "  sotto --server http://127.0.0.1:7380 register alice\n"
    "  sotto send bob \"See you at eight\"\n"
    "  sotto listen --json --count 1 --timeout 60\n"
    "  sotto chat bob\n"
    "\nEnvironment: SOTTO_HOME, SOTTO_SERVER, SOTTO_PASSWORD, SOTTO_PASSPHRASE, SOTTO_RECOVERY_KEY,\n"
    "             SOTTO_BACKUP_PASSPHRASE, NO_COLOR\n"
    "Exit codes: 0 done, 1 failed, 2 usage, 3 not registered or logged in, 4 time is up, 5 server not reachable,\n"
    "            6 refused for security\n";

void add_global_options(CLI::App& app, GlobalOptions& options) {
  app.add_option("--home", options.home, "Directory of this device (default: ~/.local/share/sotto)")
      ->envname("SOTTO_HOME");
  app.add_option("--server", options.server, "Address of the server; remembered after register and login")
      ->envname("SOTTO_SERVER");
  app.add_option("--certificate-authorities", options.authorities_file,
                 "PEM file of the authorities to trust instead of the system's");
  app.add_flag("--allow-unencrypted", options.plain_everywhere,
               "Allow http:// to other machines, for a network that is encrypted otherwise");
  app.add_flag("--json", options.json, "Print JSON, errors too");
}

ExitCode run(int argument_count, char** arguments) {
  CLI::App app("End-to-end encrypted messages from the command line.", "sotto");
  app.set_version_flag("--version", SOTTO_VERSION);
  app.footer(closing_words);
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  GlobalOptions options;
  add_global_options(app, options);
  CommandTable table(app);
  sotto::cli::add_account_commands(table);
  sotto::cli::add_device_commands(table);
  sotto::cli::add_link_command(table);
  sotto::cli::add_backup_commands(table);
  sotto::cli::add_reset_command(table);
  sotto::cli::add_group_commands(table);
  sotto::cli::add_send_command(table);
  sotto::cli::add_message_commands(table);
  sotto::cli::add_keeping_commands(table);
  sotto::cli::add_privacy_commands(table);
  sotto::cli::add_listen_command(table);
  sotto::cli::add_history_commands(table);
  sotto::cli::add_search_command(table);
  sotto::cli::add_verify_command(table);
  sotto::cli::add_transparency_commands(table);
  sotto::cli::add_chat_command(table);
  sotto::cli::add_rpc_command(table);
  sotto::cli::add_schema_command(table);
  sotto::cli::add_completion_command(table);
  try {
    app.parse(argument_count, arguments);
  } catch (const CLI::Success& success) {
    app.exit(success);
    return ExitCode::done;
  } catch (const CLI::ParseError& error) {
    // Parsing may have ended before it came to the flag.
    const bool wants_json = std::any_of(arguments, arguments + argument_count,
                                        [](std::string_view argument) { return argument == "--json"; });
    Console console(wants_json ? OutputForm::json : OutputForm::text);
    return console.fail(
        {ExitCode::usage, "usage", std::string(error.what()) + " Run with --help for more information."});
  }
  Console console(options.json ? OutputForm::json : OutputForm::text);
  if (options.home.empty()) options.home = sotto::cli::default_home_directory();
  if (options.home.empty())
    return console.fail({ExitCode::usage, "home_missing", "Where? Give --home DIR or set SOTTO_HOME."});
  return (*table.chosen())(options, console);
}

}  // namespace

int main(int argument_count, char** arguments) {
  // Everything that this program writes is its user's alone.
  ::umask(077);
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return static_cast<int>(run(argument_count, arguments));
  } catch (const std::exception& unexpected) {
    // Only libraries throw, and what they throw here (no memory, no threads) leaves nothing to do.
    std::fprintf(stderr, "sotto: %s\n", unexpected.what());
    return static_cast<int>(ExitCode::failed);
  }
}
