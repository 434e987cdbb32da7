#pragma once

#include <memory>
#include <vector>

#include "base/ids.h"
#include "bench/load_connection.h"
#include "bench/site.h"
#include "bench/traffic.h"

namespace sotto::bench {

/// A conversation in which one member writes and all others read, each over an authenticated stream.
struct Room {
  /// Who takes messages from the sender to the readers: the server, or a relay that copies octets.
  enum class Carrier : std::uint8_t { server, relay };

  ConversationId conversation;
  std::uint64_t epoch = 0;
  /// The newest entry of the log before the load begins.
  std::uint64_t head = 0;
  std::unique_ptr<LoadConnection> sender;
  std::vector<std::unique_ptr<LoadConnection>> readers;
  Carrier carrier = Carrier::server;
};

/// Measures the rooms' traffic (`Traffic::measure`); `process` is the server. The error is a sentence.
std::expected<Report, std::string> run_rooms(int process, std::vector<Room> rooms, const Pace& pace);

/// A room of the direct conversation of residents `number` and `number` + 1.
std::expected<Room, std::string> direct_room(const Site& site, std::size_t number);

}  // namespace sotto::bench
