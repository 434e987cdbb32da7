#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <span>

#include "base/bytes.h"
#include "transport/tls_server.h"

namespace sotto::transport {

enum class SocketState : std::uint8_t {
  /// Octets were moved, or the step is complete.
  done,
  /// Nothing to do until the peer's octets arrive.
  wants_read,
  /// Nothing to do until the operating system takes octets.
  wants_write,
  /// The peer has closed its side in good order.
  ended,
  /// The connection is broken.
  failed,
};

struct SocketResult {
  SocketState state = SocketState::done;
  std::size_t size = 0;
};

/// A server's end of one accepted connection, plain or TLS, which never blocks: each call does what can be done at
/// once, and `wait` tells when to call again. So an idle connection owns no buffer. Used from one thread.
/// The process must ignore SIGPIPE (`ignore_broken_pipes`).
class Socket {
 public:
  using Executor = boost::asio::io_context::executor_type;
  using Native = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;

  /// `tls` is null for a plain connection. `native` must be non-blocking.
  Socket(Native native, TlsSession tls);

  /// Goes on with the TLS handshake; `done` at once for a plain connection.
  [[nodiscard]] SocketResult handshake();
  [[nodiscard]] SocketResult read(std::span<std::uint8_t> memory);
  /// Writes from the front of the pieces, taken as one run of octets; `size` may be less than all.
  [[nodiscard]] SocketResult write(std::span<const ByteView> pieces);

  /// Calls `handler` once, later, with a boost::system::error_code, when what `state` wants is possible.
  template <class Handler>
  void wait(SocketState state, Handler handler) {
    native_.async_wait(state == SocketState::wants_write ? Native::wait_write : Native::wait_read, std::move(handler));
  }

  /// Says that nothing more will be written. What the peer still sends can be read.
  void shut_down_writing();

  [[nodiscard]] bool encrypted() const { return tls_ != nullptr; }

 private:
  [[nodiscard]] SocketResult write_plain(std::span<const ByteView> pieces);
  [[nodiscard]] SocketResult write_encrypted(std::span<const ByteView> pieces);
  /// What OpenSSL means by a result that is not success.
  [[nodiscard]] SocketResult tls_result(int result) const;

  Native native_;
  TlsSession tls_;
};

/// A write to a connection that the peer closed then fails instead of ending the process. For the start of main().
void ignore_broken_pipes();

}  // namespace sotto::transport
