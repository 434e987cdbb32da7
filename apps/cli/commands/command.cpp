#include "cli/commands/command.h"

#include "cli/host/asking.h"
#include "cli/terminal/secret_prompt.h"

namespace sotto::cli {

ClientOptions GlobalOptions::client_options() const {
  return {.home = home,
          .server = server,
          .authorities_file = authorities_file,
          .plain = plain_everywhere ? transport::PlainStreams::everywhere : transport::PlainStreams::to_this_machine};
}

CLI::App& CommandTable::add(const Words& words, CommandBody body, CLI::App* parent) {
  CLI::App& command = *(parent == nullptr ? &app_ : parent)->add_subcommand(words.name, words.summary);
  command.fallthrough();
  if (!words.examples.empty()) command.footer("\nExamples:\n" + words.examples);
  bodies_.emplace(&command, std::move(body));
  return command;
}

const CommandBody* CommandTable::chosen() const {
  const CLI::App* innermost = &app_;
  while (!innermost->get_subcommands().empty()) innermost = innermost->get_subcommands().front();
  const auto found = bodies_.find(innermost);
  return found == bodies_.end() ? nullptr : &found->second;
}

ExitCode with_client(const ClientOptions& options, Console& console,
                     const std::function<std::expected<void, Failure>(LocalClient&)>& body) {
  auto client = LocalClient::open(options, console);
  if (!client) return console.fail(client.error());
  (*client)->host().set_listener([&](const client::EventFrame& event) { print_security_event(event.event, console); });
  const auto outcome = body(**client);
  return outcome ? ExitCode::done : console.fail(outcome.error());
}

std::expected<void, Failure> require_server(const ClientOptions& options) {
  if (!options.server.empty() || Home(options.home).remembered_server()) return {};
  return std::unexpected(Failure{ExitCode::usage, "server_missing",
                                 "Which server? Give --server URL or set SOTTO_SERVER, for example "
                                 "--server http://127.0.0.1:7380"});
}

std::expected<std::string, Failure> ask_password(PasswordUse use) {
  auto password = secret_from_environment("SOTTO_PASSWORD");
  if (!password && use == PasswordUse::existing) password = ask_secret("Password: ");
  if (!password && use == PasswordUse::chosen_now) password = ask_new_secret("Choose a password: ");
  if (password) return std::string(as_text(password->reveal()));
  return std::unexpected(
      Failure{ExitCode::usage, "password_missing", "A password is needed: set SOTTO_PASSWORD or run in a terminal."});
}

}  // namespace sotto::cli
