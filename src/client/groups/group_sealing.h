#pragma once

#include "client/sealing.h"

namespace sotto::client {

/// Whether all that sealing in a group needs is there; asks for what is missing.
[[nodiscard]] bool group_is_ready(Turn& turn, const ConversationRow& row);

/// Seals with this device's chain in the group, after the chain was given to every device that lacks it. Devices for
/// which there are no prekeys are left out.
[[nodiscard]] SealOutcome seal_in_group(Turn& turn, const ConversationRow& row, const TimelineRow& message);

/// Whose devices may read, and which of them came in just now.
struct Introduction {
  const std::vector<session::DeviceAddress>& all;
  const std::vector<session::DeviceAddress>& newcomers;
};

/// Gives newcomers this device's chain and the group's profile before there is anything to seal.
void introduce(Turn& turn, const membership::Group& group, const Introduction& introduction);

/// This device's own state is an old copy: whom it gave its chains to since is not known, and some of them may have
/// gone. Every group gets a new one.
void forget_own_chains(Turn& turn);

/// The server's epoch is another one: members and lists are read again.
void receive_stale_group(Turn& turn, ConversationRow& row, std::uint64_t epoch);

}  // namespace sotto::client
