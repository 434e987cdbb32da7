#pragma once

#include "client/turn.h"
#include "wire/mailbox_content.h"

namespace sotto::client {

// What was written in a group before an account came to it. The device that lets somebody in (by adding, by approving,
// or because it made the invitation that was used) gives every device of the newcomer the group's profile and, if the
// group shares its history, the keys of earlier messages, newest first. The newcomer's device reads the whole log,
// keeps what stands before its own coming, and takes a key for it only from a device of a present member, only for an
// entry that the server shows in that place of the log, and only if the entry's body commits to the key. Nobody asks
// for such keys: there is no question that would be answered (threat 5).

/// Keys that one device is given because of one event: at most `most_history_keys`; of many newcomers at once each gets
/// its share of `most_keys_of_event`, but at least `least_history_keys`.
inline constexpr std::uint64_t most_history_keys = 2'000;
inline constexpr std::uint64_t most_keys_of_event = 20'000;
inline constexpr std::uint64_t least_history_keys = 200;
/// Keys in one mailbox item.
inline constexpr std::size_t history_keys_in_item = 200;

/// An event that changed a group from `before` to `after`.
struct GroupStep {
  const membership::Group& before;
  const membership::Group& after;
  const wire::GroupEvent& event;
  /// Of its entry.
  std::uint64_t seq = 0;
};

/// Somebody may have come: notes what this device owes to newcomers. If this account came, what was kept for keys is
/// given up unless the group shares its history.
void note_arrivals(Turn& turn, const GroupStep& step);

/// Whether the next entry of a group's log was written before this account came.
[[nodiscard]] bool is_before_coming(Turn& turn, const ConversationRow& row);
/// Keeps such an entry for its key.
void receive_old_entry(Turn& turn, const wire::LogEntry& entry);

/// Keys of others' messages. They are used when the log was read.
void receive_history_keys(Turn& turn, const session::DeviceAddress& giver, const wire::MessageKeys& keys);

/// Gives what is owed and uses what was given. True if there is more to use than one transition should.
[[nodiscard]] bool pump_history(Turn& turn);

}  // namespace sotto::client
