#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/terminal/line_editor.h"
#include "client/events.h"
#include "wire/limits.h"

namespace sotto::cli {

/// What the chat screen shows. Values only; `chat_view.h` draws it.
struct ChatModel {
  ConversationId conversation;
  std::string peer;
  client::Verification verification = client::Verification::unverified;
  /// How long messages stay; 0 for ever.
  std::uint64_t timer_ms = 0;
  client::Connection connection = client::Connection::closed;
  /// In the order of the log; what the server does not have yet comes last, in the order of writing.
  std::vector<client::TimelineMessage> messages;
  /// The log holds more before the first of `messages`.
  bool has_older = false;
  /// Names of those who type just now.
  std::vector<std::string> typing;
  /// Something to know, shown above the input until the next key.
  std::string notice;
  /// Lines between the bottom of the screen and the newest line.
  std::size_t scroll = 0;
  LineEditor input{wire::max_text_size};

  /// Adds a message, or replaces it by what it has become. True if it is new here.
  bool upsert(const client::TimelineMessage& message);
  void set_typing(const client::TypingChanged& change);
  /// A line is gone.
  void remove(const wire::MessageReference& message);
  /// The highest sequence number shown; 0 if there is none.
  [[nodiscard]] std::uint64_t newest_seq() const;
  /// The lowest sequence number shown; 0 if there is none.
  [[nodiscard]] std::uint64_t oldest_seq() const;
};

}  // namespace sotto::cli
