#pragma once

#include <memory>
#include <vector>

#include "base/ids.h"
#include "bench/load_connection.h"
#include "bench/report.h"
#include "bench/site.h"

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
  /// Who also should read and never does.
  std::vector<std::unique_ptr<LoadConnection>> deaf = {};
  Carrier carrier = Carrier::server;
};

/// How the senders write, and for how long it is measured.
struct Pace {
  /// Messages that each sender keeps under way; the next goes out when one has reached all its readers.
  unsigned window = 32;
  /// Messages a second of all senders together, whatever becomes of earlier ones; 0 for the closed loop of `window`.
  /// Latency then counts from when a message was due, so a server that stalls is charged for what had to wait
  /// (coordinated omission).
  unsigned rate = 0;
  unsigned seconds = 5;
  /// Octets of a body, at least 16.
  std::size_t body_size = 400;
};

/// Writes in all rooms for a second to warm up, then for `pace.seconds`, from one thread. Fails if a message is lost,
/// doubled or out of order. `process` is weighed meanwhile. The error is a sentence.
std::expected<Report, std::string> run_rooms(int process, std::vector<Room> rooms, const Pace& pace);

/// A room of the direct conversation of residents `number` and `number` + 1.
std::expected<Room, std::string> direct_room(const Site& site, std::size_t number);

}  // namespace sotto::bench
