#pragma once

#include "client/turn.h"
#include "wire/mailbox_content.h"

namespace sotto::client {

// Silent repair (ux detail 2) without a key-request protocol (threat 5). Who cannot open a message asks the one device
// that sent it. That device answers only for its own messages, and only to a device for which it sealed them when it
// sent them and which its account still lists. So nobody, whatever list or log a server shows, can obtain a key that
// was not its to begin with.

/// Whether a key may be thought to exist for this device.
enum class Expectation : std::uint8_t {
  likely,
  /// Older than this device: a chain may be on its way, but nobody is asked.
  unlikely,
};

/// A row of the timeline that cannot be read.
struct UnreadableRow {
  std::uint64_t position = 0;
  UndecryptableCause cause = UndecryptableCause::none;
  Expectation expected = Expectation::likely;
};

/// An entry that could not be opened is kept for its key, if that may come at all.
void await_key(Turn& turn, const UnreadableRow& row, const wire::LogEntry& entry);

/// Asks the senders of waiting entries for their keys, over sessions that work.
void pump_resends(Turn& turn);
[[nodiscard]] std::optional<UnixMillis> next_resend(Turn& turn);

/// The session with a device is new because it could not open something, which may have been anything: it is given the
/// chains of groups and the backup's key once more, and what waits for its keys is asked for over the new session.
void receive_repair(Turn& turn, const session::DeviceAddress& sender);

void answer_resend(Turn& turn, const session::DeviceAddress& asking, const wire::ResendRequest& request);
/// Keys from the device that sent the messages. What they open becomes readable in its place.
void receive_keys(Turn& turn, const session::DeviceAddress& sender, const wire::MessageKeys& keys);

}  // namespace sotto::client
