#pragma once

#include <cstdint>
#include <expected>
#include <string>

namespace sotto::bench {

/// The host is always a loopback address: the load generator never leaves the machine.
struct Endpoint {
  std::uint16_t port = 0;
};

/// An error as the last system call left it in `errno`, with what it kept from being done.
[[nodiscard]] std::unexpected<std::string> failed(std::string_view what);

/// Whether `errno` says that the last system call would have had to wait.
[[nodiscard]] bool would_block();

/// A TCP connection to the endpoint, or one that is being made if `flags` has SOCK_NONBLOCK. Small messages are not
/// held back, and a read waits 30 s at most. The descriptor is the caller's to close. The error is a sentence.
[[nodiscard]] std::expected<int, std::string> connect_loopback(Endpoint endpoint, int flags);

/// Lets the connection be reset when it is closed, so that its port is free at once.
void reset_when_closed(int descriptor);

}  // namespace sotto::bench
