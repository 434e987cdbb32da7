#pragma once

#include <vector>

#include "client/timeline_types.h"

namespace sotto::client {

// The event of the search on the device; part of `Event` (`client/events.h`).

/// A part of the text that was found.
struct Highlight {
  std::uint32_t start = 0;
  std::uint32_t size = 0;

  static constexpr auto describe() {
    return wire::message("Highlight", "A part of a text that was looked for.",
                         field(1, "start", &Highlight::start, "Octets before it."),
                         field(2, "size", &Highlight::size, "Octets; whole characters."));
  }
};

inline constexpr std::size_t max_highlights = 100;

struct FoundMessage {
  TimelineMessage message;
  std::vector<Highlight> highlights;

  static constexpr auto describe() {
    return wire::message("FoundMessage", "A message that was found.",
                         field(1, "message", &FoundMessage::message, "It."),
                         field(2, "highlights", &FoundMessage::highlights, at_most(max_highlights),
                               "Where the words stand in its text, in order."));
  }
};

/// Answers `search_messages`.
struct Found {
  std::vector<FoundMessage> messages;
  bool more = false;

  static constexpr auto describe() {
    return wire::message("Found", "What was found.",
                         field(1, "messages", &Found::messages, at_most(200), "Newest first."),
                         field(2, "more", &Found::more, "Whether there are older ones."));
  }
};

}  // namespace sotto::client
