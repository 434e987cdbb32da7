#pragma once

#include <functional>
#include <limits>
#include <vector>

#include "bench/peers/negotiation.h"
#include "bench/peers/requests.h"
#include "bench/peers/xmpp_connection.h"
#include "bench/stream_crowd.h"

namespace sotto::bench::peers {

struct XmppCrowdPlan {
  Endpoint endpoint;
  /// Streams in all.
  std::size_t size = 0;
  /// Streams that are being opened at the same time.
  std::size_t at_once = 32;
  /// The account of the stream with this number.
  std::function<std::string(std::size_t)> account;
  Negotiation::Purpose purpose = Negotiation::Purpose::sign_in;
  /// What makes a stream complete: its resource; that its account is reachable; that it is in a room.
  enum class Goal : std::uint8_t { bound, available, in_room } goal = Goal::available;
  /// The room of the stream with this number, and its name in it.
  std::function<Occupant(std::size_t)> occupant = {};
  using Keep = CrowdPace::Keep;
  Keep keep = Keep::all;
};

/// Many XMPP streams.
class XmppCrowd final : public StreamCrowd<XmppConnection, StanzaSink> {
 public:
  explicit XmppCrowd(XmppCrowdPlan plan)
      : StreamCrowd({.endpoint = plan.endpoint, .size = plan.size, .at_once = plan.at_once, .keep = plan.keep}),
        plan_(std::move(plan)) {}

 private:
  struct Opening {
    Negotiation negotiation;
    bool complete = false;
  };

  void begin(XmppConnection& connection) override;
  void on_stanza(XmppConnection& connection, const Stanza& stanza) override;
  void say(XmppConnection& connection, std::string_view octets);
  void enter(XmppConnection& connection);
  [[nodiscard]] bool is_entered(const Stanza& stanza) const;
  void become_complete(XmppConnection& connection);

  XmppCrowdPlan plan_;
  /// By the connections' places.
  std::vector<Opening> openings_;
};

/// Opens all streams of the plan within a minute. The error is a sentence.
std::expected<std::vector<std::unique_ptr<XmppConnection>>, std::string> open_streams(XmppCrowdPlan plan);

}  // namespace sotto::bench::peers
