#include "cli/commands/command.h"

#include "cli/host/asking.h"

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

}  // namespace sotto::cli
