#pragma once

#include <array>
#include <chrono>
#include <sys/epoll.h>
#include <unistd.h>

#include "base/invariant.h"
#include "bench/load_connection.h"

namespace sotto::bench {

/// Waits on many connections with epoll(7). Borrows the connections, which must outlive it. A connection has a
/// `descriptor`, `flush`, `wants_to_write`, and `receive`, which hands what arrived to a sink.
template <class Connection, class Sink>
class PollerOf {
 public:
  PollerOf() : epoll_(::epoll_create1(EPOLL_CLOEXEC)) { invariant(epoll_ >= 0); }
  ~PollerOf() { ::close(epoll_); }
  PollerOf(const PollerOf&) = delete;
  PollerOf& operator=(const PollerOf&) = delete;

  void watch(Connection& connection) { await(connection, EPOLL_CTL_ADD, EPOLLIN); }

  /// Writes what the connection has queued; what the socket does not take goes out when it can.
  std::expected<void, std::string> flush(Connection& connection) {
    if (auto flushed = connection.flush(); !flushed) return flushed;
    if (connection.wants_to_write()) await(connection, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
    return {};
  }

  /// Waits up to `patience`, then reads from each connection that has something and writes where that was awaited.
  std::expected<void, std::string> poll(Sink& sink, std::chrono::milliseconds patience) {
    std::array<epoll_event, 256> events{};
    const int count =
        ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), static_cast<int>(patience.count()));
    for (int index = 0; index < count; ++index) {
      const epoll_event& event = events[static_cast<std::size_t>(index)];
      auto& connection = *static_cast<Connection*>(event.data.ptr);
      if ((event.events & EPOLLOUT) != 0) {
        await(connection, EPOLL_CTL_MOD, EPOLLIN);
        if (auto flushed = flush(connection); !flushed) return flushed;
      }
      if ((event.events & ~static_cast<std::uint32_t>(EPOLLOUT)) == 0) continue;
      if (auto received = connection.receive(sink); !received) return received;
      // Answers to pings go out although nobody sends.
      if (connection.wants_to_write()) {
        if (auto flushed = flush(connection); !flushed) return flushed;
      }
    }
    return {};
  }

 private:
  void await(Connection& connection, int operation, std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.ptr = &connection;
    invariant(::epoll_ctl(epoll_, operation, connection.descriptor(), &event) == 0);
  }

  int epoll_;
};

using Poller = PollerOf<LoadConnection, FrameSink>;

}  // namespace sotto::bench
