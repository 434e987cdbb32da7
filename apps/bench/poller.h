#pragma once

#include <chrono>

#include "bench/load_connection.h"

namespace sotto::bench {

/// Waits on many connections with epoll(7). Borrows the connections, which must outlive it.
class Poller {
 public:
  Poller();
  ~Poller();
  Poller(const Poller&) = delete;
  Poller& operator=(const Poller&) = delete;

  void watch(LoadConnection& connection);
  /// Writes what the connection has queued; what the socket does not take goes out when it can.
  std::expected<void, std::string> flush(LoadConnection& connection);
  /// Waits up to `patience`, then reads from each connection that has something and writes where that was awaited.
  std::expected<void, std::string> poll(FrameSink& sink, std::chrono::milliseconds patience);

 private:
  void await(LoadConnection& connection, std::uint32_t events);

  int epoll_;
};

}  // namespace sotto::bench
