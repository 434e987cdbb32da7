#pragma once

#include "client/turn.h"

namespace sotto::client {

// Changes of the account's own device list: signed here, published, and pinned once the server has them. Two devices
// that change it at the same time do so one after the other.

/// Begins a change, unless another one is under way: then false. Its command is failed if it comes to nothing; what
/// follows when it is made is for who began it.
[[nodiscard]] bool begin_list_change(Turn& turn, session::DeviceListChange change, std::uint64_t command);
/// Whether the pinned list shows a change already.
[[nodiscard]] bool is_made(Turn& turn, const session::DeviceListChange& change);

void run_remove_device(Turn& turn, WaitingCommand& waiting, const RemoveDevice& command);

void pump_list_change(Turn& turn);
void receive_list_published(Turn& turn, const AskPublishList& asked);
void receive_list_refused(Turn& turn, const AskPublishList& asked, const wire::Error& error);

/// Tells the user what is new on the own list, if anything.
void tell_own_devices(Turn& turn, const session::VerifiedDeviceList& before, const session::VerifiedDeviceList& after);

}  // namespace sotto::client
