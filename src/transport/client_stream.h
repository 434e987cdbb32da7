#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/time.h"
#include "wire/limits.h"

namespace boost::asio {
class io_context;
}

namespace sotto::transport {

/// Where a stream may go without TLS.
enum class PlainStreams : std::uint8_t {
  /// Only to an address of this machine: 127.0.0.0/8, ::1 or `localhost`.
  to_this_machine,
  /// Everywhere. For networks that are encrypted otherwise; a person must have asked for it.
  everywhere,
};

struct StreamOptions {
  /// PEM file of the certificate authorities to trust; empty for the operating system's.
  std::string authorities_file;
  PlainStreams plain = PlainStreams::to_this_machine;
  /// From `open` to `on_open`, with name look-up and TLS.
  Milliseconds connect_timeout = seconds(10);
  /// A ping goes out after this much silence; the connection counts as lost after twice as much.
  Milliseconds ping_interval = seconds(30);
  /// Octets of one incoming frame; a larger one ends the stream with `frame_too_large`.
  std::size_t max_frame_size = wire::max_answer_size;
  /// Octets of frames that were sent but not yet written to the socket.
  std::size_t max_queued_size = 1024 * 1024;
};

/// Why an address cannot be connected to at all.
enum class OpenError : std::uint8_t {
  /// Not `http://`, `https://`, `ws://` or `wss://`, a host and an optional port, with nothing behind it but "/".
  bad_url,
  /// `options.plain` forbids it.
  plain_refused,
  /// `authorities_file` cannot be read or holds no certificate.
  bad_authorities_file,
  /// The stream is open or opening.
  already_open,
};

/// Why a stream ended.
enum class StreamEnd : std::uint8_t {
  /// `close` was called.
  closed_here,
  /// The server said goodbye; it is shutting down or restarting (close code 1001). Come back.
  server_going_away,
  /// The server ended the login or did not accept it in time (close code 4401).
  unauthenticated,
  /// The server closed for another reason (text holds code and reason).
  closed_by_server,
  /// The host's name is not known.
  host_not_found,
  /// Nobody accepted the connection.
  connect_failed,
  connect_timed_out,
  /// The certificate does not verify for this host. Nothing was sent.
  untrusted_certificate,
  /// The peer speaks, but not this protocol at this address, or it refused the stream (text holds the HTTP status).
  refused,
  /// The connection broke, or nothing was heard for two ping intervals.
  lost,
  frame_too_large,
};

/// Receives what happens on a stream, on the thread that runs the io_context. Every call may call `send` and `close`.
class StreamHandler {
 public:
  virtual ~StreamHandler() = default;
  virtual void on_open() = 0;
  /// One whole binary frame, valid during the call. Text frames are not expected by a client and end the stream.
  virtual void on_frame(ByteView frame) = 0;
  /// The last call, exactly one for each successful `open`, also when `on_open` was never reached. The stream may be
  /// opened again or destroyed from inside. `text` is English, for developers and logs.
  virtual void on_closed(StreamEnd end, std::string_view text) = 0;
};

/// The client's end of `/api/v1/stream`: one WebSocket with binary frames. Never reconnects; whoever uses it decides
/// that. All calls on the thread that runs the io_context; one write and one read are under way at a time.
class ClientStream {
 public:
  /// `context` must outlive the stream.
  explicit ClientStream(boost::asio::io_context& context);
  /// Ends an open stream at once; its handler hears nothing more.
  ~ClientStream();
  ClientStream(const ClientStream&) = delete;
  ClientStream& operator=(const ClientStream&) = delete;

  /// Begins to connect to `url` (`https://chat.example.org`, `http://127.0.0.1:7380`). `handler` must live until its
  /// `on_closed` returned or the stream is destroyed; it is not called from inside `open`.
  [[nodiscard]] std::expected<void, OpenError> open(std::string_view url, const StreamOptions& options,
                                                    StreamHandler& handler);

  /// Queues one frame. False, and nothing queued, if the stream is not open (before `on_open`, or closing) or if
  /// `max_queued_size` would be exceeded.
  [[nodiscard]] bool send(Bytes frame);

  /// Writes what is queued, says goodbye and waits at most 2 seconds for the answer. `on_closed` follows, later.
  void close();

  /// Octets accepted by `send` and not yet written to the socket.
  [[nodiscard]] std::size_t queued_size() const;

 private:
  class Connection;
  std::shared_ptr<Connection> connection_;  // Kept alive by the operations under way.
  boost::asio::io_context& context_;
};

/// The reasons in English, for developers and logs.
[[nodiscard]] std::string_view explain(OpenError error);
[[nodiscard]] std::string_view explain(StreamEnd end);

}  // namespace sotto::transport
