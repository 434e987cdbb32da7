#pragma once

#include <optional>
#include <string>

#include "cli/console/console.h"
#include "client/timeline_types.h"

namespace sotto::cli {

/// A message as `listen --json` and `history --json` print it, one object a line.
struct MessageLine {
  ConversationId conversation;
  std::uint64_t seq = 0;
  std::string sender;
  std::string text;
  UnixMillis sent_at;
  client::MessageState state = client::MessageState::received;
  std::optional<client::UndecryptableCause> cause;
  std::optional<std::string> reason;

  static constexpr auto describe() {
    using wire::at_most;
    using wire::field;
    return wire::message(
        "MessageLine", "A message as the command line prints it.",
        field(1, "conversation", &MessageLine::conversation, "Where."),
        field(2, "seq", &MessageLine::seq, "Its place in the conversation; 0 until the server has it."),
        field(3, "sender", &MessageLine::sender, at_most(wire::max_name_size), "The sending account's name."),
        field(4, "text", &MessageLine::text, at_most(wire::max_text_size), "Empty if it cannot be shown."),
        field(5, "sent_at", &MessageLine::sent_at, "Unix milliseconds, when the server took it."),
        field(6, "state", &MessageLine::state, "How far it has come."),
        field(7, "cause", &MessageLine::cause, "Why it cannot be shown."),
        field(8, "reason", &MessageLine::reason, at_most(512), "Why it failed, is held back or cannot be shown."));
  }
};

[[nodiscard]] MessageLine message_line(const client::TimelineMessage& message);

/// The sender's name, or its id while no name is known.
[[nodiscard]] std::string sender_of(const client::TimelineMessage& message);

/// What stands in the text's place if there is none to show.
[[nodiscard]] std::string shown_text(const client::TimelineMessage& message);

/// Of a reply: whom it answers and how that begins, on one line; empty for what is no reply.
[[nodiscard]] std::string quote_of(const client::TimelineMessage& message);

/// Whether the line tells of something that happened in the group; its text names who did it.
[[nodiscard]] bool tells_of_event(const client::TimelineMessage& message);

/// How long messages stay, in words.
[[nodiscard]] std::string shown_span(std::uint64_t milliseconds);

/// Edits, star, reactions and times, each after two spaces; empty for a plain message.
[[nodiscard]] std::string annotations_of(const client::TimelineMessage& message);

/// ✓ sent, ✓✓ delivered, ✓✓ in colour (or "read") once read, … while it waits, ! if it failed; empty for others'.
[[nodiscard]] std::string state_mark(const client::TimelineMessage& message);

/// One line (or more, if the text has line breaks) for people: time, sender, text, state.
[[nodiscard]] std::string readable_line(const client::TimelineMessage& message, const Console& console);

}  // namespace sotto::cli
