#pragma once

#include "gateway/hub.h"
#include "gateway/protocol.h"
#include "transport/websocket_frames.h"

namespace sotto::gateway {

/// What brings a stream's frames to the client: a WebSocket, or polls (docs/decisions/0013). Borrowed by its
/// `StreamSession`. Lives on the network's thread.
class StreamCarrier {
 public:
  virtual ~StreamCarrier() = default;
  /// Where answers to the stream's requests are to go.
  [[nodiscard]] virtual ConnectionId id() const = 0;
  /// The time at which this turn began.
  [[nodiscard]] virtual transport::MonotonicTime now() const = 0;

  /// A frame or push as this carrier sends it. A carrier may know one form only.
  [[nodiscard]] virtual transport::SharedBytes encode(const wire::ServerFrame& frame, Form form) const = 0;
  [[nodiscard]] virtual transport::SharedBytes encode(Push& push, Form form) const = 0;
  /// What `encode` made.
  virtual void queue(transport::SharedBytes octets) = 0;
  /// Octets that the client has not taken.
  [[nodiscard]] virtual std::size_t queued() const = 0;
  /// Ends the stream after what is queued. The session is given no more requests.
  virtual void close(transport::CloseCode code, std::string_view reason) = 0;
};

}  // namespace sotto::gateway
