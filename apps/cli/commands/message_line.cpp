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

std::string shown_text(const client::TimelineMessage& message) {
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
  line += console.shaded(sender_of(message), Shade::strong) + "  " + shown_text(message);
  if (const std::string mark = state_mark(message); !mark.empty()) line += "  " + console.shaded(mark, Shade::dim);
  return line;
}

}  // namespace sotto::cli
