#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <variant>

#include "gateway/connection_table.h"
#include "gateway/http_routes.h"
#include "gateway/poll_table.h"
#include "gateway/surroundings.h"
#include "transport/hand_over.h"
#include "transport/listener.h"

namespace sotto::gateway {

/// All connections of the server: accepts them, gives their requests to the rules, brings answers and pushes back.
/// One executor owns every object in here; other threads only hand values over (`put`, `receive`). The work of one
/// wake-up is a turn: what it queues for a connection is written at its end, in one go.
class Gateway final : public service::NoticeListener, public ReplySink, private ConnectionHost {
 public:
  /// All borrowed for the gateway's life. Storage and password pool must have ended when the gateway is destroyed, and
  /// the context must not run afterwards.
  struct Parts {
    boost::asio::io_context& context;
    service::Storage& storage;
    const service::Rules& rules;
    const service::AccessTokens& tokens;
    service::EndedLogins& ended_logins;
    service::RateLimits& limits;
    PasswordPool& passwords;
    service::NoticeBus& bus;
    service::EventLog& events;
    const Clock& clock;
    Random& random;
    const WebApp& web;
    /// Tells the operator of something that needs attention.
    std::function<void(std::string_view)> warn;
    /// Of the program, for metrics.
    std::string_view version = "unknown";
    /// Further numbers for metrics, asked for on the network's thread. May be empty.
    std::function<std::vector<NamedNumber>()> numbers = {};
  };

  Gateway(const Parts& parts, const GatewaySettings& settings);
  ~Gateway() override;
  Gateway(const Gateway&) = delete;
  Gateway& operator=(const Gateway&) = delete;

  struct Address {
    boost::asio::ip::tcp::endpoint endpoint;
    PortKind kind = PortKind::api;
    /// For TLS.
    std::optional<transport::CertificateFiles> certificate;
  };
  /// Begins to serve; returns the endpoint with its real port, or why not.
  [[nodiscard]] std::expected<boost::asio::ip::tcp::endpoint, std::string> listen(const Address& address);

  /// Uses changed certificate files for new connections. Also done every ten seconds.
  void reload_certificates();

  /// Accepts nothing more, answers what is under way, says goodbye to every stream. Then, or after the shut-down
  /// time-out, closes what is left and calls `done`. Once.
  void stop(std::function<void()> done);

  /// From any thread.
  void receive(const service::Notice& notice) override;
  void put(Reply reply) override { inbox_.put(std::move(reply)); }

  /// On the executor's thread.
  [[nodiscard]] const Metrics& metrics() const { return metrics_; }
  [[nodiscard]] std::size_t connections() const { return connections_.size(); }

 private:
  using Mail = std::variant<Reply, service::Notice>;
  struct Port {
    Port(boost::asio::io_context& context, PortKind served) : listener(context), kind(served) {}
    transport::Listener listener;
    std::optional<transport::TlsServer> tls;
    PortKind kind;
  };
  /// The work of one wake-up.
  class Turn;

  [[nodiscard]] Gauges gauges() const;
  [[nodiscard]] transport::MonotonicTime now() const override { return now_; }
  [[nodiscard]] std::span<std::uint8_t> scratch() override { return scratch_; }
  [[nodiscard]] transport::TimerWheel& timers() override { return timers_; }
  void settle_later(ConnectionId id) override { unsettled_.push_back(id); }
  void wait(ConnectionId id, transport::Socket& socket, transport::SocketState wanted, SocketEvent event) override;
  void read_again(ConnectionId id) override;

  void begin_turn();
  void end_turn();
  void on_ready(ConnectionId id, SocketEvent event);
  void on_mail(std::span<Mail> batch);
  void on_reply(Reply reply);
  void on_tick();
  void tick_later();
  void accept(Port& port, transport::Socket::Native native, const boost::asio::ip::tcp::endpoint& endpoint);
  [[nodiscard]] Peer peer_at(const boost::asio::ip::address& address) const;
  [[nodiscard]] bool has_room_for(const Peer& peer);
  void write_seen();
  void finish_stopping();

  Parts parts_;
  const GatewaySettings& settings_;
  UnixMillis started_at_;
  OriginPolicy origins_;
  Metrics metrics_;
  Hub hub_;
  Readiness readiness_;
  PresenceBoard presence_;
  transport::MonotonicTime now_;
  transport::TimerWheel timers_;
  transport::HandOver<Mail> inbox_;
  Dispatcher dispatcher_;
  Surroundings surroundings_;
  PollTable polls_;
  Bytes scratch_;
  std::vector<ConnectionId> unsettled_;
  boost::asio::steady_timer ticker_;
  transport::MonotonicTime certificates_checked_at_;
  std::vector<std::unique_ptr<Port>> ports_;
  ConnectionTable connections_;
  std::function<void()> stopped_;
  std::optional<transport::MonotonicTime> stop_by_;
  transport::MonotonicTime seen_written_at_;
};

}  // namespace sotto::gateway
