#include "bench/peers/xmpp_crowd.h"

namespace sotto::bench::peers {

std::expected<void, std::string> XmppCrowd::open_until(Time end) {
  while (complete_ < plan_.size && std::chrono::steady_clock::now() < end) {
    if (auto begun = begin_more(); !begun) return begun;
    if (auto turned = turn(); !turned) return turned;
  }
  return {};
}

std::expected<void, std::string> XmppCrowd::begin_more() {
  while (streams_.size() < plan_.size && streams_.size() - complete_ < plan_.at_once) {
    auto connection = XmppConnection::begin(plan_.endpoint);
    if (!connection) return std::unexpected(connection.error());
    const std::size_t place = streams_.size();
    (*connection)->place = place;
    openings_.push_back({.negotiation = Negotiation(plan_.account(place), plan_.purpose),
                         .begun_at = std::chrono::steady_clock::now()});
    poller_.watch(**connection);
    (*connection)->queue(openings_.back().negotiation.begin());
    if (auto flushed = poller_.flush(**connection); !flushed) return flushed;
    streams_.push_back(std::move(*connection));
  }
  return {};
}

std::expected<void, std::string> XmppCrowd::turn() {
  if (auto polled = poller_.poll(*this, std::chrono::milliseconds(100)); !polled) return polled;
  if (!fault_.empty()) return std::unexpected(fault_);
  for (XmppConnection* connection : dirty_) {
    if (auto flushed = poller_.flush(*connection); !flushed) return flushed;
  }
  dirty_.clear();
  for (const std::size_t place : done_) streams_[place].reset();
  done_.clear();
  return {};
}

void XmppCrowd::say(XmppConnection& connection, std::string_view octets) {
  if (octets.empty()) return;
  connection.queue(octets);
  dirty_.push_back(&connection);
}

void XmppCrowd::on_stanza(XmppConnection& connection, const Stanza& stanza) {
  Opening& opening = openings_[connection.place];
  if (opening.complete) return;
  if (opening.negotiation.is_bound()) {
    if (is_entered(stanza)) complete(connection);
    return;
  }
  const auto answer = opening.negotiation.take(stanza);
  if (!answer) {
    fault_ = answer.error();
    return;
  }
  say(connection, *answer);
  if (opening.negotiation.is_bound()) enter(connection);
}

void XmppCrowd::enter(XmppConnection& connection) {
  switch (plan_.goal) {
    case XmppCrowdPlan::Goal::bound:
      return complete(connection);
    case XmppCrowdPlan::Goal::available:
      return say(connection, become_available());
    case XmppCrowdPlan::Goal::in_room:
      return say(connection, enter_room(plan_.occupant(connection.place)));
  }
}

/// A server shows every presence to the one who has it, too. In a room it bears the status 110 (XEP-0045
/// section 7.2.2).
bool XmppCrowd::is_entered(const Stanza& stanza) const {
  if (stanza.name != "presence") return false;
  return plan_.goal == XmppCrowdPlan::Goal::available || stanza.octets.find("code='110'") != std::string_view::npos;
}

void XmppCrowd::complete(XmppConnection& connection) {
  Opening& opening = openings_[connection.place];
  opening.complete = true;
  const auto took = std::chrono::steady_clock::now() - opening.begun_at;
  latency_.record(static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(took).count()));
  ++complete_;
  if (plan_.keep == XmppCrowdPlan::Keep::all) return;
  connection.reset_at_end();
  done_.push_back(connection.place);
}

std::expected<std::vector<std::unique_ptr<XmppConnection>>, std::string> open_streams(XmppCrowdPlan plan) {
  const std::size_t size = plan.size;
  XmppCrowd crowd(std::move(plan));
  const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  if (auto opened = crowd.open_until(end); !opened) return std::unexpected(opened.error());
  if (crowd.complete() < size) return std::unexpected("the server does not open all streams within a minute");
  return crowd.take_streams();
}

}  // namespace sotto::bench::peers
