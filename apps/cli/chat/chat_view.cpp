#include "cli/chat/chat_view.h"

#include <algorithm>

#include "cli/commands/message_line.h"
#include "cli/console/local_time.h"
#include "cli/terminal/characters.h"

namespace sotto::cli {
namespace {

constexpr std::string_view reset = "\x1b[0m";
constexpr std::string_view reverse = "\x1b[7m";
constexpr std::string_view dim = "\x1b[2m";
constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view red = "\x1b[31m";
constexpr std::string_view green = "\x1b[32m";
constexpr std::string_view cyan = "\x1b[36m";

struct Painted {
  std::string_view sequence;
  std::string text;
};

std::string paint(const Painted& painted, Colours colours) {
  if (colours == Colours::unused || painted.sequence.empty()) return painted.text;
  return std::string(painted.sequence) + painted.text + std::string(reset);
}

/// The beginning of `text` that fits.
std::string cut(std::string_view text, std::size_t columns) {
  const std::u32string characters = decode_utf8(printable_text(text, LineBreaks::as_spaces));
  std::size_t used = 0;
  std::size_t count = 0;
  while (count < characters.size() && used + column_width(characters[count]) <= columns) {
    used += column_width(characters[count++]);
  }
  return encode_utf8(std::u32string_view(characters).substr(0, count));
}

std::string padded(std::string text, std::size_t columns) {
  const std::size_t used = column_width(decode_utf8(text));
  if (used < columns) text.append(columns - used, ' ');
  return text;
}

std::string_view words_for(client::Connection connection) {
  switch (connection) {
    case client::Connection::closed:
      return "not connected";
    case client::Connection::connecting:
      return "connecting";
    case client::Connection::catching_up:
      return "catching up";
    case client::Connection::live:
      return "connected";
  }
  return "";
}

std::string header(const ChatModel& model, std::size_t columns, Colours colours) {
  std::string text = " " + model.peer;
  if (model.verification == client::Verification::verified) text += "  ✓ verified";
  if (model.verification == client::Verification::changed) text += "  ! identity changed: sotto verify " + model.peer;
  if (model.timer_ms != 0) text += "  ·  messages disappear after " + shown_span(model.timer_ms);
  text += "  ·  " + std::string(words_for(model.connection));
  return paint({reverse, padded(cut(text, columns), columns)}, colours);
}

/// The part of a message's first line that comes before its text.
std::string lead_of(const client::TimelineMessage& message) {
  return local_time(message.sent_at) + " " + printable_text(sender_of(message), LineBreaks::as_spaces) + "  ";
}

std::string_view colour_of_mark(client::MessageState state) {
  if (state == client::MessageState::read) return green;
  return state == client::MessageState::failed ? red : dim;
}

/// What happened in the conversation: set apart from what people say.
std::vector<std::string> event_lines(const client::TimelineMessage& message, std::size_t columns, Colours colours) {
  std::vector<std::string> lines;
  const std::string text = local_time(message.sent_at) + " " + shown_text(message);
  for (const std::u32string& line : wrap(decode_utf8(text), columns)) {
    lines.push_back(paint({dim, encode_utf8(line)}, colours));
  }
  return lines;
}

/// Lines of one message, top to bottom.
std::vector<std::string> lines_of(const client::TimelineMessage& message, std::size_t columns, Colours colours) {
  if (tells_of_event(message)) return event_lines(message, columns, colours);
  const std::string lead = lead_of(message);
  const std::size_t indent = std::min(column_width(decode_utf8(lead)), columns / 2);
  const std::string text = shown_text(message) + annotations_of(message);
  const std::string mark = state_mark(message);
  std::vector<std::u32string> wrapped = wrap(decode_utf8(text), columns - indent);
  const std::size_t mark_width = mark.empty() ? 0 : column_width(decode_utf8(mark)) + 1;
  if (mark_width > 0 && column_width(wrapped.back()) + mark_width > columns - indent) wrapped.emplace_back();
  std::vector<std::string> lines;
  const std::string quote = quote_of(message);
  if (!quote.empty()) {
    wrapped.insert(wrapped.begin(), decode_utf8(cut(quote, columns - indent)));
  }
  const bool is_shown = message.state != client::MessageState::undecryptable;
  for (std::size_t index = 0; index < wrapped.size(); ++index) {
    const std::string start = index == 0
                                  ? paint({message.own ? bold : cyan, padded(cut(lead, indent), indent)}, colours)
                                  : std::string(indent, ' ');
    const bool is_plain = is_shown && (index > 0 || quote.empty());
    lines.push_back(start + paint({is_plain ? std::string_view() : dim, encode_utf8(wrapped[index])}, colours));
  }
  if (!mark.empty()) lines.back() += " " + paint({colour_of_mark(message.state), mark}, colours);
  return lines;
}

/// The lines that the window shows, top to bottom, as many as there is room for.
std::vector<std::string> visible_lines(ChatModel& model, ScreenSize room, Colours colours) {
  std::vector<std::string> from_below;
  const std::size_t wanted = room.rows + model.scroll;
  for (auto message = model.messages.rbegin(); message != model.messages.rend() && from_below.size() < wanted;
       ++message) {
    const auto lines = lines_of(*message, room.columns, colours);
    from_below.insert(from_below.end(), lines.rbegin(), lines.rend());
  }
  const std::size_t most_scroll = from_below.size() > room.rows ? from_below.size() - room.rows : 0;
  model.scroll = std::min(model.scroll, most_scroll);
  const auto first = from_below.begin() + static_cast<std::ptrdiff_t>(model.scroll);
  const std::size_t count = std::min(room.rows, from_below.size() - model.scroll);
  std::vector<std::string> lines(first, first + static_cast<std::ptrdiff_t>(count));
  std::reverse(lines.begin(), lines.end());
  return lines;
}

std::string typing_words(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text + (names.size() == 1 ? " is typing …" : " are typing …");
}

std::string status_line(const ChatModel& model, std::size_t columns, Colours colours) {
  if (!model.notice.empty()) return paint({red, cut(model.notice, columns)}, colours);
  if (model.scroll > 0) return paint({dim, cut("↓ newer messages below (Page Down)", columns)}, colours);
  if (!model.typing.empty()) return paint({dim, cut(typing_words(model.typing), columns)}, colours);
  return "";
}

}  // namespace

std::vector<std::u32string> wrap(std::u32string_view text, std::size_t columns) {
  std::vector<std::u32string> lines(1);
  std::size_t used = 0;
  for (const char32_t character : text) {
    if (character == U'\n') {
      lines.emplace_back();
      used = 0;
      continue;
    }
    const std::size_t width = column_width(character);
    if (used + width > columns) {
      // The word that does not fit moves down whole, unless it fills the line.
      std::u32string& full = lines.back();
      const std::size_t space = full.rfind(U' ');
      std::u32string carried;
      if (space != std::u32string::npos && character != U' ') {
        carried = full.substr(space + 1);
        full.resize(space);
      }
      lines.push_back(std::move(carried));
      used = column_width(lines.back());
      if (character == U' ' && lines.back().empty()) continue;
    }
    lines.back().push_back(character);
    used += width;
  }
  return lines;
}

Picture draw_chat(ChatModel& model, ScreenSize size, Colours colours) {
  constexpr std::size_t other_rows = 3;
  constexpr std::size_t least_columns = 20;
  if (size.rows <= other_rows || size.columns < least_columns)
    return {.rows = {"sotto: enlarge"}, .cursor_row = 0, .cursor_column = 0};
  const ScreenSize room{.rows = size.rows - other_rows, .columns = size.columns};
  Picture picture;
  picture.rows.push_back(header(model, size.columns, colours));
  const std::vector<std::string> lines = visible_lines(model, room, colours);
  picture.rows.resize(1 + room.rows - lines.size());
  picture.rows.insert(picture.rows.end(), lines.begin(), lines.end());
  picture.rows.push_back(status_line(model, size.columns, colours));
  const LineEditor::Window window = model.input.window(size.columns - 2);
  picture.rows.push_back("> " + window.text);
  picture.cursor_row = size.rows - 1;
  picture.cursor_column = 2 + window.cursor_column;
  return picture;
}

}  // namespace sotto::cli
