#include <algorithm>

#include "base/text_encoding.h"
#include "cli/commands/command.h"
#include "cli/commands/conversation_list.h"
#include "cli/commands/message_line.h"
#include "cli/console/local_time.h"
#include "cli/host/asking.h"
#include "cli/terminal/characters.h"
#include "wire/json.h"

namespace sotto::cli {
namespace {

struct HistoryOptions {
  std::string with;
  /// 0: all.
  std::uint64_t limit = 0;
  bool offline = false;
};

constexpr std::uint32_t history_page_size = 200;

/// Fetches what the server has for this device first, so that the answer is complete; says so where it is not.
void refresh(LocalClient& client, Console& console) {
  if (client.server().empty() || catch_up(client.host())) return;
  const std::string text = unreachable_failure(client.host()).text + ". This is what this home knows.";
  console.notice({.code = "offline", .text = text});
}

/// The newest `limit` messages, oldest first.
std::expected<std::vector<client::TimelineMessage>, Failure> read_newest(Host& host, const HistoryOptions& options) {
  std::vector<client::TimelineMessage> newest_first;
  client::ReadHistory request{
      .with = options.with, .conversation = {}, .before = {}, .after = {}, .limit = history_page_size};
  while (true) {
    const auto page = ask<client::History>(host, request, engine_deadline());
    if (!page) return std::unexpected(page.error());
    newest_first.insert(newest_first.end(), page->messages.rbegin(), page->messages.rend());
    const bool enough = options.limit > 0 && newest_first.size() >= options.limit;
    if (enough) newest_first.resize(options.limit);
    if (enough || !page->more || page->messages.empty()) break;
    request.before = page->messages.front().seq;
  }
  std::reverse(newest_first.begin(), newest_first.end());
  return newest_first;
}

ExitCode show_history(const HistoryOptions& own, const GlobalOptions& global, Console& console) {
  ClientOptions options = global.client_options();
  if (own.offline) options.network = Network::unused;
  return with_client(options, console, [&](LocalClient& client) -> std::expected<void, Failure> {
    if (!own.offline && require_login(client.host())) refresh(client, console);
    const auto messages = read_newest(client.host(), own);
    if (!messages) return std::unexpected(messages.error());
    for (const client::TimelineMessage& message : *messages) {
      if (!console.print(console.is_json() ? wire::to_json(message_line(message)) : readable_line(message, console)))
        break;
    }
    return {};
  });
}

std::string name_of(const client::ConversationSummary& summary) {
  if (!summary.title.empty()) return "#" + summary.title;
  return summary.peer_name.empty() ? to_hex(summary.peer.view()) : summary.peer_name;
}

std::string readable_summary(const client::ConversationSummary& summary, const Console& console) {
  std::string line = console.shaded(name_of(summary), Shade::strong);
  if (summary.verification == client::Verification::verified) line += " " + console.shaded("verified", Shade::good);
  if (summary.verification == client::Verification::changed)
    line += " " + console.shaded("identity changed", Shade::bad);
  if (summary.pinned) line += "  pinned";
  if (summary.archived) line += "  archived";
  if (summary.muted_until.value != 0) line += "  muted";
  if (summary.marked_unread) line += "  marked unread";
  if (!summary.draft.empty()) line += "  draft";
  if (summary.unread > 0) line += "  " + std::to_string(summary.unread) + " unread";
  if (summary.pending > 0) line += "  " + std::to_string(summary.pending) + " waiting";
  if (summary.last_message) {
    line += "  " + console.shaded(local_date_and_time(summary.last_activity), Shade::dim) + "  " +
            printable_text(shown_text(*summary.last_message), LineBreaks::as_spaces);
  }
  return line;
}

ExitCode show_conversations(bool offline, const GlobalOptions& global, Console& console) {
  ClientOptions options = global.client_options();
  if (offline) options.network = Network::unused;
  return with_client(options, console, [&](LocalClient& client) -> std::expected<void, Failure> {
    if (!offline && require_login(client.host())) refresh(client, console);
    const auto list = list_conversations(client.host());
    if (!list) return std::unexpected(list.error());
    if (console.is_json()) {
      console.print(wire::to_json(client::ConversationList{.conversations = *list, .more = false}));
      return {};
    }
    for (const auto& summary : *list) console.print(readable_summary(summary, console));
    return {};
  });
}

}  // namespace

void add_history_commands(CommandTable& table) {
  const auto own = std::make_shared<HistoryOptions>();
  CLI::App& history =
      table.add({"history", "Print the conversation with an account, oldest message first",
                 "  sotto history bob\n"
                 "  sotto history bob --limit 20\n"
                 "  sotto history bob --json | jq -r .text\n\n"
                 "With --json each line is an object, as `sotto listen --help` describes it; own messages have the "
                 "state pending,\n"
                 "sent, delivered, read or failed, and seq 0 until the server has them.\n"},
                [own](const GlobalOptions& global, Console& console) { return show_history(*own, global, console); });
  history.add_option("NAME", own->with, "The other account")->required();
  history.add_option("--limit", own->limit, "Only the newest so many messages");
  history.add_flag("--offline", own->offline, "Show what this home knows, without asking the server");

  const auto offline = std::make_shared<bool>(false);
  CLI::App& conversations = table.add({"conversations", "List your conversations, newest activity first",
                                       "  sotto conversations\n  sotto conversations --json\n"},
                                      [offline](const GlobalOptions& global, Console& console) {
                                        return show_conversations(*offline, global, console);
                                      });
  conversations.add_flag("--offline", *offline, "Show what this home knows, without asking the server");
}

}  // namespace sotto::cli
