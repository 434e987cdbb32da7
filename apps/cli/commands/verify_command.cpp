#include "cli/commands/command.h"
#include "cli/host/asking.h"
#include "cli/terminal/characters.h"
#include "cli/terminal/qr_drawing.h"
#include "wire/json.h"

namespace sotto::cli {
namespace {

struct VerifyOptions {
  std::string name;
  std::string digits;
  bool confirm = false;
  bool withdraw = false;
};

constexpr std::size_t group_size = 5;
constexpr std::size_t groups_per_line = 4;

/// Groups of five, four to a line.
std::string grouped(std::string_view digits) {
  std::string text;
  for (std::size_t start = 0; start < digits.size(); start += group_size) {
    const std::size_t group = start / group_size;
    if (group > 0) text += group % groups_per_line == 0 ? "\n" : " ";
    if (group % groups_per_line == 0) text += "  ";
    text += digits.substr(start, group_size);
  }
  return text;
}

std::string_view words_for(client::Verification verification) {
  switch (verification) {
    case client::Verification::unverified:
      return "not verified yet";
    case client::Verification::verified:
      return "verified";
    case client::Verification::changed:
      return "the identity changed after you verified it; nothing is sent until you decide";
  }
  return "";
}

void print_number(const VerifyOptions& options, const client::SafetyNumber& number, Console& console) {
  if (console.is_json()) {
    console.print(wire::to_json(number));
    return;
  }
  console.print("Your safety number with " + options.name + " (" + std::string(words_for(number.verification)) +
                "):\n");
  console.print(grouped(number.digits) + "\n");
  if (options.confirm || options.withdraw) return;
  const auto drawing = draw_qr(number.qr, console.has_colours() ? QrStyle::coloured : QrStyle::plain);
  if (drawing) console.print(*drawing);
  console.print("Compare it with " + options.name +
                " when you meet, or on a call where you know the voice. If both of\n"
                "you see the same digits, nobody stands in between:\n\n  sotto verify " +
                options.name + " --confirm");
}

std::expected<client::SafetyNumber, Failure> set_verified(Host& host, const VerifyOptions& options) {
  std::string digits = only_digits(options.digits);
  if (options.confirm && digits.empty()) {
    // Confirms what is shown now; whoever changes the identity in between is found out.
    const auto current =
        ask<client::SafetyNumber>(host, client::GetSafetyNumber{.name = options.name}, engine_deadline());
    if (!current) return current;
    digits = current->digits;
  }
  return ask<client::SafetyNumber>(
      host,
      client::SetVerified{.name = options.name, .verified = options.confirm, .digits = options.confirm ? digits : ""},
      engine_deadline());
}

ExitCode verify(const VerifyOptions& options, const GlobalOptions& global, Console& console) {
  return with_client(global.client_options(), console, [&](LocalClient& client) -> std::expected<void, Failure> {
    if (const auto identity = require_login(client.host()); !identity) return std::unexpected(identity.error());
    const bool changes = options.confirm || options.withdraw;
    const auto number = changes ? set_verified(client.host(), options)
                                : ask<client::SafetyNumber>(
                                      client.host(), client::GetSafetyNumber{.name = options.name}, engine_deadline());
    if (!number) return std::unexpected(number.error());
    print_number(options, *number, console);
    return {};
  });
}

}  // namespace

void add_verify_command(CommandTable& table) {
  const auto own = std::make_shared<VerifyOptions>();
  CLI::App& command =
      table.add({"verify", "Show the safety number that you and another account share, and record that you compared it",
                 "  sotto verify bob\n"
                 "  sotto verify bob --confirm\n"
                 "  sotto verify bob --confirm --digits \"12345 67890 ...\"\n"
                 "  sotto verify bob --withdraw\n"},
                [own](const GlobalOptions& global, Console& console) { return verify(*own, global, console); });
  command.add_option("NAME", own->name, "The other account")->required();
  auto* confirm = command.add_flag("--confirm", own->confirm, "You have compared the number, and it is the same");
  command.add_flag("--withdraw", own->withdraw, "Take a verification back")->excludes(confirm);
  command.add_option("--digits", own->digits, "The digits that you compared; refused if they are not the current ones")
      ->needs(confirm);
}

}  // namespace sotto::cli
