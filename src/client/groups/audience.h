#pragma once

#include "client/turn.h"

namespace sotto::client {

/// Whether the lists of all members are known as of the epoch that the server named last; asks for what is missing. The
/// members are those of the chain: a server that names others is not believed, and the log is read again.
[[nodiscard]] bool members_are_known(Turn& turn, const ConversationRow& row);

/// Whether the server insists on other members than the chain has. Nothing is sealed then.
[[nodiscard]] bool are_members_disputed(const Turn& turn, ConversationId conversation);

void receive_members_page(Turn& turn, ConversationId conversation, const wire::MembersPage& page);
void receive_member_records(Turn& turn, ConversationId conversation, const wire::Accounts& accounts);

/// Every device that may read what is sealed now, but this one, in ascending order. A member whose identity is another
/// one than the chain's is left out and the user told. Nothing if a list is missing or this device is not listed.
[[nodiscard]] std::optional<std::vector<session::DeviceAddress>> audience_of(Turn& turn,
                                                                             const membership::Group& group);

}  // namespace sotto::client
