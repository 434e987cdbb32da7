#pragma once

#include <functional>
#include <limits>
#include <vector>

#include "bench/histogram.h"
#include "bench/peers/negotiation.h"
#include "bench/peers/requests.h"
#include "bench/peers/xmpp_connection.h"

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
  /// Whether a complete stream stays, or is reset and makes room for the next.
  enum class Keep : std::uint8_t { all, none } keep = Keep::all;
};

/// Many XMPP streams that are opened side by side from one thread.
class XmppCrowd final : private StanzaSink {
 public:
  using Time = std::chrono::steady_clock::time_point;

  explicit XmppCrowd(XmppCrowdPlan plan) : plan_(std::move(plan)) {}

  /// Opens them all, or as many as are complete by `end`. The error is a sentence.
  std::expected<void, std::string> open_until(Time end);

  [[nodiscard]] std::size_t complete() const { return complete_; }
  /// From the first octet of each stream until it is complete.
  [[nodiscard]] const Histogram& latency() const { return latency_; }
  /// In the order of their numbers.
  [[nodiscard]] std::vector<std::unique_ptr<XmppConnection>> take_streams() { return std::move(streams_); }

 private:
  /// By the connections' places.
  struct Opening {
    Negotiation negotiation;
    Time begun_at;
    bool complete = false;
  };

  void on_stanza(XmppConnection& connection, const Stanza& stanza) override;
  std::expected<void, std::string> begin_more();
  std::expected<void, std::string> turn();
  void say(XmppConnection& connection, std::string_view octets);
  void enter(XmppConnection& connection);
  [[nodiscard]] bool is_entered(const Stanza& stanza) const;
  void complete(XmppConnection& connection);

  XmppCrowdPlan plan_;
  XmppPoller poller_;
  std::vector<std::unique_ptr<XmppConnection>> streams_;
  std::vector<Opening> openings_;
  std::vector<XmppConnection*> dirty_;
  /// Complete, to be reset after the turn.
  std::vector<std::size_t> done_;
  std::size_t complete_ = 0;
  Histogram latency_;
  std::string fault_;
};

/// Opens all streams of the plan within a minute. The error is a sentence.
std::expected<std::vector<std::unique_ptr<XmppConnection>>, std::string> open_streams(XmppCrowdPlan plan);

}  // namespace sotto::bench::peers
