#include "bench/poller.h"

#include <array>
#include <sys/epoll.h>
#include <unistd.h>

#include "base/invariant.h"

namespace sotto::bench {

Poller::Poller() : epoll_(::epoll_create1(EPOLL_CLOEXEC)) { invariant(epoll_ >= 0); }

Poller::~Poller() { ::close(epoll_); }

void Poller::watch(LoadConnection& connection) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.ptr = &connection;
  invariant(::epoll_ctl(epoll_, EPOLL_CTL_ADD, connection.descriptor(), &event) == 0);
}

void Poller::await(LoadConnection& connection, std::uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.ptr = &connection;
  invariant(::epoll_ctl(epoll_, EPOLL_CTL_MOD, connection.descriptor(), &event) == 0);
}

std::expected<void, std::string> Poller::flush(LoadConnection& connection) {
  if (auto flushed = connection.flush(); !flushed) return flushed;
  if (connection.wants_to_write()) await(connection, EPOLLIN | EPOLLOUT);
  return {};
}

std::expected<void, std::string> Poller::poll(FrameSink& sink, std::chrono::milliseconds patience) {
  std::array<epoll_event, 256> events{};
  const int count =
      ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), static_cast<int>(patience.count()));
  for (int index = 0; index < count; ++index) {
    const epoll_event& event = events[static_cast<std::size_t>(index)];
    auto& connection = *static_cast<LoadConnection*>(event.data.ptr);
    if ((event.events & EPOLLOUT) != 0) {
      await(connection, EPOLLIN);
      if (auto flushed = flush(connection); !flushed) return flushed;
    }
    if ((event.events & ~static_cast<std::uint32_t>(EPOLLOUT)) == 0) continue;
    if (auto received = connection.receive(sink); !received) return received;
  }
  return {};
}

}  // namespace sotto::bench
