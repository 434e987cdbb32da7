#include "bench/relay_process.h"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace sotto::bench {
namespace {

/// The child's whole life. It ends by a signal, or when something fails.
class Relay {
 public:
  explicit Relay(int listener) : listener_(listener), epoll_(::epoll_create1(0)), rooms_(256) {
    await(listener_, EPOLL_CTL_ADD, EPOLLIN);
  }

  void run() {
    std::array<epoll_event, 256> events{};
    while (true) {
      const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
      for (int index = 0; index < count; ++index) {
        const epoll_event& event = events[static_cast<std::size_t>(index)];
        if (event.data.fd == listener_) {
          accept();
        } else {
          if ((event.events & EPOLLOUT) != 0) flush(event.data.fd);
          if ((event.events & ~static_cast<std::uint32_t>(EPOLLOUT)) != 0) read(event.data.fd);
        }
      }
    }
  }

 private:
  struct Peer {
    bool seated = false;
    std::uint8_t room = 0;
    /// What the socket did not take.
    Bytes pending;
  };

  void await(int descriptor, int operation, std::uint32_t wanted) const {
    epoll_event event{};
    event.events = wanted;
    event.data.fd = descriptor;
    ::epoll_ctl(epoll_, operation, descriptor, &event);
  }

  void accept() {
    const int descriptor = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK);
    if (descriptor < 0) return;
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (peers_.size() <= static_cast<std::size_t>(descriptor)) peers_.resize(static_cast<std::size_t>(descriptor) + 1);
    await(descriptor, EPOLL_CTL_ADD, EPOLLIN);
  }

  void read(int descriptor) {
    const ssize_t count = ::recv(descriptor, memory_.data(), memory_.size(), 0);
    if (count < 0 && errno == EAGAIN) return;
    if (count <= 0) {
      ::close(descriptor);
      return;
    }
    const ByteView octets = std::span(memory_).first(static_cast<std::size_t>(count));
    Peer& peer = peers_[static_cast<std::size_t>(descriptor)];
    if (!peer.seated) return seat(descriptor, octets);
    for (const int reader : rooms_[peer.room]) write(reader, octets);
  }

  void seat(int descriptor, ByteView hello) {
    Peer& peer = peers_[static_cast<std::size_t>(descriptor)];
    peer.seated = true;
    peer.room = hello[0];
    if (static_cast<RelayProcess::Role>(hello[1]) == RelayProcess::Role::reader)
      rooms_[peer.room].push_back(descriptor);
    write(descriptor, hello.first(1));
  }

  void write(int descriptor, ByteView octets) {
    Bytes& pending = peers_[static_cast<std::size_t>(descriptor)].pending;
    std::size_t written = 0;
    if (pending.empty()) {
      const ssize_t count = ::send(descriptor, octets.data(), octets.size(), MSG_NOSIGNAL);
      written = count < 0 ? 0 : static_cast<std::size_t>(count);
    }
    if (written == octets.size()) return;
    pending.insert(pending.end(), octets.begin() + static_cast<std::ptrdiff_t>(written), octets.end());
    await(descriptor, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
  }

  void flush(int descriptor) {
    Bytes octets = std::exchange(peers_[static_cast<std::size_t>(descriptor)].pending, {});
    await(descriptor, EPOLL_CTL_MOD, EPOLLIN);
    write(descriptor, octets);
  }

  int listener_;
  int epoll_;
  std::vector<std::vector<int>> rooms_;
  /// By descriptor.
  std::vector<Peer> peers_;
  std::array<std::uint8_t, 64 * 1024> memory_{};
};

}  // namespace

std::expected<std::unique_ptr<RelayProcess>, std::string> RelayProcess::start() {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (listener < 0 || ::bind(listener, generic, size) != 0 || ::listen(listener, 4'096) != 0 ||
      ::getsockname(listener, generic, &size) != 0) {
    ::close(listener);
    return std::unexpected("the relay cannot listen");
  }
  std::unique_ptr<RelayProcess> relay(new RelayProcess);
  relay->endpoint_ = {ntohs(address.sin_port)};
  relay->process_ = ::fork();
  if (relay->process_ == 0) {
    Relay(listener).run();
    ::_exit(0);
  }
  ::close(listener);
  return relay;
}

RelayProcess::~RelayProcess() {
  if (process_ <= 0) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

std::expected<std::unique_ptr<LoadConnection>, std::string> RelayProcess::connect(const Seat& seat) const {
  const std::array<std::uint8_t, 2> hello{seat.room, static_cast<std::uint8_t>(seat.role)};
  return LoadConnection::connect_bare(endpoint_, hello);
}

}  // namespace sotto::bench
