#include "transport/socket.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <openssl/err.h>
#include <sys/socket.h>
#include <sys/uio.h>

namespace sotto::transport {
namespace {

/// Pieces in one system call.
constexpr std::size_t max_pieces = 64;
/// Octets in one TLS record (RFC 8446 section 5.1).
constexpr std::size_t max_record_size = 16 * 1024;

SocketResult system_result(ssize_t result, SocketState wanted) {
  if (result > 0) return {SocketState::done, static_cast<std::size_t>(result)};
  if (result == 0) return {SocketState::ended};
  if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return {wanted};
  return {SocketState::failed};
}

}  // namespace

Socket::Socket(Native native, TlsSession tls) : native_(std::move(native)), tls_(std::move(tls)) {
  if (!tls_) return;
  SSL_set_fd(tls_.get(), native_.native_handle());
  SSL_set_accept_state(tls_.get());
}

SocketResult Socket::tls_result(int result) const {
  const int error = SSL_get_error(tls_.get(), result);
  ERR_clear_error();
  switch (error) {
    case SSL_ERROR_WANT_READ:
      return {SocketState::wants_read};
    case SSL_ERROR_WANT_WRITE:
      return {SocketState::wants_write};
    case SSL_ERROR_ZERO_RETURN:
      return {SocketState::ended};
    default:
      return {SocketState::failed};
  }
}

SocketResult Socket::handshake() {
  if (!tls_) return {};
  const int result = SSL_do_handshake(tls_.get());
  return result == 1 ? SocketResult{} : tls_result(result);
}

SocketResult Socket::read(std::span<std::uint8_t> memory) {
  if (!tls_) {
    return system_result(::recv(native_.native_handle(), memory.data(), memory.size(), 0), SocketState::wants_read);
  }
  std::size_t size = 0;
  const int result = SSL_read_ex(tls_.get(), memory.data(), memory.size(), &size);
  return result == 1 ? SocketResult{SocketState::done, size} : tls_result(result);
}

SocketResult Socket::write(std::span<const ByteView> pieces) {
  return tls_ ? write_encrypted(pieces) : write_plain(pieces);
}

SocketResult Socket::write_plain(std::span<const ByteView> pieces) {
  std::array<iovec, max_pieces> vectors;  // Only what is filled is read.
  const std::size_t count = std::min(pieces.size(), max_pieces);
  for (std::size_t at = 0; at < count; ++at) {
    vectors[at] = {.iov_base = const_cast<std::uint8_t*>(pieces[at].data()), .iov_len = pieces[at].size()};
  }
  msghdr message{};
  message.msg_iov = vectors.data();
  message.msg_iovlen = count;
  return system_result(::sendmsg(native_.native_handle(), &message, MSG_NOSIGNAL), SocketState::wants_write);
}

SocketResult Socket::write_encrypted(std::span<const ByteView> pieces) {
  std::array<std::uint8_t, max_record_size> record;  // One record for many small pieces.
  std::size_t filled = 0;
  for (const ByteView piece : pieces) {
    const std::size_t part = std::min(piece.size(), record.size() - filled);
    std::copy_n(piece.begin(), part, record.begin() + static_cast<std::ptrdiff_t>(filled));
    filled += part;
    if (filled == record.size()) break;
  }
  std::size_t size = 0;
  const int result = SSL_write_ex(tls_.get(), record.data(), filled, &size);
  return result == 1 ? SocketResult{SocketState::done, size} : tls_result(result);
}

void Socket::shut_down_writing() {
  if (tls_ && SSL_is_init_finished(tls_.get()) == 1) SSL_shutdown(tls_.get());
  ERR_clear_error();
  ::shutdown(native_.native_handle(), SHUT_WR);
}

void ignore_broken_pipes() { std::signal(SIGPIPE, SIG_IGN); }

}  // namespace sotto::transport
