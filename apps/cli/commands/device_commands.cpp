#include "base/text_encoding.h"
#include "cli/commands/command.h"
#include "cli/commands/link_commands.h"
#include "cli/commands/naming_messages.h"
#include "cli/console/local_time.h"
#include "cli/host/asking.h"
#include "cli/terminal/characters.h"
#include "wire/json.h"

namespace sotto::cli {
namespace {

void print_devices(const client::Devices& devices, Console& console) {
  if (console.is_json()) {
    console.print(wire::to_json(devices));
    return;
  }
  for (const client::Device& device : devices.devices) {
    std::string line = to_hex(device.device.view());
    if (!device.name.empty()) line += "  " + printable_text(device.name, LineBreaks::as_spaces);
    line += "  added " + local_date_and_time(device.added_at);
    if (device.last_seen.value != 0) line += "  last seen " + local_date_and_time(device.last_seen);
    console.print(line + (device.current ? "  (this device)" : ""));
  }
}

void print_logins(const client::Logins& logins, Console& console) {
  if (console.is_json()) {
    console.print(wire::to_json(logins));
    return;
  }
  for (const client::Login& login : logins.logins) {
    console.print(to_hex(login.login.view()) + "  since " + local_date_and_time(login.created_at) + "  last used " +
                  local_date_and_time(login.last_used_at) + (login.current ? "  (this one)" : ""));
  }
}

ExitCode revoke(const GlobalOptions& global, Console& console, const std::string& id) {
  const auto octets = from_hex(id);
  const auto login = octets ? LoginId::from(*octets) : std::nullopt;
  if (!login) {
    return console.fail(
        {ExitCode::usage, "invalid_id", "A session's id is 32 hexadecimal digits, as `sotto sessions` shows it."});
  }
  return with_client(global.client_options(), console, [&](LocalClient& client) -> std::expected<void, Failure> {
    if (const auto identity = require_login(client.host()); !identity) return std::unexpected(identity.error());
    const auto done = ask<client::Done>(client.host(), client::RevokeLogin{.login = *login}, engine_deadline());
    if (!done) return std::unexpected(done.error());
    console.print(console.is_json() ? "{}" : "Revoked.");
    return {};
  });
}

std::optional<DeviceId> device_of(const std::string& id, Host& host) {
  if (id == "this") {
    const auto identity = ask<client::Identity>(host, client::WhoAmI{}, engine_deadline());
    return identity ? std::optional(identity->device) : std::nullopt;
  }
  const auto octets = from_hex(id);
  return octets ? DeviceId::from(*octets) : std::nullopt;
}

struct Naming {
  std::string id;
  std::string name;
};

ExitCode name_device(const Naming& own, const GlobalOptions& global, Console& console) {
  return with_client(global.client_options(), console, [&](LocalClient& client) -> std::expected<void, Failure> {
    if (const auto identity = require_login(client.host()); !identity) return std::unexpected(identity.error());
    const auto device = device_of(own.id, client.host());
    if (!device) {
      return std::unexpected(Failure{ExitCode::usage, "invalid_id",
                                     "A device's id is 32 hexadecimal digits, as `sotto devices` shows it."});
    }
    return carry_out<client::Done>(client.host(), client::NameDevice{.device = *device, .name = own.name});
  });
}

void add_device_naming(CommandTable& table, CLI::App& devices) {
  const auto own = std::make_shared<Naming>();
  CLI::App& naming = table.add(
      {"name", "Name one of your devices, for yourself", "  sotto devices name this \"Laptop at work\"\n"},
      [own](const GlobalOptions& global, Console& console) { return name_device(*own, global, console); }, &devices);
  naming.add_option("ID", own->id, "The device's id, or this")->required();
  naming.add_option("NAME", own->name, "Its name; none forgets it");
}

void add_devices(CommandTable& table) {
  const auto name = std::make_shared<std::string>();
  CLI::App& command = table.add(
      {"devices", "List the devices that an account vouches for, add one, or remove one",
       "  sotto devices\n  sotto devices bob --json\n  sotto devices add CODE\n  sotto devices remove ID\n"},
      [name](const GlobalOptions& global, Console& console) {
        return with_client(global.client_options(), console, [&](LocalClient& client) -> std::expected<void, Failure> {
          if (const auto identity = require_login(client.host()); !identity) return std::unexpected(identity.error());
          const auto devices = ask<client::Devices>(
              client.host(), client::ListDevices{.name = *name, .with_last_seen = name->empty()}, engine_deadline());
          if (!devices) return std::unexpected(devices.error());
          print_devices(*devices, console);
          return {};
        });
      });
  command.add_option("NAME", *name, "Another account; your own if left out");
  CLI::App& listing = table.add({"list", "List the devices that an account vouches for", ""},
                                CommandBody(table.body_of(command)), &command);
  listing.add_option("NAME", *name, "Another account; your own if left out");
  add_device_changes(table, command);
  add_device_naming(table, command);
}

void add_sessions(CommandTable& table) {
  CLI::App& command = table.add(
      {"sessions", "List the open logins of your account, or revoke one",
       "  sotto sessions\n  sotto sessions revoke 5d0c3a1f9b7e42868a14c0ffee123456\n"},
      [](const GlobalOptions& global, Console& console) {
        return with_client(global.client_options(), console, [&](LocalClient& client) -> std::expected<void, Failure> {
          if (const auto identity = require_login(client.host()); !identity) return std::unexpected(identity.error());
          const auto logins = ask<client::Logins>(client.host(), client::ListLogins{}, engine_deadline());
          if (!logins) return std::unexpected(logins.error());
          print_logins(*logins, console);
          return {};
        });
      });
  table.add({"list", "List the open logins of your account", ""}, table.body_of(command), &command);
  const auto id = std::make_shared<std::string>();
  CLI::App& revoking = table.add(
      {"revoke", "End a login: its tokens and connections die at once",
       "  sotto sessions revoke 5d0c3a1f9b7e42868a14c0ffee123456\n"},
      [id](const GlobalOptions& global, Console& console) { return revoke(global, console, *id); }, &command);
  revoking.add_option("ID", *id, "The session's id, as `sotto sessions` shows it")->required();
}

}  // namespace

void add_device_commands(CommandTable& table) {
  add_devices(table);
  add_sessions(table);
}

}  // namespace sotto::cli
