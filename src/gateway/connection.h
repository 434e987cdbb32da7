#pragma once

#include "gateway/metrics.h"
#include "gateway/protocol.h"
#include "gateway/settings.h"
#include "transport/socket.h"
#include "transport/timer_wheel.h"

namespace sotto::gateway {

/// What a connection is waiting for the socket with.
enum class SocketEvent : std::uint8_t { read, write };

/// What all connections of one executor share.
class ConnectionHost {
 public:
  virtual ~ConnectionHost() = default;
  [[nodiscard]] virtual transport::MonotonicTime now() const = 0;
  /// Memory that one read may use until its octets are dealt with.
  [[nodiscard]] virtual std::span<std::uint8_t> scratch() = 0;
  [[nodiscard]] virtual transport::TimerWheel& timers() = 0;
  /// Calls the connection's `settle` before this turn is over.
  virtual void settle_later(ConnectionId id) = 0;
  /// Calls the connection's `on_ready(event)` once, later, when the socket is in the wanted state.
  virtual void wait(ConnectionId id, transport::Socket& socket, transport::SocketState wanted, SocketEvent event) = 0;
  /// Calls the connection's `on_ready(read)` in a later turn.
  virtual void read_again(ConnectionId id) = 0;
};

/// The life of one connection: TLS handshake, octets to the protocol and back, deadlines, an orderly end. While it is
/// idle it owns no buffer.
class Connection final : public Line {
 public:
  struct Parts {
    ConnectionHost& host;
    Metrics& metrics;
    const GatewaySettings& settings;
  };

  Connection(const Parts& parts, ConnectionId id, transport::Socket socket, Peer peer);

  /// Once, before anything else.
  void start(std::unique_ptr<Protocol> protocol);
  void on_ready(SocketEvent event);
  /// An entry of the wheel was due.
  void on_timer();
  void receive(Reply reply);
  void stop();
  /// The end of a turn: writes, goes on with what was read and could not be dealt with, waits for what comes next.
  void settle();
  /// To be destroyed.
  [[nodiscard]] bool is_over() const { return phase_ == Phase::over; }

  [[nodiscard]] ConnectionId id() const override { return id_; }
  [[nodiscard]] const Peer& peer() const override { return peer_; }
  [[nodiscard]] bool encrypted() const override { return socket_.encrypted(); }
  [[nodiscard]] transport::MonotonicTime now() const override { return parts_.host.now(); }
  [[nodiscard]] transport::MonotonicTime heard_at() const override { return heard_at_; }
  void queue(transport::SharedBytes octets) override;
  [[nodiscard]] std::size_t queued() const override { return outgoing_.size(); }
  void finish() override;
  void become(std::unique_ptr<Protocol> next) override { next_protocol_ = std::move(next); }

 private:
  enum class Phase : std::uint8_t {
    handshaking,
    open,
    /// What is queued is still written.
    finishing,
    /// Our side is closed; what the peer still sends is dropped, so that it can read our last words.
    lingering,
    over,
  };

  void shake_hands();
  void read_input();
  /// Whether it makes sense to read on.
  bool deal_with(std::span<std::uint8_t> octets);
  void on_read_end(transport::SocketState state);
  /// Gives octets to the protocol; returns how many it took.
  std::size_t feed(std::span<std::uint8_t> octets);
  bool feed_leftover();
  void write_output();
  void on_written();
  void resume_reading();
  /// Has `settle` called at the end of this turn.
  void touch();
  void wait(transport::SocketState wanted, SocketEvent event);
  void schedule();
  [[nodiscard]] std::optional<transport::MonotonicTime> next_deadline() const;
  void end();
  void end_timed_out();
  [[nodiscard]] bool may_read() const;

  Parts parts_;
  ConnectionId id_;
  transport::Socket socket_;
  Peer peer_;
  std::unique_ptr<Protocol> protocol_;
  std::unique_ptr<Protocol> next_protocol_;
  Bytes leftover_;
  transport::OutgoingQueue outgoing_;
  transport::TimerWheel::Entry timer_;
  transport::MonotonicTime scheduled_for_;
  transport::MonotonicTime phase_began_at_;
  transport::MonotonicTime heard_at_;
  transport::MonotonicTime progress_at_;
  Phase phase_ = Phase::handshaking;
  bool waiting_to_read_ = false;
  bool waiting_to_write_ = false;
  bool input_ended_ = false;
  bool touched_ = false;
};

}  // namespace sotto::gateway
