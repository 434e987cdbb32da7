#include "base/text_encoding.h"
#include "cli/commands/naming_messages.h"
#include "cli/console/local_time.h"
#include "wire/json.h"

namespace sotto::cli {
namespace {

struct PrivacyOptions {
  std::string presence;
  std::string receipts;
  std::string typing;
  std::vector<std::string> names;
  std::string name;
  bool off = false;
  unsigned timeout_seconds = 10;
};

std::optional<wire::Audience> audience(const std::string& word) {
  if (word.empty()) return std::nullopt;
  return word == "nobody" ? wire::Audience::nobody : wire::Audience::companions;
}

std::string word(wire::Audience audience) { return audience == wire::Audience::nobody ? "nobody" : "companions"; }

ExitCode run_privacy(const PrivacyOptions& own, const GlobalOptions& global, Console& console) {
  return with_client(global.client_options(), console, [&](LocalClient& client) -> std::expected<void, Failure> {
    const client::ChangePrivacy change{
        .presence = audience(own.presence), .read_receipts = audience(own.receipts), .typing = audience(own.typing)};
    const auto shown = ask<client::PrivacyShown>(client.host(), change, engine_deadline());
    if (!shown) return std::unexpected(shown.error());
    if (console.is_json()) {
      console.print(wire::to_json(shown->privacy));
      return {};
    }
    console.print("presence: " + word(shown->privacy.presence));
    console.print("read receipts: " + word(shown->privacy.read_receipts));
    console.print("typing: " + word(shown->privacy.typing));
    return {};
  });
}

std::string readable_presence(const client::PresenceChanged& presence) {
  if (presence.online) return presence.name + "  online";
  if (presence.last_seen.value == 0) return presence.name + "  not online";
  return presence.name + "  last online " + local_date_and_time(presence.last_seen);
}

ExitCode run_presence(const PrivacyOptions& own, const GlobalOptions& global, Console& console) {
  return with_client(global.client_options(), console, [&](LocalClient& client) -> std::expected<void, Failure> {
    Host& host = client.host();
    std::size_t told = 0;
    host.set_listener([&](const client::EventFrame& event) {
      if (print_security_event(event.event, console)) return;
      const auto* presence = std::get_if<client::PresenceChanged>(&event.event);
      if (presence == nullptr) return;
      ++told;
      console.print(console.is_json() ? wire::to_json(*presence) : readable_presence(*presence));
    });
    const auto watched = ask<client::Done>(host, client::WatchPresence{own.names}, engine_deadline());
    if (!watched) return std::unexpected(watched.error());
    host.run_until([&] { return told >= own.names.size(); },
                   std::chrono::steady_clock::now() + std::chrono::seconds(own.timeout_seconds));
    host.set_listener({});
    return {};
  });
}

ExitCode run_block(const PrivacyOptions& own, const GlobalOptions& global, Console& console) {
  return with_client(global.client_options(), console, [&](LocalClient& client) -> std::expected<void, Failure> {
    if (!own.name.empty()) {
      const auto done = ask<client::Done>(client.host(), client::BlockAccount{.name = own.name, .blocked = !own.off},
                                          engine_deadline());
      if (!done) return std::unexpected(done.error());
      return {};
    }
    const auto blocked = ask<client::BlockedAccounts>(client.host(), client::ListBlockedAccounts{}, engine_deadline());
    if (!blocked) return std::unexpected(blocked.error());
    if (console.is_json()) {
      console.print(wire::to_json(*blocked));
      return {};
    }
    for (const client::KnownAccount& account : blocked->accounts) {
      console.print(account.name.empty() ? to_hex(account.account.view()) : account.name);
    }
    return {};
  });
}

}  // namespace

void add_privacy_commands(CommandTable& table) {
  const auto own = std::make_shared<PrivacyOptions>();
  CLI::App& privacy =
      table.add({"privacy", "Show or set what others are shown of you",
                 "  sotto privacy\n  sotto privacy --read-receipts nobody\n"},
                [own](const GlobalOptions& global, Console& console) { return run_privacy(*own, global, console); });
  const CLI::IsMember words({"companions", "nobody"});
  privacy.add_option("--presence", own->presence, "Who sees whether you are online")->check(words);
  privacy.add_option("--read-receipts", own->receipts, "Who sees how far you have read")->check(words);
  privacy.add_option("--typing", own->typing, "Who sees that you are typing")->check(words);

  CLI::App& presence =
      table.add({"presence", "Show whether contacts are online", "  sotto presence bob carol\n"},
                [own](const GlobalOptions& global, Console& console) { return run_presence(*own, global, console); });
  presence.add_option("NAMES", own->names, "Whom")->required();
  presence.add_option("--timeout", own->timeout_seconds, "Seconds to wait for answers")->capture_default_str();

  CLI::App& block =
      table.add({"block", "Block an account, or list whom you have blocked",
                 "  sotto block mallory\n  sotto block mallory --off\n  sotto block\n"},
                [own](const GlobalOptions& global, Console& console) { return run_block(*own, global, console); });
  block.add_option("NAME", own->name, "Whom; without it the list");
  block.add_flag("--off", own->off, "Unblock");
}

}  // namespace sotto::cli
