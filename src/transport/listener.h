#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "transport/socket.h"

namespace sotto::transport {

/// `127.0.0.1:7380` or `[::1]:7380`: a literal address and a port, of which 0 stands for any free one. Nothing for
/// anything else.
[[nodiscard]] std::optional<boost::asio::ip::tcp::endpoint> parse_endpoint(std::string_view text);
/// The form that `parse_endpoint` reads.
[[nodiscard]] std::string to_text(const boost::asio::ip::tcp::endpoint& endpoint);

/// Accepts connections on one address. Lives on the thread of its io_context, which must not run after it is gone.
class Listener {
 public:
  struct Events {
    /// A new connection, not blocking.
    std::function<void(Socket::Native, const boost::asio::ip::tcp::endpoint&)> accepted;
    /// Files or memory ran out. No connection is accepted for half a second; those that wait are kept by the operating
    /// system. Called once for each time that it begins.
    std::function<void(std::string_view reason)> exhausted;
  };

  explicit Listener(boost::asio::io_context& context) : acceptor_(context), pause_(context) {}
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  /// Begins to listen; the error is the operating system's reason. Once.
  [[nodiscard]] std::expected<void, std::string> open(const boost::asio::ip::tcp::endpoint& endpoint, Events events);
  /// With the real port.
  [[nodiscard]] boost::asio::ip::tcp::endpoint endpoint() const { return endpoint_; }
  /// Accepts nothing more.
  void close();

 private:
  void accept();
  void rest();

  boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, Socket::Executor> acceptor_;
  boost::asio::steady_timer pause_;
  boost::asio::ip::tcp::endpoint endpoint_;
  Events events_;
  bool exhausted_ = false;
};

}  // namespace sotto::transport
