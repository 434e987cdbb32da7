#include "gateway/gateway.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

#include "gateway/http_session.h"

namespace sotto::gateway {
namespace {

using boost::system::error_code;

constexpr std::size_t scratch_size = 64 * 1024;
constexpr std::chrono::milliseconds tick{100};
constexpr std::chrono::seconds certificate_check_interval{10};
/// Accounts whose last time one unit of work writes, so that others do not wait long for it.
constexpr std::size_t max_seen_at_once = 500;

/// Writes when accounts were last seen.
class SeenWork final : public service::Work {
 public:
  explicit SeenWork(std::vector<service::LastSeen> seen) : seen_(std::move(seen)) {}
  service::Verdict run(service::UnitOfWork& unit) override {
    service::record_last_seen(unit, seen_);
    return service::Verdict::keep;
  }
  void finish(service::WorkOutcome /*outcome*/) override {}

 private:
  std::vector<service::LastSeen> seen_;
};

}  // namespace

class Gateway::Turn {
 public:
  explicit Turn(Gateway& gateway) : gateway_(gateway) { gateway_.begin_turn(); }
  ~Turn() { gateway_.end_turn(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  Gateway& gateway_;
};

Gateway::Gateway(const Parts& parts, const GatewaySettings& settings)
    : parts_(parts),
      settings_(settings),
      started_at_(parts.clock.now()),
      origins_(settings.allowed_origins),
      presence_(settings.presence_linger),
      now_(std::chrono::steady_clock::now()),
      timers_(now_, tick),
      inbox_(parts.context.get_executor(), [this](std::span<Mail> batch) { on_mail(batch); }),
      dispatcher_({.work = {.storage = parts.storage,
                            .rules = parts.rules,
                            .bus = parts.bus,
                            .events = parts.events,
                            .clock = parts.clock,
                            .random = parts.random,
                            .replies = *this},
                   .tokens = parts.tokens,
                   .ended_logins = parts.ended_logins,
                   .limits = parts.limits,
                   .passwords = parts.passwords},
                  settings),
      surroundings_{.settings = settings_,
                    .origins = origins_,
                    .dispatcher = dispatcher_,
                    .hub = hub_,
                    .metrics = metrics_,
                    .readiness = readiness_,
                    .presence = presence_,
                    .polls = polls_,
                    .web = parts.web,
                    .now = now_,
                    .metrics_text = [this] { return metrics_text(metrics_, gauges()); }},
      polls_(parts.random),
      scratch_(scratch_size),
      ticker_(parts.context),
      certificates_checked_at_(now_),
      seen_written_at_(now_) {
  tick_later();
}

Gateway::~Gateway() = default;

std::expected<boost::asio::ip::tcp::endpoint, std::string> Gateway::listen(const Address& address) {
  auto port = std::make_unique<Port>(parts_.context, address.kind);
  if (address.certificate) {
    auto tls = transport::TlsServer::load(*address.certificate);
    if (!tls) return std::unexpected(tls.error());
    port->tls = std::move(*tls);
  }
  Port& opened = *port;
  const auto result = opened.listener.open(
      address.endpoint,
      {.accepted = [this, &opened](auto native, const auto& peer) { accept(opened, std::move(native), peer); },
       .exhausted =
           [this](std::string_view reason) {
             ++metrics_.accept_exhausted;
             parts_.warn(std::string("no connection can be accepted for now: ").append(reason));
           }});
  if (!result) return std::unexpected(result.error());
  ports_.push_back(std::move(port));
  return opened.listener.endpoint();
}

void Gateway::reload_certificates() {
  certificates_checked_at_ = now_;
  for (const auto& port : ports_) {
    if (!port->tls) continue;
    if (const auto reloaded = port->tls->reload_if_changed(); !reloaded) {
      parts_.warn("the old certificate stays in use: " + reloaded.error());
    }
  }
}

Peer Gateway::peer_at(const boost::asio::ip::address& address) const {
  Peer peer{.address = limit_subject(address)};
  peer.trusted_proxy = is_listed(address, settings_.trusted_proxies);
  const bool exempt = settings_.loopback == LoopbackLimit::none && address.is_loopback();
  peer.counted = !peer.trusted_proxy && !exempt;
  return peer;
}

bool Gateway::has_room_for(const Peer& peer) {
  if (connections_.size() >= settings_.max_connections) {
    ++metrics_.connections_refused_total;
    return false;
  }
  if (peer.counted && connections_.count_from(peer.address) >= settings_.max_connections_per_address) {
    ++metrics_.connections_refused_address;
    return false;
  }
  return true;
}

void Gateway::accept(Port& port, transport::Socket::Native native, const boost::asio::ip::tcp::endpoint& endpoint) {
  const Turn turn(*this);
  Peer peer = peer_at(endpoint.address());
  if (readiness_.stopping || (port.kind == PortKind::api && !has_room_for(peer))) return;
  transport::TlsSession session;
  if (port.tls) {
    session = port.tls->new_session();
    if (!session) return;
  }
  ++metrics_.connections_accepted;
  auto connection =
      std::make_unique<Connection>(Connection::Parts{*this, metrics_, settings_}, connections_.next_id(),
                                   transport::Socket(std::move(native), std::move(session)), std::move(peer));
  Connection& added = connections_.add(std::move(connection));
  added.start(std::make_unique<HttpSession>(added, surroundings_, port.kind));
}

Gauges Gateway::gauges() const {
  return {.connections = connections_.size(),
          .streams = hub_.size(),
          .password_requests = dispatcher_.password_requests(),
          .storage = parts_.storage.load(),
          .limit_buckets = parts_.limits.size(),
          .limits_hit = parts_.limits.hits(),
          .polled_streams = polls_.size(),
          .version = parts_.version,
          .started_at = started_at_,
          .numbers = parts_.numbers ? parts_.numbers() : std::vector<NamedNumber>()};
}

void Gateway::begin_turn() { now_ = std::chrono::steady_clock::now(); }

void Gateway::end_turn() {
  polls_.settle();  // First, because it answers polls on connections.
  // Settling one connection may unsettle it again, never another one.
  for (std::size_t at = 0; at < unsettled_.size(); ++at) {
    const ConnectionId id = unsettled_[at];
    Connection* const connection = connections_.find(id);
    if (connection == nullptr) continue;
    if (!connection->is_over()) connection->settle();
    if (connection->is_over()) connections_.remove(id);
  }
  unsettled_.clear();
  if (stop_by_ && connections_.size() == 0) finish_stopping();
}

void Gateway::wait(ConnectionId id, transport::Socket& socket, transport::SocketState wanted, SocketEvent event) {
  socket.wait(wanted, [this, id, event](const error_code& code) {
    if (code != boost::asio::error::operation_aborted) on_ready(id, event);
  });
}

void Gateway::read_again(ConnectionId id) {
  boost::asio::post(parts_.context, [this, id] { on_ready(id, SocketEvent::read); });
}

void Gateway::on_ready(ConnectionId id, SocketEvent event) {
  const Turn turn(*this);
  if (Connection* const connection = connections_.find(id)) connection->on_ready(event);
}

void Gateway::receive(const service::Notice& notice) {
  if (std::holds_alternative<wire::LoginEnded>(notice.frame->answer)) {
    parts_.ended_logins.note(notice, parts_.clock.now());
  }
  inbox_.put(notice);
}

void Gateway::on_mail(std::span<Mail> batch) {
  const Turn turn(*this);
  for (Mail& mail : batch) {
    if (auto* reply = std::get_if<Reply>(&mail)) {
      on_reply(std::move(*reply));
    } else if (const auto& notice = std::get<service::Notice>(mail); notice.kind == service::NoticeKind::push) {
      hub_.deliver(notice);
    } else {
      presence_.hide(notice, now_);
    }
  }
}

void Gateway::on_reply(Reply reply) {
  metrics_.count_request(reply, now_);
  if (reply.tag.operation == readiness_probe) {
    readiness_.able = std::holds_alternative<wire::Done>(reply.answer);
    readiness_.asked_at = now_;
  }
  const ConnectionId id = reply.tag.connection;
  if (id.is_polled()) {
    if (PollSession* const stream = polls_.find(id)) stream->receive(std::move(reply));
  } else if (Connection* const connection = connections_.find(id)) {
    connection->receive(std::move(reply));
  }
}

void Gateway::tick_later() {
  ticker_.expires_after(tick);
  ticker_.async_wait([this](const error_code& code) {
    if (!code) on_tick();
  });
}

void Gateway::on_tick() {
  const Turn turn(*this);
  for (const std::uint64_t key : timers_.advance(now_)) {
    if (Connection* const connection = connections_.find(ConnectionId::unpacked(key))) connection->on_timer();
  }
  polls_.tick();
  presence_.tick(now_);
  if (now_ - seen_written_at_ >= settings_.last_seen_interval) write_seen();
  if (now_ - certificates_checked_at_ >= certificate_check_interval) reload_certificates();
  if (stop_by_ && now_ >= *stop_by_) {
    for (const ConnectionId id : connections_.ids()) connections_.remove(id);
  }
  tick_later();
}

void Gateway::stop(std::function<void()> done) {
  const Turn turn(*this);
  readiness_.stopping = true;
  stopped_ = std::move(done);
  stop_by_ = now_ + settings_.shutdown_timeout;
  for (const auto& port : ports_) port->listener.close();
  polls_.stop();
  for (const ConnectionId id : connections_.ids()) connections_.find(id)->stop();
}

void Gateway::write_seen() {
  seen_written_at_ = now_;
  std::vector<service::LastSeen> seen = presence_.take_seen(max_seen_at_once);
  if (seen.empty()) return;
  // If the queue is full these times are lost, which is what presence is worth.
  (void)parts_.storage.submit_write(std::make_unique<SeenWork>(std::move(seen)));
}

void Gateway::finish_stopping() {
  presence_.end_lingering();
  write_seen();
  stop_by_.reset();
  ticker_.cancel();
  if (stopped_) std::exchange(stopped_, nullptr)();
}

}  // namespace sotto::gateway
