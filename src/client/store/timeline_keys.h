#pragma once

#include "client/store/timeline_store.h"

namespace sotto::client {

/// What the vault binds a row's body to: conversation || account || device || message.
[[nodiscard]] Bytes row_key(const MessageAddress& address);

/// The octets under which the events about a message are found; the same layout.
[[nodiscard]] Bytes target_key(ConversationId conversation, const wire::MessageReference& target);

}  // namespace sotto::client
