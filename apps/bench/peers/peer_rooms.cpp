#include "bench/peers/peer_rooms.h"

#include "bench/peers/xmpp_crowd.h"

namespace sotto::bench::peers {
namespace {

using Streams = std::vector<std::unique_ptr<XmppConnection>>;

/// A conversation in which one writes and all others read.
struct XmppRoom {
  /// Of the reader, or of the room.
  std::string address;
  OutgoingMessage::Kind kind = OutgoingMessage::Kind::chat;
  std::unique_ptr<XmppConnection> sender;
  Streams readers = {};
};

/// Drives all rooms from one thread.
class XmppTraffic final : public Traffic, private StanzaSink {
 public:
  XmppTraffic(std::vector<XmppRoom> rooms, const Pace& pace)
      : Traffic(pace), body_size_(pace.body_size), rooms_(std::move(rooms)) {
    for (std::size_t number = 0; number < rooms_.size(); ++number) {
      const XmppRoom& room = rooms_[number];
      add_room(room.readers.size(), 0);
      take(*room.sender, std::nullopt);
      for (const auto& reader : room.readers) take(*reader, Reader{.room = number});
    }
  }

  /// All that were written since the beginning.
  [[nodiscard]] std::uint64_t written() const { return written_; }

 private:
  /// The sender has none: what a room shows to whoever wrote it is no delivery.
  void take(XmppConnection& connection, std::optional<Reader> reader) {
    connection.place = readers_.size();
    readers_.push_back(reader);
    poller_.watch(connection);
  }

  void write(std::size_t number, const Message& message) override {
    const XmppRoom& room = rooms_[number];
    const std::string body = body_of(message, body_size_);
    room.sender->queue(send_message({.to = room.address, .kind = room.kind, .body = body}));
    dirty_.push_back(room.sender.get());
    ++written_;
  }

  std::expected<void, std::string> turn(std::chrono::milliseconds patience) override {
    for (XmppConnection* connection : dirty_) {
      if (auto flushed = poller_.flush(*connection); !flushed) return flushed;
    }
    dirty_.clear();
    return poller_.poll(*this, patience);
  }

  void on_stanza(XmppConnection& connection, const Stanza& stanza) override {
    if (stanza.name == "stream:error" || attribute(stanza, "type") == "error") {
      return fail("refused: " + std::string(stanza.octets));
    }
    std::optional<Reader>& reader = readers_[connection.place];
    if (!reader || stanza.name != "message") return;
    const auto body = text_of(stanza, "body");
    const auto message = body ? message_in(*body) : std::nullopt;
    if (message) note_delivery(*reader, *message);
  }

  std::size_t body_size_;
  std::vector<XmppRoom> rooms_;
  /// By the connections' places.
  std::vector<std::optional<Reader>> readers_;
  std::vector<XmppConnection*> dirty_;
  XmppPoller poller_;
  std::uint64_t written_ = 0;
};

/// Every message must be in an archive as soon as it is delivered. Those between two are in both, except for the few
/// that ejabberd leaves out of the sender's when its hook fails.
std::expected<Report, std::string> measure(const PeerSite& site, std::vector<XmppRoom> rooms, const Pace& pace) {
  XmppTraffic traffic(std::move(rooms), pace);
  auto report = traffic.measure(site.processes());
  if (!report) return report;
  const auto archived = site.archived();
  if (!archived) return std::unexpected(archived.error());
  if (*archived < traffic.written()) return std::unexpected("messages were delivered and not archived");
  return report;
}

std::string numbered(std::string_view what, std::size_t number) { return std::string(what) + std::to_string(number); }

std::expected<std::vector<XmppRoom>, std::string> make_rooms(const PeerSite& site, const GroupsOptions& options) {
  const std::size_t others = options.size - 1;
  const auto room = [](std::size_t number) { return numbered("room", number); };
  auto senders = open_streams({.endpoint = site.endpoint(),
                               .size = options.groups,
                               .account = [](std::size_t number) { return numbered("writer", number); },
                               .purpose = Negotiation::Purpose::register_and_sign_in,
                               .goal = XmppCrowdPlan::Goal::in_room,
                               .occupant = [&](std::size_t number) { return Occupant{room(number), "writer"}; }});
  if (!senders) return std::unexpected(senders.error());
  auto readers = open_streams(
      {.endpoint = site.endpoint(),
       .size = options.groups * others,
       .account = [](std::size_t number) { return numbered("reader", number); },
       .purpose = Negotiation::Purpose::register_and_sign_in,
       .goal = XmppCrowdPlan::Goal::in_room,
       .occupant = [&](std::size_t number) { return Occupant{room(number / others), numbered("reader", number)}; }});
  if (!readers) return std::unexpected(readers.error());
  std::vector<XmppRoom> rooms;
  for (std::size_t number = 0; number < options.groups; ++number) {
    rooms.push_back({.address = room_address(room(number)),
                     .kind = OutgoingMessage::Kind::groupchat,
                     .sender = std::move((*senders)[number])});
    for (std::size_t reader = 0; reader < others; ++reader) {
      rooms.back().readers.push_back(std::move((*readers)[number * others + reader]));
    }
  }
  return rooms;
}

}  // namespace

std::expected<Report, std::string> run_pairs(const PeerPlan& plan, const PairsOptions& options) {
  const auto site = PeerSite::open(plan);
  if (!site) return std::unexpected(site.error());
  const auto account = [](std::size_t number) { return numbered("person", number); };
  auto streams = open_streams({.endpoint = (*site)->endpoint(),
                               .size = 2 * options.pairs,
                               .account = account,
                               .purpose = Negotiation::Purpose::register_and_sign_in});
  if (!streams) return std::unexpected(streams.error());
  std::vector<XmppRoom> rooms;
  for (std::size_t number = 0; number < streams->size(); number += 2) {
    rooms.push_back({.address = account_address(account(number + 1)), .sender = std::move((*streams)[number])});
    rooms.back().readers.push_back(std::move((*streams)[number + 1]));
  }
  auto report = measure(**site, std::move(rooms), options.pace);
  if (report) report->form = "pairs";
  return report;
}

std::expected<Report, std::string> run_groups(const PeerPlan& plan, const GroupsOptions& options) {
  const auto site = PeerSite::open(plan);
  if (!site) return std::unexpected(site.error());
  auto rooms = make_rooms(**site, options);
  if (!rooms) return std::unexpected(rooms.error());
  auto report = measure(**site, std::move(*rooms), options.pace);
  if (report) report->form = "group";
  return report;
}

}  // namespace sotto::bench::peers
