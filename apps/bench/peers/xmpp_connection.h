#pragma once

#include <memory>
#include <string>

#include "bench/loopback_socket.h"
#include "bench/peers/stanza.h"
#include "bench/poller.h"

namespace sotto::bench::peers {

class XmppConnection;

/// Receives what arrives on a connection. A connection must not be destroyed in a call.
class StanzaSink {
 public:
  virtual ~StanzaSink() = default;
  virtual void on_stanza(XmppConnection& connection, const Stanza& stanza) = 0;
};

/// One stream of the load generator to an XMPP server, plain TCP.
class XmppConnection {
 public:
  /// Begins to connect, without blocking. The error is a sentence.
  static std::expected<std::unique_ptr<XmppConnection>, std::string> begin(Endpoint endpoint);
  ~XmppConnection();
  XmppConnection(const XmppConnection&) = delete;
  XmppConnection& operator=(const XmppConnection&) = delete;

  /// Resets the connection when it is closed, so that its port is free at once.
  void reset_at_end() { reset_when_closed(socket_); }
  /// Queues octets as they are.
  void queue(std::string_view octets) { outgoing_ += octets; }
  /// Writes what is queued, as far as the socket takes it.
  std::expected<void, std::string> flush();
  [[nodiscard]] bool wants_to_write() const { return !outgoing_.empty(); }
  /// Reads what has arrived and hands each complete stanza to `sink`.
  std::expected<void, std::string> receive(StanzaSink& sink);
  [[nodiscard]] int descriptor() const { return socket_; }

  /// A number for whoever drives the connection.
  std::size_t place = 0;

 private:
  explicit XmppConnection(int socket) : socket_(socket) {}

  int socket_;
  std::string outgoing_;
  /// The beginning of a stanza that is not complete.
  std::string incoming_;
};

using XmppPoller = PollerOf<XmppConnection, StanzaSink>;

}  // namespace sotto::bench::peers
