#pragma once

#include "client/turn.h"

namespace sotto::client {

// How a home comes to know a group: the chain up to the event that made this account a member is read with `read_group`
// and replayed from event 1; from there on the log brings each event in its place among the messages.

/// Takes up what the server says of a group. False, and the user told, if it contradicts what is known.
[[nodiscard]] bool learn_group(Turn& turn, const wire::Conversation& conversation);

/// Whether the log has to wait until the chain was read.
[[nodiscard]] bool waits_for_chain(Turn& turn, const ConversationRow& row);

/// Whether the account was in this group and is no more.
[[nodiscard]] bool has_left(Turn& turn, ConversationId conversation);

/// The next entry of a group's log that is an event. Applies it, or tells the user why not.
void receive_group_event(Turn& turn, ConversationRow& row, const wire::LogEntry& entry);

void receive_chain_page(Turn& turn, ConversationId conversation, const wire::GroupPage& page);

/// Reads the chains that are wanted, and forgets the requests of commands that have ended.
void pump_groups(Turn& turn);

/// What the group is called; nothing while that is not known.
[[nodiscard]] std::optional<wire::GroupProfile> group_profile(Turn& turn, ConversationId conversation);

}  // namespace sotto::client
