#include "cli/commands/message_line.h"

#include "base/text_encoding.h"
#include "cli/console/local_time.h"
#include "cli/terminal/characters.h"

namespace sotto::cli {

MessageLine message_line(const client::TimelineMessage& message) {
  MessageLine line{.conversation = message.conversation,
                   .seq = message.seq,
                   .sender = sender_of(message),
                   .text = message.text,
                   .sent_at = message.sent_at,
                   .state = message.state,
                   .cause = std::nullopt,
                   .reason = std::nullopt};
  if (message.state == client::MessageState::undecryptable) line.cause = message.cause;
  if (!message.reason.empty()) line.reason = message.reason;
  return line;
}

std::string sender_of(const client::TimelineMessage& message) {
  return message.sender_name.empty() ? to_hex(message.sender.view()) : message.sender_name;
}

namespace {

/// The first words of what is quoted; longer beginnings end with a mark.
std::string first_words(std::string_view text) {
  constexpr std::size_t most_characters = 40;
  std::u32string characters = decode_utf8(printable_text(text, LineBreaks::as_spaces));
  if (characters.size() <= most_characters) return encode_utf8(characters);
  characters.resize(most_characters);
  if (const std::size_t space = characters.rfind(U' '); space != std::u32string::npos && space > 0) {
    characters.resize(space);
  }
  return encode_utf8(characters) + " …";
}

/// What is not text, in words.
std::optional<std::string> shown_kind(const client::TimelineMessage& message) {
  switch (message.kind) {
    case client::LineKind::deleted:
      return "[This message was deleted.]";
    case client::LineKind::unsupported:
      return "[This message needs a newer version of this program.]";
    case client::LineKind::timer_change:
      return message.timer_ms == 0 ? "[Messages stay from now on.]"
                                   : "[Messages disappear after " + shown_span(message.timer_ms) + " from now on.]";
    case client::LineKind::group_profile:
      return "[The group is called " + printable_text(message.text, LineBreaks::as_spaces) + " now.]";
    case client::LineKind::direct_profile:
      return message.text.empty() ? "[The conversation has no subject any more.]"
                                  : "[The subject is " + printable_text(message.text, LineBreaks::as_spaces) + " now.]";
    case client::LineKind::group_event:
      return "[" + printable_text(message.text, LineBreaks::as_spaces) + "]";
    default:
      return std::nullopt;
  }
}

}  // namespace

std::string shown_span(std::uint64_t milliseconds) {
  const std::uint64_t minutes = milliseconds / 60'000;
  const auto count_of = [](std::uint64_t count, const std::string& unit) {
    return std::to_string(count) + " " + unit + (count == 1 ? "" : "s");
  };
  if (minutes >= 24 * 60) return count_of(minutes / (24 * 60), "day");
  if (minutes >= 60) return count_of(minutes / 60, "hour");
  return minutes > 0 ? count_of(minutes, "minute") : count_of(milliseconds / 1'000, "second");
}

std::string quote_of(const client::TimelineMessage& message) {
  if (!message.reply_to) return {};
  if (!message.quoted) return "↩ a message that is not here";
  const client::QuotedMessage& quoted = *message.quoted;
  std::string name = printable_text(quoted.sender_name, LineBreaks::as_spaces);
  if (quoted.own) name = "you";
  if (name.empty()) name = "somebody";
  return "↩ " + name + ": " + (quoted.text.empty() ? std::string("[cannot be shown]") : first_words(quoted.text));
}

bool tells_of_event(const client::TimelineMessage& message) { return message.kind == client::LineKind::group_event; }

std::string annotations_of(const client::TimelineMessage& message) {
  std::string line;
  if (message.forwarded) line += "  (forwarded)";
  if (message.edits > 0) line += "  (edited)";
  if (message.starred) line += "  ★";
  for (const client::ShownReaction& reaction : message.reactions) {
    line += "  " + printable_text(reaction.emoji, LineBreaks::as_spaces);
    if (reaction.count > 1) line += " " + std::to_string(reaction.count);
  }
  if (message.expires_at.value != 0) line += "  (until " + local_date_and_time(message.expires_at) + ")";
  if (message.not_before.value != 0) line += "  (goes out " + local_date_and_time(message.not_before) + ")";
  return line;
}

std::string shown_text(const client::TimelineMessage& message) {
  if (const auto kind = shown_kind(message)) return *kind;
  if (message.state != client::MessageState::undecryptable) return printable_text(message.text, LineBreaks::kept);
  return "[" + (message.reason.empty() ? std::string("This message cannot be shown.") : message.reason) + "]";
}

std::string state_mark(const client::TimelineMessage& message) {
  switch (message.state) {
    case client::MessageState::pending:
      return "…";
    case client::MessageState::sent:
      return "✓";
    case client::MessageState::delivered:
      return "✓✓";
    case client::MessageState::read:
      return "✓✓ read";
    case client::MessageState::failed:
      return "! not sent";
    case client::MessageState::received:
    case client::MessageState::undecryptable:
      return "";
  }
  return "";
}

std::string readable_line(const client::TimelineMessage& message, const Console& console) {
  std::string line = console.shaded(local_date_and_time(message.sent_at), Shade::dim) + "  ";
  if (tells_of_event(message)) return line + console.shaded(shown_text(message), Shade::dim);
  line += console.shaded(sender_of(message), Shade::strong) + "  " + shown_text(message);
  if (const std::string quote = quote_of(message); !quote.empty())
    line += console.shaded("  (" + quote + ")", Shade::dim);
  line += console.shaded(annotations_of(message), Shade::dim);
  if (const std::string mark = state_mark(message); !mark.empty()) line += "  " + console.shaded(mark, Shade::dim);
  return line;
}

}  // namespace sotto::cli
