#pragma once

#include "client/turn.h"

namespace sotto::client {

// The way out: one queue for each conversation, one message of it on its way. A message that cannot be sent yet holds
// those behind it, so nothing is reordered.

/// Writes something into the timeline and the outbox, and lets it take effect here. What is about another message
/// expires with it.
struct NewContent {
  ConversationId conversation;
  wire::Content content;
  /// Not sent before; 0 for now.
  UnixMillis not_before = {};
};
MessageId queue_content(Turn& turn, NewContent content);

/// Seals and sends what is at the head of each queue, as far as lists, sessions and connection allow.
void pump_outbox(Turn& turn);

void receive_sent(Turn& turn, const AskSend& asked, const wire::Sent& sent);
void receive_send_refused(Turn& turn, const AskSend& asked, const wire::Error& error);

/// Starts new sessions with the devices that wait for a repair, and puts the repair among the uploads.
void pump_repairs(Turn& turn);

/// Sends prekeys and mailbox items that must reach the server.
void pump_uploads(Turn& turn);
void receive_upload_done(Turn& turn, const AskUpload& asked);
void receive_upload_refused(Turn& turn, const AskUpload& asked, const wire::Error& error);

/// Whether the same request may succeed later; then it waits as the server asks.
[[nodiscard]] bool is_passing(const wire::Error& error);
[[nodiscard]] Milliseconds wanted_pause(const wire::Error& error);
void pause_after(Turn& turn, const Question& question, const wire::Error& error);

}  // namespace sotto::client
