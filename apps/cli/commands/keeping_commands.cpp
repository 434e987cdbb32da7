#include <algorithm>

#include "base/text_encoding.h"
#include "cli/commands/naming_groups.h"
#include "cli/commands/naming_messages.h"
#include "cli/console/local_time.h"
#include "cli/terminal/characters.h"
#include "cli/terminal/question.h"
#include "wire/json.h"

namespace sotto::cli {
namespace {

struct KeepingOptions {
  std::string with;
  std::string words;
  bool off = false;
};

using KeepingAct = std::expected<void, Failure> (*)(Host&, Console&, const KeepingOptions&,
                                                    const client::ConversationSummary&);

/// Finds the conversation and does something about it.
CommandBody on_conversation(std::shared_ptr<KeepingOptions> own, KeepingAct act) {
  return [own, act](const GlobalOptions& global, Console& console) {
    return with_client(global.client_options(), console, [&](LocalClient& client) -> std::expected<void, Failure> {
      const auto conversation = open_conversation(client.host(), own->with);
      if (!conversation) return std::unexpected(conversation.error());
      return act(client.host(), console, *own, *conversation);
    });
  };
}

std::expected<void, Failure> bad_time(const std::string& words) {
  return std::unexpected(Failure{
      ExitCode::usage, "usage",
      "'" + printable_text(words, LineBreaks::as_spaces) + "' is no time. Write it as 90s, 10m, 8h, 7d or 4w."});
}

std::expected<void, Failure> keep(Host& host, wire::ConversationSetting setting) {
  return carry_out<client::Done>(host, client::KeepConversation{std::move(setting)});
}

wire::ConversationSetting setting_of(const client::ConversationSummary& conversation) {
  wire::ConversationSetting setting;
  setting.conversation = conversation.conversation;
  return setting;
}

UnixMillis from_now(std::uint64_t milliseconds) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto present = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  return {static_cast<std::uint64_t>(present) + milliseconds};
}

std::expected<void, Failure> mute(Host& host, Console&, const KeepingOptions& own,
                                  const client::ConversationSummary& conversation) {
  wire::ConversationSetting setting = setting_of(conversation);
  const auto span = milliseconds_in(own.words);
  if (!own.words.empty() && !span) return bad_time(own.words);
  setting.muted_until = own.words.empty() ? UnixMillis{UINT64_MAX} : *span == 0 ? UnixMillis{} : from_now(*span);
  return keep(host, std::move(setting));
}

std::expected<void, Failure> pin(Host& host, Console&, const KeepingOptions& own,
                                 const client::ConversationSummary& conversation) {
  wire::ConversationSetting setting = setting_of(conversation);
  setting.pinned = !own.off;
  return keep(host, std::move(setting));
}

std::expected<void, Failure> archive(Host& host, Console&, const KeepingOptions& own,
                                     const client::ConversationSummary& conversation) {
  wire::ConversationSetting setting = setting_of(conversation);
  setting.archived = !own.off;
  return keep(host, std::move(setting));
}

std::expected<void, Failure> draft(Host& host, Console&, const KeepingOptions& own,
                                   const client::ConversationSummary& conversation) {
  wire::ConversationSetting setting = setting_of(conversation);
  setting.draft = own.words;
  return keep(host, std::move(setting));
}

std::expected<void, Failure> timer(Host& host, Console&, const KeepingOptions& own,
                                   const client::ConversationSummary& conversation) {
  const auto span = milliseconds_in(own.words);
  if (!span) return bad_time(own.words);
  return carry_out<client::Queued>(
      host, client::SetTimer{.conversation = conversation.conversation, .expires_after_ms = *span});
}

/// What it belongs to elsewhere stays as it is.
std::expected<void, Failure> set_subject(Host& host, Console&, const KeepingOptions& own,
                                         const client::ConversationSummary& conversation) {
  return carry_out<client::Queued>(
      host, client::DescribeConversation{.conversation = conversation.conversation,
                                         .profile = {.subject = own.words, .context = conversation.context}});
}

std::expected<void, Failure> set_context(Host& host, Console&, const KeepingOptions& own,
                                         const client::ConversationSummary& conversation) {
  return carry_out<client::Queued>(
      host, client::DescribeConversation{.conversation = conversation.conversation,
                                         .profile = {.subject = conversation.subject, .context = own.words}});
}

std::expected<void, Failure> report(Host& host, Console&, const KeepingOptions& own,
                                    const client::ConversationSummary& conversation) {
  const auto& reasons = wire::enumeration_of<wire::ReportReason>.values;
  const std::string_view word = own.words.empty() ? "other" : std::string_view(own.words);
  const auto reason = std::ranges::find(reasons, word, &wire::EnumValue<wire::ReportReason>::name);
  if (reason == reasons.end()) {
    return std::unexpected(
        Failure{ExitCode::usage, "usage", "A reason is other, spam, harassment, violence, impersonation or illegal."});
  }
  return carry_out<client::Done>(
      host, client::ReportConversation{.conversation = conversation.conversation, .reason = reason->value});
}

constexpr std::string_view clearing_cost =
    "This deletes the conversation from all your devices, for good. Whoever you wrote with keeps it.\n";

/// The conversation of a name, or the group of a name that begins with '#'.
std::expected<ConversationId, Failure> find_conversation(Host& host, const std::string& wanted) {
  if (wanted.starts_with('#')) return find_group(host, wanted);
  const auto opened = open_conversation(host, wanted);
  if (!opened) return std::unexpected(opened.error());
  return opened->conversation;
}

struct ClearingOptions {
  std::string with;
  bool yes = false;
};

ExitCode clear(const ClearingOptions& own, const GlobalOptions& global, Console& console) {
  if (!own.yes) {
    std::fputs(std::string(clearing_cost).c_str(), stderr);
    if (ask_line("Type the name again to go on: ") != own.with) {
      return console.fail({.code = "cancelled", .text = "Nothing was deleted."});
    }
  }
  return with_client(global.client_options(), console, [&](LocalClient& client) -> std::expected<void, Failure> {
    (void)catch_up(client.host());
    const auto conversation = find_conversation(client.host(), own.with);
    if (!conversation) return std::unexpected(conversation.error());
    return carry_out<client::Done>(client.host(), client::DeleteConversation{.conversation = *conversation});
  });
}

std::expected<void, Failure> show_statistics(Host& host, Console& console, const KeepingOptions&,
                                             const client::ConversationSummary& conversation) {
  (void)catch_up(host);
  const auto statistics = ask<client::Statistics>(
      host, client::GetStatistics{.conversation = conversation.conversation}, engine_deadline());
  if (!statistics) return std::unexpected(statistics.error());
  if (console.is_json()) {
    console.print(wire::to_json(*statistics));
    return {};
  }
  console.print(std::to_string(statistics->messages) + " messages, " + std::to_string(statistics->starred) +
                " starred");
  if (statistics->messages == 0) return {};
  console.print("from " + local_date_and_time(statistics->first_at) + " to " +
                local_date_and_time(statistics->last_at));
  for (const client::MemberStatistics& member : statistics->members) {
    const std::string name = member.name.empty() ? to_hex(member.account.view()) : member.name;
    console.print("  " + name + "  " + std::to_string(member.messages));
  }
  return {};
}

std::shared_ptr<KeepingOptions> add_switch(CommandTable& table, const CommandTable::Words& words, KeepingAct act) {
  auto own = std::make_shared<KeepingOptions>();
  CLI::App& command = table.add(words, on_conversation(own, act));
  command.add_option("NAME", own->with, "The other account")->required();
  command.add_flag("--off", own->off, "No longer");
  return own;
}

/// A command about a conversation that takes one word more.
CLI::Option& add_worded(CommandTable& table, const CommandTable::Words& words, KeepingAct act,
                        const std::string& what) {
  auto own = std::make_shared<KeepingOptions>();
  CLI::App& command = table.add(words, on_conversation(own, act));
  command.add_option("NAME", own->with, "The other account")->required();
  return *command.add_option(what, own->words);
}

ExitCode run_settings(const std::vector<std::string>& pair, const GlobalOptions& global, Console& console) {
  return with_client(global.client_options(), console, [&](LocalClient& client) -> std::expected<void, Failure> {
    if (!pair.empty()) {
      const wire::ApplicationSetting setting{.name = pair[0], .value = pair.size() > 1 ? pair[1] : std::string()};
      return carry_out<client::Done>(client.host(), client::SetApplicationSetting{setting});
    }
    (void)catch_up(client.host());
    const auto settings =
        ask<client::ApplicationSettings>(client.host(), client::ListApplicationSettings{}, engine_deadline());
    if (!settings) return std::unexpected(settings.error());
    if (console.is_json()) {
      console.print(wire::to_json(*settings));
      return {};
    }
    for (const wire::ApplicationSetting& setting : settings->settings) {
      console.print(printable_text(setting.name + " = " + setting.value, LineBreaks::as_spaces));
    }
    return {};
  });
}

}  // namespace

void add_keeping_commands(CommandTable& table) {
  add_switch(table, {"pin", "Keep a conversation at the top of the list", "  sotto pin bob\n"}, pin);
  add_switch(table, {"archive", "Take a conversation out of the list", "  sotto archive bob\n"}, archive);
  add_switch(table, {"stats", "Count what this home holds of a conversation", "  sotto stats bob\n"}, show_statistics);
  add_worded(table, {"mute", "Mute a conversation, for good or for a time", "  sotto mute bob\n  sotto mute bob 8h\n"},
             mute, "TIME")
      .description("For how long, as 8h; off ends it; without it for good");
  add_worded(table, {"draft", "Keep a text that is not sent yet, on all your devices", "  sotto draft bob \"Dear\"\n"},
             draft, "TEXT")
      .description("The text; none forgets it");
  add_worded(table,
             {"timer", "Let messages disappear, for both sides", "  sotto timer bob 7d\n  sotto timer bob off\n"},
             timer, "TIME")
      .description("How long messages stay, as 7d; or off")
      ->required();
  add_worded(table,
             {"subject", "Say what a direct conversation is about, for both sides", "  sotto subject bob \"Offer\"\n"},
             set_subject, "TEXT")
      .description("One line; none forgets it");
  add_worded(table,
             {"context", "Say what a direct conversation belongs to elsewhere, as a ticket",
              "  sotto context bob ticket:4711\n"},
             set_context, "TEXT")
      .description("One line; none forgets it");
  add_worded(table,
             {"report", "Report a conversation to those who run the server; they see no text",
              "  sotto report mallory harassment\n"},
             report, "REASON")
      .description("other, spam, harassment, violence, impersonation or illegal");
  const auto clearing = std::make_shared<ClearingOptions>();
  CLI::App& clear_command = table.add(
      {"clear", "Delete a conversation from all your devices", "  sotto clear bob\n  sotto clear '#Team' --yes\n"},
      [clearing](const GlobalOptions& global, Console& console) { return clear(*clearing, global, console); });
  clear_command.add_option("NAME", clearing->with, "The other account, or a group that you left, with '#'")->required();
  clear_command.add_flag("--yes", clearing->yes, "Do not ask: the cost is known");
  const auto pair = std::make_shared<std::vector<std::string>>();
  CLI::App& settings =
      table.add({"settings", "List or set what applications keep on all your devices",
                 "  sotto settings\n  sotto settings web.language de\n"},
                [pair](const GlobalOptions& global, Console& console) { return run_settings(*pair, global, console); });
  settings.add_option("NAME VALUE", *pair, "Name, and value; without a value it is forgotten")->expected(0, 2);
}

}  // namespace sotto::cli
