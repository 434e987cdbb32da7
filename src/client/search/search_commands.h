#pragma once

#include <optional>
#include <string>

#include "client/timeline_types.h"

namespace sotto::client {

// The command of the search on the device; part of `Command` (`client/commands.h`).

/// Asks no server. Case, accents and the spelling of umlauts do not count, and each word finds the words that it
/// begins; all words must be there. Answer: `found`, newest first.
struct SearchMessages {
  using Answer = struct Found;
  std::string words;
  std::string with;
  std::optional<ConversationId> conversation;
  std::string sender;
  std::optional<LineKind> kind;
  UnixMillis from;
  UnixMillis until;
  std::uint32_t limit = 0;

  static constexpr auto describe() {
    using Self = SearchMessages;
    return wire::message(
        "SearchMessages", "Looks for messages on this device.",
        field(1, "words", &Self::words, at_most(1'024), "UTF-8; empty finds all that the rest allows."),
        field(2, "with", &Self::with, at_most(wire::max_name_size), "In the conversation with this one."),
        field(3, "conversation", &Self::conversation, "Or: in this conversation."),
        field(4, "sender", &Self::sender, at_most(wire::max_name_size), "Written by this account."),
        field(5, "kind", &Self::kind, "Only lines of this kind."),
        field(6, "from", &Self::from, "Sent at this time or later; 0 for any."),
        field(7, "until", &Self::until, "Sent before this time; 0 for any."),
        field(8, "limit", &Self::limit, "At most this many; 0 or above 200 means 50."));
  }
};

}  // namespace sotto::client
