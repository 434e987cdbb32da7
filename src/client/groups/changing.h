#pragma once

#include "client/running_command.h"
#include "membership/own_event.h"

namespace sotto::client {

// An own command's event on a group: signed once, and asked for until the server has taken it or another one came
// first.

[[nodiscard]] ClientErrorCode code_of(membership::GroupError error);

[[nodiscard]] membership::Actor actor_of(const Home& home);

/// Signs as this device. Nothing if the own list is not known.
[[nodiscard]] std::optional<wire::SignedGroupEvent> sign_event(Turn& turn, const wire::GroupEvent& event);

/// Fails the command if this home does not know such a group; nothing also while its chain is being read.
[[nodiscard]] std::optional<membership::Group> group_of(RunningCommand& running, ConversationId conversation);

/// Asks the server to take what was signed.
void ask_again(RunningCommand& running, const OwnChange& own, ConversationId conversation);

/// Signs the next event and asks the server to take it; what was signed before for this command is asked again.
void change_group(RunningCommand& running, const membership::Group& group, wire::GroupChange what,
                  std::optional<wire::GroupProfile> profile = std::nullopt);

}  // namespace sotto::client
