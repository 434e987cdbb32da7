#pragma once

#include <string>
#include <variant>

#include "base/time.h"
#include "wire/description.h"
#include "wire/limits.h"

namespace sotto::wire {

// What people say to one another: the plaintext that only devices see.

/// The version written. A later version adds fields and kinds; what is here keeps its meaning, so an older client
/// reads a newer content as far as it knows it.
inline constexpr std::uint32_t content_version = 1;

struct TextContent {
  std::string text;

  static constexpr auto describe() {
    return message("TextContent", "Something written.",
                   field(1, "text", &TextContent::text, at_most(max_text_size), "UTF-8, not empty."));
  }
};

/// monostate stands for a kind that this version does not know: show it as "not supported by this version".
using ContentKind = std::variant<std::monostate, TextContent>;

/// One message in a conversation.
struct Content {
  std::uint32_t version = 0;
  /// Per (conversation, sending device): 1, 2, 3 and so on. A gap or a repeat is shown to the reader.
  std::uint64_t counter = 0;
  /// By the sender's clock.
  UnixMillis sent_at;
  ContentKind kind;

  static constexpr auto describe() {
    return message("Content", "One message in a conversation.", field(1, "version", &Content::version, "1."),
                   field(2, "counter", &Content::counter, "The sending device's count in this conversation, from 1."),
                   field(3, "sent_at", &Content::sent_at, "By the sender's clock."),
                   one_of("kind", &Content::kind, "What it is; a kind that is not known is skipped.",
                          alternative<TextContent>(4, "text")));
  }
};

/// Says that the sender could not open something and has begun the session that carries this message. The peer goes
/// over to that session by opening it; nothing else is to be done.
struct SessionRepair {
  static constexpr auto describe() {
    return message("SessionRepair", "The sender begins a new session because it could not open a message.");
  }
};

using MailboxContentKind = std::variant<std::monostate, SessionRepair>;

/// What one device tells another outside of any conversation.
struct MailboxContent {
  std::uint32_t version = 0;
  UnixMillis sent_at;
  MailboxContentKind kind;

  static constexpr auto describe() {
    return message("MailboxContent", "What one device tells another outside of any conversation.",
                   field(1, "version", &MailboxContent::version, "1."),
                   field(2, "sent_at", &MailboxContent::sent_at, "By the sender's clock."),
                   one_of("kind", &MailboxContent::kind, "What it is; a kind that is not known is skipped.",
                          alternative<SessionRepair>(3, "session_repair")));
  }
};

}  // namespace sotto::wire
