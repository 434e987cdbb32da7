#include "cli/commands/link_commands.h"

#include <algorithm>

#include "base/text_encoding.h"
#include "cli/host/asking.h"
#include "cli/terminal/characters.h"
#include "cli/terminal/qr_drawing.h"
#include "cli/terminal/question.h"
#include "wire/json.h"

namespace sotto::cli {
namespace {

/// As long as a code may be taken, and a little more to hear that it no longer may.
constexpr std::chrono::minutes linking_patience{11};

std::string spaced(const std::string& digits) { return digits.substr(0, 3) + " " + digits.substr(3); }

void print_code(const client::LinkShown& shown, Console& console) {
  if (console.is_json()) {
    console.print(wire::to_json(shown));
    return;
  }
  const auto drawing = draw_qr(as_bytes(shown.code), console.has_colours() ? QrStyle::coloured : QrStyle::plain);
  if (drawing) console.print(*drawing);
  console.print("On a device that is signed in already, scan this, or run:\n\n  sotto devices add " + shown.code +
                "\n\nShow it to your own device only. It is valid for ten minutes.");
}

void print_step(const client::LinkProgress& progress, Console& console) {
  if (console.is_json()) {
    console.print(wire::to_json(progress));
  } else if (progress.step == client::LinkStep::compare) {
    console.print("\nYour other device took the code. Type these digits there, or compare them:\n\n  " +
                  spaced(progress.digits) + "\n");
  }
}

/// Waits for the steps of the linking; prints each.
std::expected<void, Failure> await_linking(LocalClient& client, Console& console) {
  // Shared with the listener, which hears events after this function has returned.
  const auto end = std::make_shared<std::optional<client::LinkProgress>>();
  client.host().set_listener([end, &console](const client::EventFrame& frame) {
    print_security_event(frame.event, console);
    const auto* progress = std::get_if<client::LinkProgress>(&frame.event);
    if (progress == nullptr) return;
    print_step(*progress, console);
    if (progress->step != client::LinkStep::compare) *end = *progress;
  });
  const auto shown =
      ask<client::LinkShown>(client.host(), client::BeginLinking{.server = client.server()}, engine_deadline());
  if (!shown) return std::unexpected(shown.error());
  print_code(*shown, console);
  client.host().run_until([&] { return end->has_value(); }, std::chrono::steady_clock::now() + linking_patience);
  if (*end && (*end)->step == client::LinkStep::joined) return {};
  return std::unexpected(
      Failure{.code = "linking_failed", .text = *end ? (*end)->text : std::string("The code was not used in time.")});
}

std::expected<void, Failure> link_device(LocalClient& client, Console& console) {
  // A process that dies on the way must leave a home that knows where its account is.
  if (const auto remembered = client.home().remember_server(client.server()); !remembered) return remembered;
  if (const auto linked = await_linking(client, console); !linked) return linked;
  catch_up(client.host());
  const auto identity = ask<client::Identity>(client.host(), client::WhoAmI{}, engine_deadline());
  if (!identity) return std::unexpected(identity.error());
  console.print(console.is_json() ? wire::to_json(*identity)
                                  : "This device belongs to " + identity->name + " now. Your messages follow.");
  return {};
}

/// What the user reads on the new device; that nobody stands in between shows in nothing else.
std::expected<std::string, Failure> ask_digits() {
  const auto typed = ask_line("Type the six digits that the new device shows (nothing to stop): ");
  const std::string digits = only_digits(typed.value_or(""));
  if (digits.empty()) return std::unexpected(Failure{.code = "cancelled", .text = "Nothing was added."});
  return digits;
}

std::expected<void, Failure> add_device(LocalClient& client, Console& console, const std::string& code) {
  if (const auto identity = require_login(client.host()); !identity) return std::unexpected(identity.error());
  const auto progress = ask<client::LinkProgress>(
      client.host(), client::AcceptLink{.code = code, .server = client.server()}, engine_deadline());
  if (!progress) return std::unexpected(progress.error());
  const auto digits = ask_digits();
  const bool same = digits && *digits == progress->digits;
  const auto done = ask<client::Done>(client.host(), client::ConfirmLink{.same = same}, engine_deadline());
  if (!digits) return std::unexpected(digits.error());
  if (!same) {
    return std::unexpected(Failure{ExitCode::refused_for_security, "digits_differ",
                                   "Those are not the digits of this linking, so nothing was added. If you typed what "
                                   "the new device shows, somebody stands in between. Begin again with a new code."});
  }
  if (!done) return std::unexpected(done.error());
  console.print(console.is_json() ? "{}" : "The device was added. It reads what it missed now.");
  return {};
}

/// The device whose id begins so.
std::expected<DeviceId, Failure> find_device(Host& host, const std::string& start) {
  const auto devices = ask<client::Devices>(host, client::ListDevices{.name = {}}, engine_deadline());
  if (!devices) return std::unexpected(devices.error());
  std::vector<DeviceId> found;
  for (const client::Device& device : devices->devices) {
    if (!start.empty() && to_hex(device.device.view()).starts_with(start)) found.push_back(device.device);
  }
  if (found.size() == 1) return found.front();
  return std::unexpected(Failure{ExitCode::usage, "unknown_device",
                                 found.empty() ? "You have no device of that id. See `sotto devices`."
                                               : "More than one device's id begins so. Give more of it."});
}

std::expected<void, Failure> remove_device(LocalClient& client, Console& console, const std::string& start) {
  if (const auto identity = require_login(client.host()); !identity) return std::unexpected(identity.error());
  const auto device = find_device(client.host(), start);
  if (!device) return std::unexpected(device.error());
  const auto done = ask<client::Done>(client.host(), client::RemoveDevice{.device = *device}, engine_deadline());
  if (!done) return std::unexpected(done.error());
  console.print(console.is_json() ? "{}"
                                  : "Removed. That device is signed out and gets no more messages; what is on it stays "
                                    "there.");
  return {};
}

}  // namespace

void add_link_command(CommandTable& table) {
  const auto passphrase = std::make_shared<bool>(false);
  CLI::App& command = table.add(
      {"link", "Make this a device of your account, with the help of one that is signed in",
       "  sotto --server https://chat.example.org link\n"
       "\nThen run `sotto devices add CODE` on the other device, with the code that is shown here.\n"},
      [passphrase](const GlobalOptions& global, Console& console) {
        ClientOptions options = global.client_options();
        options.missing_home = MissingHome::is_created;
        if (*passphrase) options.key_preference = KeyPreference::passphrase;
        if (const auto known = require_server(options); !known) return console.fail(known.error());
        return with_client(options, console, [&](LocalClient& client) { return link_device(client, console); });
      });
  command.add_flag("--passphrase", *passphrase,
                   "Lock this home with a passphrase (SOTTO_PASSPHRASE, or asked at each start)");
}

void add_device_changes(CommandTable& table, CLI::App& devices) {
  const auto code = std::make_shared<std::string>();
  CLI::App& adding = table.add(
      {"add", "Take a new device in: with the code that `sotto link` shows on it",
       "  sotto devices add sotto-link:ChNodHRwczov...\n"
       "\nThe new device then shows six digits; type them here. All your devices are told.\n"},
      [code](const GlobalOptions& global, Console& console) {
        return with_client(global.client_options(), console,
                           [&](LocalClient& client) { return add_device(client, console, *code); });
      },
      &devices);
  adding.add_option("CODE", *code, "The code that the new device shows")->required();
  const auto id = std::make_shared<std::string>();
  CLI::App& removing = table.add(
      {"remove", "Take a device off your account: it is signed out and gets no more messages",
       "  sotto devices remove 5d0c3a1f\n"
       "\nWhat is on that device stays there. If it was stolen, also change your password.\n"},
      [id](const GlobalOptions& global, Console& console) {
        return with_client(global.client_options(), console,
                           [&](LocalClient& client) { return remove_device(client, console, *id); });
      },
      &devices);
  removing.add_option("ID", *id, "The device's id as `sotto devices` shows it, or how it begins")->required();
}

}  // namespace sotto::cli
