#include "cli/commands/message_line.h"
#include "cli/commands/naming_messages.h"
#include "wire/json.h"

namespace sotto::cli {
namespace {

/// What `react`, `edit`, `delete`, `reply`, `star` and `edits` take.
struct MessageOptions {
  NamedMessage message;
  std::string text;
  bool removed = false;
  bool for_everyone = false;
};

using MessageAct = std::expected<void, Failure> (*)(Host&, Console&, const MessageOptions&,
                                                    const client::TimelineMessage&);

/// Finds the message and does something to it.
CommandBody on_message(std::shared_ptr<MessageOptions> own, MessageAct act) {
  return [own, act](const GlobalOptions& global, Console& console) {
    return with_client(global.client_options(), console, [&](LocalClient& client) -> std::expected<void, Failure> {
      const auto message = find_message(client.host(), own->message);
      if (!message) return std::unexpected(message.error());
      return act(client.host(), console, *own, *message);
    });
  };
}

std::expected<void, Failure> react(Host& host, Console&, const MessageOptions& own,
                                   const client::TimelineMessage& message) {
  return carry_out<client::Queued>(host, client::React{.conversation = message.conversation,
                                                       .target = reference_to(message),
                                                       .emoji = own.text,
                                                       .removed = own.removed});
}

std::expected<void, Failure> edit(Host& host, Console&, const MessageOptions& own,
                                  const client::TimelineMessage& message) {
  return carry_out<client::Queued>(
      host,
      client::EditMessage{.conversation = message.conversation, .target = reference_to(message), .text = own.text});
}

std::expected<void, Failure> erase(Host& host, Console&, const MessageOptions& own,
                                   const client::TimelineMessage& message) {
  return carry_out<client::Done>(host, client::DeleteMessage{.conversation = message.conversation,
                                                             .target = reference_to(message),
                                                             .for_everyone = own.for_everyone});
}

std::expected<void, Failure> star(Host& host, Console&, const MessageOptions& own,
                                  const client::TimelineMessage& message) {
  return carry_out<client::Done>(
      host, client::StarMessage{
                .conversation = message.conversation, .target = reference_to(message), .starred = !own.removed});
}

std::expected<void, Failure> reply(Host& host, Console&, const MessageOptions& own,
                                   const client::TimelineMessage& message) {
  return carry_out<client::Queued>(
      host, client::SendText{
                .to = {}, .conversation = message.conversation, .text = own.text, .reply_to = reference_to(message)});
}

std::expected<void, Failure> show_edits(Host& host, Console& console, const MessageOptions&,
                                        const client::TimelineMessage& message) {
  const auto edits = ask<client::EditHistory>(
      host, client::ReadEdits{.conversation = message.conversation, .target = reference_to(message)},
      engine_deadline());
  if (!edits) return std::unexpected(edits.error());
  if (console.is_json()) {
    console.print(wire::to_json(*edits));
    return {};
  }
  client::TimelineMessage version = message;
  version.edits = 0;
  version.reactions.clear();
  for (const client::MessageVersion& edit : edits->versions) {
    version.text = edit.text;
    version.sent_at = edit.written_at;
    console.print(readable_line(version, console));
  }
  return {};
}

struct NewOptions {
  std::string to;
  std::string when;
  std::string text;
};

ExitCode schedule(const NewOptions& own, const GlobalOptions& global, Console& console) {
  const auto span = milliseconds_in(own.when);
  if (!span || *span == 0) {
    return console.fail({ExitCode::usage, "usage", "When? Write it as 10m, 8h or 7d from now."});
  }
  return with_client(global.client_options(), console, [&](LocalClient& client) -> std::expected<void, Failure> {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto present = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    client::SendText text{.to = own.to, .conversation = std::nullopt, .text = own.text};
    text.not_before = {static_cast<std::uint64_t>(present) + *span};
    const auto queued = ask<client::Queued>(client.host(), std::move(text), engine_deadline());
    if (!queued) return std::unexpected(queued.error());
    if (console.is_json()) console.print(wire::to_json(*queued));
    return {};
  });
}

ExitCode note(const NewOptions& own, const GlobalOptions& global, Console& console) {
  return with_client(global.client_options(), console, [&](LocalClient& client) -> std::expected<void, Failure> {
    const auto identity = require_login(client.host());
    if (!identity) return std::unexpected(identity.error());
    return carry_out<client::Queued>(
        client.host(), client::SendText{.to = identity->name, .conversation = std::nullopt, .text = own.text});
  });
}

void add_new_commands(CommandTable& table) {
  auto own = std::make_shared<NewOptions>();
  CLI::App& scheduling =
      table.add({"schedule", "Write a text now that is sent later",
                 "  sotto schedule bob 8h \"Good morning\"\n\n"
                 "It goes out from this device, so `sotto listen` or another command must run then.\n"},
                [own](const GlobalOptions& global, Console& console) { return schedule(*own, global, console); });
  scheduling.add_option("NAME", own->to, "The account to write to")->required();
  scheduling.add_option("TIME", own->when, "From now, as 10m, 8h or 7d")->required();
  scheduling.add_option("TEXT", own->text, "The text")->required();

  own = std::make_shared<NewOptions>();
  CLI::App& noting =
      table.add({"note", "Write a note to yourself, for all your devices", "  sotto note \"buy milk\"\n"},
                [own](const GlobalOptions& global, Console& console) { return note(*own, global, console); });
  noting.add_option("TEXT", own->text, "The note; read them with `sotto history` and your own name")->required();
}

void add_changing_commands(CommandTable& table) {
  auto own = std::make_shared<MessageOptions>();
  CLI::App& reacting = table.add({"react", "React to a message", "  sotto react bob 12 👍\n"}, on_message(own, react));
  add_message_arguments(reacting, own->message);
  reacting.add_option("EMOJI", own->text, "The reaction")->required();
  reacting.add_flag("--remove", own->removed, "Take it back");

  own = std::make_shared<MessageOptions>();
  CLI::App& editing = table.add({"edit", "Change the text of an own message", "  sotto edit bob 12 \"At nine\"\n"},
                                on_message(own, edit));
  add_message_arguments(editing, own->message);
  editing.add_option("TEXT", own->text, "The new text")->required();

  own = std::make_shared<MessageOptions>();
  CLI::App& deleting = table.add({"delete", "Delete a message, on your own devices or for everyone",
                                  "  sotto delete bob 12\n  sotto delete bob 12 --for-everyone\n"},
                                 on_message(own, erase));
  add_message_arguments(deleting, own->message);
  deleting.add_flag("--for-everyone", own->for_everyone, "An own message, from all devices and the server");
}

}  // namespace

void add_message_commands(CommandTable& table) {
  add_new_commands(table);
  add_changing_commands(table);
  auto own = std::make_shared<MessageOptions>();
  CLI::App& replying =
      table.add({"reply", "Answer a message", "  sotto reply bob 12 \"Fine\"\n"}, on_message(own, reply));
  add_message_arguments(replying, own->message);
  replying.add_option("TEXT", own->text, "The text")->required();

  own = std::make_shared<MessageOptions>();
  CLI::App& starring =
      table.add({"star", "Keep a message, to find it again", "  sotto star bob 12\n"}, on_message(own, star));
  add_message_arguments(starring, own->message);
  starring.add_flag("--remove", own->removed, "Keep it no longer");

  own = std::make_shared<MessageOptions>();
  CLI::App& versions = table.add({"edits", "Show what a message said before it was changed", "  sotto edits bob 12\n"},
                                 on_message(own, show_edits));
  add_message_arguments(versions, own->message);
}

}  // namespace sotto::cli
