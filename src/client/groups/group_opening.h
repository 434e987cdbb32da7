#pragma once

#include "client/opening.h"
#include "wire/mailbox_content.h"

namespace sotto::client {

/// Opens an entry of a group's log by its sender's chain, and compares the group that the sender knew with this home's.
[[nodiscard]] OpenedEntry open_in_group(Turn& turn, const wire::LogEntry& entry, const session::RemoteDevice& sender);

/// Takes up another device's chain, and opens what waited for it.
void receive_sender_key(Turn& turn, const session::DeviceAddress& sender, const wire::SenderKeyShare& share);

/// A device could not open something: it gets this device's chain once more, with the next message.
void share_again(Turn& turn, ConversationId conversation, const session::DeviceAddress& device);

/// What this content says of the group itself.
void take_profile(Turn& turn, ConversationId conversation, const wire::Content& content);

}  // namespace sotto::client
