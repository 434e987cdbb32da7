#pragma once

#include "bench/rooms.h"

namespace sotto::bench {

struct RelayOptions {
  unsigned rooms = 16;
  /// Of each room.
  unsigned readers = 1;
  Pace pace;
};

/// What the machine could do at best: the rooms of `pairs` and `group` over a process that copies what the sender
/// writes to the readers, with epoll and one thread, and neither looks at an octet nor keeps one. The error is a
/// sentence.
std::expected<Report, std::string> run_relay(const RelayOptions& options);

}  // namespace sotto::bench
