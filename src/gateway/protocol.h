#pragma once

#include <memory>
#include <optional>
#include <span>

#include "gateway/peer.h"
#include "gateway/reply.h"
#include "transport/outgoing_queue.h"

namespace sotto::gateway {

class Protocol;

/// A connection as the protocol that speaks over it sees it. Nothing is written before the current turn of the
/// network's thread is over, so what is queued in one turn leaves together.
class Line {
 public:
  virtual ~Line() = default;
  [[nodiscard]] virtual ConnectionId id() const = 0;
  [[nodiscard]] virtual const Peer& peer() const = 0;
  [[nodiscard]] virtual bool encrypted() const = 0;
  /// The time at which this turn began.
  [[nodiscard]] virtual transport::MonotonicTime now() const = 0;
  /// When the last octets came from the peer.
  [[nodiscard]] virtual transport::MonotonicTime heard_at() const = 0;

  virtual void queue(transport::SharedBytes octets) = 0;
  /// Octets that wait to be written.
  [[nodiscard]] virtual std::size_t queued() const = 0;
  /// Writes what is queued and closes. The protocol is given no more input.
  virtual void finish() = 0;
  /// Hands the connection to another protocol when the current call is over.
  virtual void become(std::unique_ptr<Protocol> next) = 0;
};

/// HTTP or the stream: what is made of a connection's octets. Lives on the network's thread.
class Protocol {
 public:
  virtual ~Protocol() = default;

  /// Takes octets from the front of `input`, which it may change, and returns how many are done with; 0 if it needs
  /// more than there are.
  [[nodiscard]] virtual std::size_t take(std::span<std::uint8_t> input) = 0;
  /// Whether `take` may be called. While not, nothing is read from the peer.
  [[nodiscard]] virtual bool wants_input() const = 0;
  /// Requests whose answers have not come yet.
  [[nodiscard]] virtual std::size_t requests_under_way() const = 0;

  virtual void receive(Reply reply) = 0;
  /// Everything that was queued is written.
  virtual void drained() = 0;
  /// The server stops: no new request; say goodbye when the ones under way are answered.
  virtual void stop() = 0;

  /// When `on_deadline` is to be called, if ever.
  [[nodiscard]] virtual std::optional<transport::MonotonicTime> deadline() const = 0;
  virtual void on_deadline() = 0;
};

}  // namespace sotto::gateway
