#pragma once

#include <expected>
#include <memory>
#include <string>

#include "wire/frame.h"

namespace sotto::bench {

/// The host is always a loopback address: the load generator never leaves the machine.
struct Endpoint {
  std::uint16_t port = 0;
};

class LoadConnection;

/// Receives what arrives on a connection.
class FrameSink {
 public:
  virtual ~FrameSink() = default;
  virtual void on_frame(LoadConnection& connection, const wire::ServerFrame& frame) = 0;
};

/// One stream of the load generator: RFC 6455 framing by hand over a socket, so that generating load costs less than
/// serving it. Binary frames only.
class LoadConnection {
 public:
  /// Connects and upgrades, blocking. The error is a sentence.
  static std::expected<std::unique_ptr<LoadConnection>, std::string> connect(Endpoint endpoint);
  ~LoadConnection();
  LoadConnection(const LoadConnection&) = delete;
  LoadConnection& operator=(const LoadConnection&) = delete;

  /// Sends a request and waits up to 30 s for its answer, blocking; pushes on the way are dropped. For setting up.
  std::expected<wire::Answer, std::string> call(wire::Request request);

  /// From here on the socket never blocks.
  void make_nonblocking();
  /// Queues a request; `flush` sends it. Returns its id.
  std::uint64_t queue(wire::Request request);
  /// Writes what is queued, as far as the socket takes it.
  std::expected<void, std::string> flush();
  [[nodiscard]] bool wants_to_write() const { return written_ < outgoing_.size(); }
  /// Reads what has arrived and hands each complete frame to `sink`.
  std::expected<void, std::string> receive(FrameSink& sink);
  [[nodiscard]] int descriptor() const { return socket_; }

 private:
  explicit LoadConnection(int socket) : socket_(socket) {}

  std::expected<void, std::string> upgrade(Endpoint endpoint);
  std::expected<std::size_t, std::string> read_some();
  /// Takes complete frames off `incoming_`.
  std::expected<void, std::string> deliver(FrameSink& sink);

  int socket_;
  std::uint64_t last_id_ = 0;
  Bytes outgoing_;
  std::size_t written_ = 0;
  Bytes incoming_;
};

}  // namespace sotto::bench
