#pragma once

#include "client/turn.h"

namespace sotto::client {

// How the events of a group stand in the timeline.

/// An event as its line keeps it: for this home alone, never sent.
[[nodiscard]] wire::TypedContent event_line(const wire::GroupEvent& event);

/// The event of such a line, with the names of accounts as they are known now.
[[nodiscard]] ShownGroupEvent shown_event(Turn& turn, const wire::TypedContent& line);

}  // namespace sotto::client
