#include "base/text_encoding.h"
#include "cli/commands/command.h"
#include "cli/host/asking.h"
#include "wire/json.h"

namespace sotto::cli {
namespace {

constexpr int sign_in_attempts = 3;
constexpr std::chrono::seconds sign_in_pause{1};

/// Asks again while the server says that it cannot at the moment: it does so too when an earlier process of this home
/// died with the same registration under way.
std::expected<client::SignedIn, Failure> ask_to_sign_in(Host& host, const client::Command& command) {
  auto answer = ask<client::SignedIn>(host, command, engine_deadline());
  for (int attempt = 1; attempt < sign_in_attempts; ++attempt) {
    if (answer || answer.error().code != "server_unavailable") break;
    host.run_until([] { return false; }, std::chrono::steady_clock::now() + sign_in_pause);
    answer = ask<client::SignedIn>(host, command, engine_deadline());
  }
  return answer;
}

/// `command` is RegisterAccount or LogIn.
std::expected<void, Failure> sign_in(LocalClient& client, Console& console, const client::Command& command) {
  // A process that dies before the answer must leave a home that knows where its account may be.
  if (!client.home().remembered_server()) {
    if (const auto remembered = client.home().remember_server(client.server()); !remembered) return remembered;
  }
  const auto signed_in = ask_to_sign_in(client.host(), command);
  if (!signed_in) return std::unexpected(signed_in.error());
  if (const auto remembered = client.home().remember_server(client.server()); !remembered) return remembered;
  // The rest of the sign-in (prekeys, what was missed) goes on for a moment, so that others can write at once.
  catch_up(client.host());
  console.print(console.is_json() ? wire::to_json(*signed_in) : "Signed in as " + signed_in->name + ".");
  return {};
}

void add_register(CommandTable& table) {
  struct Options {
    std::string name;
    bool passphrase = false;
  };
  const auto own = std::make_shared<Options>();
  CLI::App& command =
      table.add({"register", "Create an account on a server, with this home as its first device",
                 "  sotto --server http://127.0.0.1:7380 register alice\n"
                 "  SOTTO_PASSWORD=... sotto --home ./bot --server https://chat.example.org register echo-bot\n"
                 "  sotto --server https://chat.example.org register alice --passphrase\n"},
                [own](const GlobalOptions& global, Console& console) {
                  ClientOptions options = global.client_options();
                  options.missing_home = MissingHome::is_created;
                  if (own->passphrase) options.key_preference = KeyPreference::passphrase;
                  if (const auto known = require_server(options); !known) return console.fail(known.error());
                  const auto password = ask_password(PasswordUse::chosen_now);
                  if (!password) return console.fail(password.error());
                  return with_client(options, console, [&](LocalClient& client) {
                    return sign_in(client, console, client::RegisterAccount{.name = own->name, .password = *password});
                  });
                });
  command.add_option("NAME", own->name, "3 to 32 of a-z, 0-9, '.', '_' and '-', beginning with a letter")->required();
  command.add_flag("--passphrase", own->passphrase,
                   "Lock this home with a passphrase (SOTTO_PASSPHRASE, or asked at each start)");
}

void add_login(CommandTable& table) {
  const auto name = std::make_shared<std::string>();
  CLI::App& command = table.add(
      {"login", "Sign this device in again, after logout or a revoked session", "  sotto login alice\n"},
      [name](const GlobalOptions& global, Console& console) {
        const auto password = ask_password(PasswordUse::existing);
        if (!password) return console.fail(password.error());
        return with_client(global.client_options(), console, [&](LocalClient& client) -> std::expected<void, Failure> {
          if (const auto known = require_server(global.client_options()); !known) return known;
          return sign_in(client, console, client::LogIn{.name = *name, .password = *password});
        });
      });
  command.add_option("NAME", *name, "The account that this home belongs to")->required();
}

void add_logout(CommandTable& table) {
  table.add({"logout", "End this device's login; keys and messages stay here", "  sotto logout\n"},
            [](const GlobalOptions& global, Console& console) {
              return with_client(
                  global.client_options(), console, [&](LocalClient& client) -> std::expected<void, Failure> {
                    const auto done = ask<client::Done>(client.host(), client::LogOut{}, engine_deadline());
                    if (!done) return std::unexpected(done.error());
                    console.print(console.is_json() ? "{}" : "Logged out. Keys and messages stay in this home.");
                    return {};
                  });
            });
}

std::string_view words_for(client::LoginState state) {
  switch (state) {
    case client::LoginState::empty:
      return "no account";
    case client::LoginState::registering:
      return "registration not finished";
    case client::LoginState::logged_out:
      return "logged out";
    case client::LoginState::logged_in:
      return "logged in";
  }
  return "";
}

void add_whoami(CommandTable& table) {
  table.add({"whoami", "Show the account and device of this home", "  sotto whoami\n  sotto whoami --json\n"},
            [](const GlobalOptions& global, Console& console) {
              ClientOptions options = global.client_options();
              options.network = Network::unused;
              return with_client(options, console, [&](LocalClient& client) -> std::expected<void, Failure> {
                const auto identity = ask<client::Identity>(client.host(), client::WhoAmI{}, engine_deadline());
                if (!identity) return std::unexpected(identity.error());
                if (identity->state == client::LoginState::empty)
                  return std::unexpected(require_login(client.host()).error());
                if (console.is_json()) {
                  console.print(wire::to_json(*identity));
                  return {};
                }
                console.print(identity->name + " (" + std::string(words_for(identity->state)) + ")");
                console.print("account " + to_hex(identity->account.view()));
                console.print("device  " + to_hex(identity->device.view()));
                console.print("server  " + client.server());
                return {};
              });
            });
}

}  // namespace

void add_account_commands(CommandTable& table) {
  add_register(table);
  add_login(table);
  add_logout(table);
  add_whoami(table);
}

}  // namespace sotto::cli
