#include <chrono>

#include "cli/commands/command.h"
#include "cli/commands/message_line.h"
#include "cli/host/asking.h"
#include "wire/json.h"

namespace sotto::cli {
namespace {

struct SearchOptions {
  std::vector<std::string> words;
  std::string with;
  std::string sender;
  std::string from;
  std::string to;
  std::uint32_t limit = 0;
};

/// Midnight of YYYY-MM-DD in the person's time zone.
std::optional<UnixMillis> start_of_day(const std::string& text) {
  std::tm day{};
  const char* const end = ::strptime(text.c_str(), "%Y-%m-%d", &day);
  if (end == nullptr || *end != '\0') return std::nullopt;
  day.tm_isdst = -1;
  const std::time_t seconds = std::mktime(&day);
  if (seconds < 0) return std::nullopt;
  return UnixMillis{static_cast<std::uint64_t>(seconds) * 1'000};
}

/// Midnight of the day after.
std::optional<UnixMillis> end_of_day(const std::string& text) {
  std::tm day{};
  const char* const end = ::strptime(text.c_str(), "%Y-%m-%d", &day);
  if (end == nullptr || *end != '\0') return std::nullopt;
  ++day.tm_mday;
  day.tm_isdst = -1;
  const std::time_t seconds = std::mktime(&day);
  if (seconds < 0) return std::nullopt;
  return UnixMillis{static_cast<std::uint64_t>(seconds) * 1'000};
}

std::expected<client::SearchMessages, Failure> request_of(const SearchOptions& options) {
  client::SearchMessages request;
  for (const std::string& word : options.words) request.words += (request.words.empty() ? "" : " ") + word;
  request.with = options.with;
  request.sender = options.sender;
  request.limit = options.limit;
  const Failure bad_date{ExitCode::usage, "invalid_date", "A date is written like 2026-11-21."};
  if (!options.from.empty()) {
    const auto from = start_of_day(options.from);
    if (!from) return std::unexpected(bad_date);
    request.from = *from;
  }
  if (!options.to.empty()) {
    const auto until = end_of_day(options.to);
    if (!until) return std::unexpected(bad_date);
    request.until = *until;
  }
  return request;
}

/// The message with what was found shown strongly.
std::string highlighted(const client::FoundMessage& found, const Console& console) {
  if (!console.has_colours()) return readable_line(found.message, console);
  client::TimelineMessage message = found.message;
  const std::string plain = readable_line(message, console);
  const std::size_t at = plain.find(message.text);
  if (message.text.empty() || at == std::string::npos) return plain;
  std::string shown;
  std::size_t end = 0;
  for (const client::Highlight& part : found.highlights) {
    shown += message.text.substr(end, part.start - end);
    shown += console.shaded(message.text.substr(part.start, part.size), Shade::strong);
    end = part.start + part.size;
  }
  shown += message.text.substr(end);
  return plain.substr(0, at) + shown + plain.substr(at + message.text.size());
}

ExitCode search(const SearchOptions& own, const GlobalOptions& global, Console& console) {
  const auto request = request_of(own);
  if (!request) return console.fail(request.error());
  ClientOptions options = global.client_options();
  options.network = Network::unused;
  return with_client(options, console, [&](LocalClient& client) -> std::expected<void, Failure> {
    const auto found = ask<client::Found>(client.host(), *request, engine_deadline());
    if (!found) return std::unexpected(found.error());
    for (const client::FoundMessage& one : found->messages) {
      if (!console.print(console.is_json() ? wire::to_json(one) : highlighted(one, console))) return {};
    }
    if (found->more && !console.is_json()) console.print("There are older ones; narrow the search or raise --limit.");
    return {};
  });
}

}  // namespace

void add_search_command(CommandTable& table) {
  const auto own = std::make_shared<SearchOptions>();
  CLI::App& command =
      table.add({"search", "Look for messages on this device, newest first; the server is not asked",
                 "  sotto search dinner friday\n"
                 "  sotto search müller --with bob --from 2026-11-01 --to 2026-11-30\n"
                 "  sotto search --sender bob --limit 20 --json\n\n"
                 "Each word finds the words that it begins; all of them must be there. Case and accents do not count, "
                 "and \"mueller\"\n"
                 "or \"muller\" find \"Müller\". With --json each line is an object with the message and where the "
                 "words stand in its\n"
                 "text, in octets.\n"},
                [own](const GlobalOptions& global, Console& console) { return search(*own, global, console); });
  command.add_option("WORDS", own->words, "What to look for; nothing finds everything that the options allow");
  command.add_option("--with", own->with, "Only in the conversation with this account");
  command.add_option("--sender", own->sender, "Only what this account wrote");
  command.add_option("--from", own->from, "Only from this day on (YYYY-MM-DD)");
  command.add_option("--to", own->to, "Only up to and including this day (YYYY-MM-DD)");
  command.add_option("--limit", own->limit, "At most so many, up to 200 (default 50)");
}

}  // namespace sotto::cli
