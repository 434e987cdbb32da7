#pragma once

#include "client/turn.h"

namespace sotto::client {

// What a content does when it is in the timeline: some are lines, some are about lines, some are settings.

/// Sets where the row belongs, what it is about and, once the server has it, when it expires. To be called before the
/// row is inserted, and again when an own one gets its time.
void place_row(const ConversationRow& row, TimelineRow& line);

/// By the server's clock, in which the log's times and all expiries are.
[[nodiscard]] UnixMillis server_now(Turn& turn);

/// When a message that the server took at `sent_at` is deleted everywhere; 0 for never.
[[nodiscard]] UnixMillis expiry_of(const wire::Content& content, UnixMillis sent_at);

/// The row is in the timeline: what it says takes effect, and what was said of it before it came does too. Idempotent,
/// so it may be repeated when the server has an own one. Changes `row`, which the caller saves.
void apply_row(Turn& turn, ConversationRow& row, const TimelineRow& line);

/// Deletes a line with all that was said about it.
void erase_line(Turn& turn, const TimelineRow& line, RowPlace place);

}  // namespace sotto::client
