#pragma once

#include "client/turn.h"
#include "wire/mailbox_content.h"

namespace sotto::client {

/// What a listed device of some account said to this one alone, opened and authentic.
void receive_mailbox_content(Turn& turn, const session::DeviceAddress& sender, const wire::MailboxContent& content);

/// Seals for one device and puts it among the uploads. False if there is no session to seal with; then nothing changed.
[[nodiscard]] bool post_to_device(Turn& turn, const session::RemoteDevice& device, wire::MailboxContentKind content);

}  // namespace sotto::client
