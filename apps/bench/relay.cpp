#include "bench/relay.h"

#include "bench/relay_process.h"

namespace sotto::bench {

std::expected<Report, std::string> run_relay(const RelayOptions& options) {
  auto relay = RelayProcess::start();
  if (!relay) return std::unexpected(relay.error());
  std::vector<Room> rooms(options.rooms);
  for (std::size_t number = 0; number < rooms.size(); ++number) {
    Room& room = rooms[number];
    room.carrier = Room::Carrier::relay;
    const auto seat = static_cast<std::uint8_t>(number);
    for (unsigned reader = 0; reader < options.readers; ++reader) {
      auto connection = (*relay)->connect({.room = seat, .role = RelayProcess::Role::reader});
      if (!connection) return std::unexpected(connection.error());
      room.readers.push_back(std::move(*connection));
    }
    auto sender = (*relay)->connect({.room = seat, .role = RelayProcess::Role::sender});
    if (!sender) return std::unexpected(sender.error());
    room.sender = std::move(*sender);
  }
  auto report = run_rooms((*relay)->id(), std::move(rooms), options.pace);
  if (report) report->form = "relay";
  return report;
}

}  // namespace sotto::bench
