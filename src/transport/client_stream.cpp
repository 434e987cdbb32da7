#include "transport/client_stream.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <deque>
#include <openssl/err.h>
#include <optional>

#include "transport/server_url.h"

namespace sotto::transport {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using boost::system::error_code;

using PlainSocket = websocket::stream<beast::tcp_stream>;
using TlsSocket = websocket::stream<beast::ssl_stream<beast::tcp_stream>>;

constexpr std::chrono::seconds goodbye_timeout{2};
constexpr std::uint16_t unauthenticated_code = 4401;

std::chrono::milliseconds span_of(Milliseconds span) { return std::chrono::milliseconds(span.count); }

/// Who is trusted; nothing if the file cannot be used.
std::optional<asio::ssl::context> trust(const std::string& authorities_file) {
  asio::ssl::context context(asio::ssl::context::tls_client);
  SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
  error_code code;
  context.set_verify_mode(asio::ssl::verify_peer, code);
  if (authorities_file.empty()) {
    context.set_default_verify_paths(code);
  } else if (!code) {
    context.load_verify_file(authorities_file, code);
  }
  if (code) return std::nullopt;
  return context;
}

StreamEnd end_for_close(std::uint16_t code) {
  if (code == websocket::close_code::going_away) return StreamEnd::server_going_away;
  if (code == unauthenticated_code) return StreamEnd::unauthenticated;
  return StreamEnd::closed_by_server;
}

}  // namespace

/// One connection from `open` to `on_closed`. Kept alive by its operations; `handler_` is null once it has ended.
class ClientStream::Connection : public std::enable_shared_from_this<Connection> {
 public:
  struct Target {
    ServerUrl url;
    StreamOptions options;
  };

  Connection(asio::io_context& context, Target target, StreamHandler& handler)
      : resolver_(context), deadline_(context), target_(std::move(target)), handler_(&handler) {}
  virtual ~Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start();
  bool send(Bytes frame);
  void close();
  /// The handler is gone.
  void abandon() {
    handler_ = nullptr;
    cancel();
  }
  [[nodiscard]] bool ended() const { return handler_ == nullptr; }
  [[nodiscard]] std::size_t queued_size() const { return queued_size_; }

 protected:
  enum class Phase : std::uint8_t { connecting, open, closing };

  virtual beast::tcp_stream& tcp() = 0;
  /// TLS if need be, then the WebSocket handshake; goes on with `opened` or `finish`.
  virtual void shake_hands() = 0;
  virtual void read() = 0;
  virtual void write() = 0;
  virtual void say_goodbye() = 0;

  void connect(const asio::ip::tcp::resolver::results_type& addresses);
  void opened();
  void received(const error_code& code, const websocket::close_reason& reason);
  void written(const error_code& code);
  void finish(StreamEnd end, std::string_view text);
  void cancel();
  [[nodiscard]] StreamEnd end_while_connecting(StreamEnd otherwise) const {
    return timed_out_ ? StreamEnd::connect_timed_out : otherwise;
  }

  asio::ip::tcp::resolver resolver_;
  asio::steady_timer deadline_;
  Target target_;
  StreamHandler* handler_;
  Phase phase_ = Phase::connecting;
  bool timed_out_ = false;
  bool writing_ = false;
  beast::flat_buffer incoming_;
  std::deque<Bytes> outgoing_;
  std::size_t queued_size_ = 0;
};

namespace {

/// The steps that depend on whether there is TLS.
template <class Socket, class Base>
class Link final : public Base {
 public:
  Link(asio::io_context& context, typename Base::Target target, StreamHandler& handler)
    requires std::same_as<Socket, PlainSocket>
      : Base(context, std::move(target), handler), socket_(context) {
    configure();
  }
  Link(asio::io_context& context, typename Base::Target target, StreamHandler& handler, asio::ssl::context trusted)
      : Base(context, std::move(target), handler), trusted_(std::move(trusted)), socket_(context, *trusted_) {
    configure();
  }

 private:
  static constexpr bool encrypted = std::same_as<Socket, TlsSocket>;

  void configure() {
    const StreamOptions& options = this->target_.options;
    websocket::stream_base::timeout timeouts{};
    timeouts.handshake_timeout = span_of(options.connect_timeout);
    timeouts.idle_timeout = 2 * span_of(options.ping_interval);  // Beast pings at half of it.
    timeouts.keep_alive_pings = true;
    socket_.set_option(timeouts);
    socket_.read_message_max(options.max_frame_size);
    socket_.binary(true);
    socket_.auto_fragment(false);
  }

  auto self() { return std::static_pointer_cast<Link>(this->shared_from_this()); }
  beast::tcp_stream& tcp() override { return beast::get_lowest_layer(socket_); }

  void shake_hands() override {
    if constexpr (encrypted) {
      const std::string& host = this->target_.url.host;
      // What the macro SSL_set_tlsext_host_name stands for.
      SSL_ctrl(socket_.next_layer().native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
               const_cast<char*>(host.c_str()));
      error_code code;
      socket_.next_layer().set_verify_callback(asio::ssl::host_name_verification(host), code);
      if (code) return this->finish(StreamEnd::untrusted_certificate, code.message());
      socket_.next_layer().async_handshake(asio::ssl::stream_base::client, [self = self()](const error_code& result) {
        if (self->ended()) return;
        if (!result) return self->upgrade();
        const bool untrusted = SSL_get_verify_result(self->socket_.next_layer().native_handle()) != X509_V_OK;
        self->finish(self->end_while_connecting(untrusted ? StreamEnd::untrusted_certificate : StreamEnd::refused),
                     result.message());
      });
    } else {
      upgrade();
    }
  }

  void upgrade() {
    socket_.async_handshake(
        response_, this->target_.url.authority(), "/api/v1/stream", [self = self()](const error_code& code) {
          if (self->ended()) return;
          if (!code) return self->opened();
          const bool declined = code == websocket::error::upgrade_declined;
          self->finish(self->end_while_connecting(StreamEnd::refused),
                       declined ? "HTTP status " + std::to_string(self->response_.result_int()) : code.message());
        });
  }

  void read() override {
    socket_.async_read(this->incoming_, [self = self()](const error_code& code, std::size_t) {
      if (self->ended()) return;
      if (!code && !self->socket_.got_binary()) return self->finish(StreamEnd::refused, "a text frame");
      self->received(code, self->socket_.reason());
    });
  }

  void write() override {
    const Bytes& frame = this->outgoing_.front();
    socket_.async_write(asio::buffer(frame), [self = self()](const error_code& code, std::size_t) {
      if (!self->ended()) self->written(code);
    });
  }

  void say_goodbye() override {
    socket_.async_close(websocket::close_code::normal, [self = self()](const error_code&) {
      if (!self->ended()) self->finish(StreamEnd::closed_here, "closed");
    });
  }

  std::optional<asio::ssl::context> trusted_;
  Socket socket_;
  websocket::response_type response_;
};

}  // namespace

void ClientStream::Connection::start() {
  deadline_.expires_after(span_of(target_.options.connect_timeout));
  deadline_.async_wait([self = shared_from_this()](const error_code& code) {
    if (code || self->ended() || self->phase_ != Phase::connecting) return;
    self->timed_out_ = true;
    self->finish(StreamEnd::connect_timed_out, "no connection in time");
  });
  resolver_.async_resolve(target_.url.host, target_.url.port,
                          [self = shared_from_this()](const error_code& code, const auto& addresses) {
                            if (self->ended()) return;
                            if (code) return self->finish(StreamEnd::host_not_found, code.message());
                            self->connect(addresses);
                          });
}

void ClientStream::Connection::connect(const asio::ip::tcp::resolver::results_type& addresses) {
  tcp().async_connect(addresses, [self = shared_from_this()](const error_code& code, const auto&) {
    if (self->ended()) return;
    if (code) return self->finish(StreamEnd::connect_failed, code.message());
    error_code ignored;
    self->tcp().socket().set_option(asio::ip::tcp::no_delay(true), ignored);
    self->shake_hands();
  });
}

void ClientStream::Connection::opened() {
  deadline_.cancel();
  phase_ = Phase::open;
  read();
  handler_->on_open();
}

void ClientStream::Connection::received(const error_code& code, const websocket::close_reason& reason) {
  if (code == websocket::error::closed) {
    if (phase_ == Phase::closing) return finish(StreamEnd::closed_here, "closed");
    return finish(end_for_close(reason.code), std::to_string(reason.code) + " " + std::string(reason.reason.c_str()));
  }
  if (code == websocket::error::message_too_big) return finish(StreamEnd::frame_too_large, code.message());
  if (code) return finish(phase_ == Phase::closing ? StreamEnd::closed_here : StreamEnd::lost, code.message());
  const auto self = shared_from_this();  // The handler may destroy the stream.
  const auto octets = incoming_.data();
  handler_->on_frame({static_cast<const std::uint8_t*>(octets.data()), octets.size()});
  if (ended()) return;
  incoming_.consume(incoming_.size());
  read();
}

bool ClientStream::Connection::send(Bytes frame) {
  if (ended() || phase_ != Phase::open) return false;
  if (queued_size_ + frame.size() > target_.options.max_queued_size) return false;
  queued_size_ += frame.size();
  outgoing_.push_back(std::move(frame));
  if (!writing_) {
    writing_ = true;
    write();
  }
  return true;
}

void ClientStream::Connection::written(const error_code& code) {
  queued_size_ -= outgoing_.front().size();
  outgoing_.pop_front();
  writing_ = false;
  if (code) return;  // The read that is under way tells why.
  if (!outgoing_.empty()) {
    writing_ = true;
    write();
  } else if (phase_ == Phase::closing) {
    say_goodbye();
  }
}

void ClientStream::Connection::close() {
  if (ended() || phase_ == Phase::closing) return;
  const bool was_open = phase_ == Phase::open;
  phase_ = Phase::closing;
  if (!was_open) {
    asio::post(deadline_.get_executor(), [self = shared_from_this()] {
      if (!self->ended()) self->finish(StreamEnd::closed_here, "closed before it was open");
    });
    return;
  }
  deadline_.expires_after(goodbye_timeout);
  deadline_.async_wait([self = shared_from_this()](const error_code& code) {
    if (!code && !self->ended()) self->finish(StreamEnd::closed_here, "closed without an answer");
  });
  if (!writing_) say_goodbye();
}

void ClientStream::Connection::cancel() {
  resolver_.cancel();
  deadline_.cancel();
  error_code ignored;
  tcp().socket().close(ignored);
}

void ClientStream::Connection::finish(StreamEnd end, std::string_view text) {
  const std::string kept(text);
  StreamHandler* const handler = std::exchange(handler_, nullptr);
  cancel();
  handler->on_closed(end, kept);
}

ClientStream::ClientStream(asio::io_context& context) : context_(context) {}

ClientStream::~ClientStream() {
  if (connection_ && !connection_->ended()) connection_->abandon();
}

std::expected<void, OpenError> ClientStream::open(std::string_view url, const StreamOptions& options,
                                                  StreamHandler& handler) {
  if (connection_ && !connection_->ended()) return std::unexpected(OpenError::already_open);
  auto parsed = parse_server_url(url);
  if (!parsed) return std::unexpected(OpenError::bad_url);
  Connection::Target target{std::move(*parsed), options};
  if (target.url.encrypted) {
    auto trusted = trust(options.authorities_file);
    if (!trusted) return std::unexpected(OpenError::bad_authorities_file);
    connection_ =
        std::make_shared<Link<TlsSocket, Connection>>(context_, std::move(target), handler, std::move(*trusted));
  } else {
    if (options.plain == PlainStreams::to_this_machine && !target.url.is_this_machine()) {
      return std::unexpected(OpenError::plain_refused);
    }
    connection_ = std::make_shared<Link<PlainSocket, Connection>>(context_, std::move(target), handler);
  }
  connection_->start();
  return {};
}

bool ClientStream::send(Bytes frame) { return connection_ && connection_->send(std::move(frame)); }

void ClientStream::close() {
  if (connection_) connection_->close();
}

std::size_t ClientStream::queued_size() const { return connection_ ? connection_->queued_size() : 0; }

std::string_view explain(OpenError error) {
  switch (error) {
    case OpenError::bad_url:
      return "not the address of a server";
    case OpenError::plain_refused:
      return "without TLS only a server on this machine may be used";
    case OpenError::bad_authorities_file:
      return "the file of certificate authorities cannot be used";
    case OpenError::already_open:
      return "the stream is open already";
  }
  return "";
}

std::string_view explain(StreamEnd end) {
  switch (end) {
    case StreamEnd::closed_here:
      return "closed";
    case StreamEnd::server_going_away:
      return "the server is stopping or restarting";
    case StreamEnd::unauthenticated:
      return "the login has ended or was not shown in time";
    case StreamEnd::closed_by_server:
      return "the server closed the stream";
    case StreamEnd::host_not_found:
      return "the host's name is not known";
    case StreamEnd::connect_failed:
      return "nobody accepts connections there";
    case StreamEnd::connect_timed_out:
      return "no connection in time";
    case StreamEnd::untrusted_certificate:
      return "the certificate is not trusted for this host";
    case StreamEnd::refused:
      return "the peer does not serve this protocol";
    case StreamEnd::lost:
      return "the connection was lost";
    case StreamEnd::frame_too_large:
      return "the server sent a frame beyond the limit";
  }
  return "";
}

}  // namespace sotto::transport
