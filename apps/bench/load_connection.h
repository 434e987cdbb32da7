#pragma once

#include <expected>
#include <memory>
#include <string>

#include "bench/loopback_socket.h"
#include "transport/tls_server.h"
#include "wire/frame.h"

namespace sotto::bench {

class LoadConnection;

/// What a load generator looks at of a pushed entry. Borrowed for one call.
struct EntryView {
  std::uint64_t seq = 0;
  ByteView body;
};

/// Receives what arrives on a connection. A connection must not be destroyed in a call.
class FrameSink {
 public:
  virtual ~FrameSink() = default;
  /// The stream that `begin` began is open.
  virtual void on_open(LoadConnection& /*connection*/) {}
  virtual void on_frame(LoadConnection& connection, const wire::ServerFrame& frame) = 0;
  /// A pushed entry, which is not decoded as a whole: a generator that costs as much as the server measures itself.
  virtual void on_entry(LoadConnection& /*connection*/, const EntryView& /*entry*/) {}
};

/// One stream of the load generator: RFC 6455 framing by hand over a socket. Binary frames only.
class LoadConnection {
 public:
  enum class Security : std::uint8_t { plain, tls };

  /// Connects and upgrades, blocking. Over TLS nothing is checked. The error is a sentence.
  static std::expected<std::unique_ptr<LoadConnection>, std::string> connect(Endpoint endpoint,
                                                                             Security security = Security::plain);
  /// Begins to connect and queues the upgrade, without blocking; `FrameSink::on_open` follows. Plain.
  static std::expected<std::unique_ptr<LoadConnection>, std::string> begin(Endpoint endpoint);
  /// Connects, blocking, to a relay, which knows no upgrade: sends `hello` and waits for its first octet to come back.
  static std::expected<std::unique_ptr<LoadConnection>, std::string> connect_bare(Endpoint endpoint, ByteView hello);
  ~LoadConnection();
  LoadConnection(const LoadConnection&) = delete;
  LoadConnection& operator=(const LoadConnection&) = delete;

  /// Sends a request and waits up to 30 s for its answer, blocking; pushes on the way are dropped. For setting up.
  std::expected<wire::Answer, std::string> call(wire::Request request);

  /// From here on the socket never blocks.
  void make_nonblocking();
  /// Resets the connection when it is closed, so that its port is free at once.
  void reset_at_end() { reset_when_closed(socket_); }
  /// Queues a request; `flush` sends it. Returns its id.
  std::uint64_t queue(wire::Request request);
  /// Queues octets as they are.
  void queue_bare(ByteView octets) { outgoing_.insert(outgoing_.end(), octets.begin(), octets.end()); }
  /// Writes what is queued, as far as the socket takes it.
  std::expected<void, std::string> flush();
  [[nodiscard]] bool wants_to_write() const { return written_ < outgoing_.size(); }
  /// Reads what has arrived and hands each complete frame to `sink`.
  std::expected<void, std::string> receive(FrameSink& sink);
  [[nodiscard]] int descriptor() const { return socket_; }

  /// A number for whoever drives the connection.
  std::size_t place = 0;

 private:
  explicit LoadConnection(int socket) : socket_(socket) {}

  static std::expected<std::unique_ptr<LoadConnection>, std::string> open_socket(Endpoint endpoint, int flags);
  void queue_upgrade(Endpoint endpoint);
  std::expected<void, std::string> shake_hands();
  std::expected<void, std::string> upgrade(Endpoint endpoint);
  /// Takes the answer to the upgrade off the front; false if it is not complete.
  std::expected<bool, std::string> take_upgrade();
  /// -1 with `errno` as of the system call.
  [[nodiscard]] std::ptrdiff_t put(ByteView octets);
  [[nodiscard]] std::ptrdiff_t get(std::span<std::uint8_t> memory);
  std::expected<void, std::string> dispatch(std::uint8_t opcode, ByteView payload, FrameSink& sink);
  /// Returns how many octets were complete frames.
  std::expected<std::size_t, std::string> deliver(ByteView octets, FrameSink& sink);

  int socket_;
  bool open_ = false;
  transport::TlsSession tls_;
  std::uint64_t last_id_ = 0;
  Bytes outgoing_;
  std::size_t written_ = 0;
  /// The beginning of a frame that is not complete.
  Bytes incoming_;
};

}  // namespace sotto::bench
