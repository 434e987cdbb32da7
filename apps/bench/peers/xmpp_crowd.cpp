#include "bench/peers/xmpp_crowd.h"

namespace sotto::bench::peers {

void XmppCrowd::begin(XmppConnection& connection) {
  openings_.push_back({.negotiation = Negotiation(plan_.account(connection.place), plan_.purpose)});
  connection.queue(openings_.back().negotiation.begin());
}

void XmppCrowd::say(XmppConnection& connection, std::string_view octets) {
  if (octets.empty()) return;
  connection.queue(octets);
  send_soon(connection);
}

void XmppCrowd::on_stanza(XmppConnection& connection, const Stanza& stanza) {
  Opening& opening = openings_[connection.place];
  if (opening.complete) return;
  if (opening.negotiation.is_bound()) {
    if (is_entered(stanza)) become_complete(connection);
    return;
  }
  const auto answer = opening.negotiation.take(stanza);
  if (!answer) {
    fail(answer.error());
    return;
  }
  say(connection, *answer);
  if (opening.negotiation.is_bound()) enter(connection);
}

void XmppCrowd::enter(XmppConnection& connection) {
  switch (plan_.goal) {
    case XmppCrowdPlan::Goal::bound:
      return become_complete(connection);
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

void XmppCrowd::become_complete(XmppConnection& connection) {
  openings_[connection.place].complete = true;
  complete(connection);
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
