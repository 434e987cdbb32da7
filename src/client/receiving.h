#pragma once

#include "client/turn.h"

namespace sotto::client {

// The way in: logs, marks and typing. Entries are dealt with strictly in the order of the log; what another process of
// the home has dealt with already is passed over.

/// Pushed, or part of an answer.
void receive_entry(Turn& turn, const wire::LogEntry& entry);
void receive_page(Turn& turn, const AskReadLog& asked, const wire::LogPage& page);
void receive_resumed(Turn& turn, const wire::Resumed& resumed);
void receive_marked(Turn& turn, const wire::Marked& marked);
void receive_typing(Turn& turn, const wire::Typing& typing);

/// Takes up what the server says of a conversation. False, and the user told, if it is not what its id stands for.
bool learn_conversation(Turn& turn, const wire::Conversation& conversation);

/// The server has an own message durably, as its answer or its log says. Idempotent. Saves nothing of `row`.
struct OwnPlace {
  std::uint64_t seq = 0;
  UnixMillis sent_at;
};
void accept_own(Turn& turn, ConversationRow& row, const TimelineRow& message, const OwnPlace& place);

/// The session with a device is lost: start a new one and tell the device, at most once in `repair_interval`.
inline constexpr Milliseconds repair_interval = minutes(10);
void request_repair(Turn& turn, const session::DeviceAddress& device);

/// Reads the logs that are behind.
void pump_logs(Turn& turn);

}  // namespace sotto::client
