#pragma once

#include <optional>
#include <string>

#include "wire/content.h"

namespace sotto::client {

/// The sealed part of a row of the timeline. The first version kept only a text; both are read, `content` is written.
struct StoredBody {
  std::string text;
  std::optional<wire::Content> content;

  static constexpr auto describe() {
    return wire::message(
        "StoredBody", "The sealed part of a row of the timeline.",
        wire::field(1, "text", &StoredBody::text, wire::at_most(wire::max_text_size), "Of the first version."),
        wire::field(2, "content", &StoredBody::content, "All that was said."));
  }
};

}  // namespace sotto::client
