#include "bench/rooms.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <deque>
#include <functional>

#include "bench/frames.h"
#include "bench/message_ids.h"
#include "bench/poller.h"
#include "wire/binary.h"

namespace sotto::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;
using std::chrono::microseconds;

std::uint64_t microseconds_at(SteadyClock::time_point time) {
  return static_cast<std::uint64_t>(std::chrono::duration_cast<microseconds>(time.time_since_epoch()).count());
}

/// What is under way in a room.
struct Traffic {
  Room room;
  /// Of each entry that was sent and not read by all: how many readers lack it.
  std::deque<std::size_t> missing;
  /// The first entry of `missing`.
  std::uint64_t first = 0;
};

/// A stream's place in its room.
struct Place {
  Traffic* traffic = nullptr;
  /// The newest entry that it was given.
  std::uint64_t seq = 0;
};

/// Drives all rooms from one thread.
class Run final : public FrameSink {
 public:
  Run(std::vector<Room> rooms, const Pace& pace) : pace_(pace) {
    for (Room& room : rooms) traffic_.push_back({.room = std::move(room), .missing = {}, .first = 0});
    for (Traffic& traffic : traffic_) {
      traffic.first = traffic.room.head + 1;
      take(*traffic.room.sender, traffic);
      for (const auto& reader : traffic.room.readers) take(*reader, traffic);
    }
  }

  /// Keeps sending for the time given.
  std::expected<void, std::string> send_for(std::chrono::milliseconds duration) {
    const auto end = SteadyClock::now() + duration;
    due_ = SteadyClock::now();
    sending_ = true;
    if (pace_.rate == 0) fill_windows();
    while (SteadyClock::now() < end) {
      if (pace_.rate != 0) send_what_is_due();
      if (auto turned = turn(); !turned) return turned;
    }
    sending_ = false;
    return {};
  }

  /// Reads what is still under way.
  std::expected<void, std::string> collect_for(std::chrono::milliseconds duration) {
    const auto end = SteadyClock::now() + duration;
    while (SteadyClock::now() < end && !is_all_delivered()) {
      if (auto turned = turn(); !turned) return turned;
    }
    if (!is_all_delivered()) return std::unexpected("messages were accepted and not delivered within 5 s");
    return {};
  }

  void on_frame(LoadConnection& /*connection*/, const wire::ServerFrame& frame) override {
    if (const auto* error = std::get_if<wire::Error>(&frame.answer)) fault_ = "refused: " + error->message;
    if (std::holds_alternative<wire::Behind>(frame.answer)) fault_ = "a reader fell behind; send less at a time";
  }

  void on_entry(LoadConnection& connection, const EntryView& entry) override {
    Place& place = places_[connection.place];
    if (entry.seq != place.seq + 1) fault_ = "a message was lost, doubled or out of order";
    place.seq = entry.seq;
    std::uint64_t sent_at = 0;
    std::memcpy(&sent_at, entry.body.data(), sizeof sent_at);
    latency_.record(microseconds_at(SteadyClock::now()) - sent_at);
    ++delivered_;
    note_read(*place.traffic, entry.seq);
  }

  [[nodiscard]] std::uint64_t delivered() const { return delivered_; }
  void forget_latencies() { latency_ = {}; }
  [[nodiscard]] const Histogram& latency() const { return latency_; }

 private:
  void take(LoadConnection& connection, Traffic& traffic) {
    connection.place = places_.size();
    places_.push_back({.traffic = &traffic, .seq = traffic.room.head});
    connection.make_nonblocking();
    poller_.watch(connection);
  }

  void fill_windows() {
    for (Traffic& traffic : traffic_) {
      while (traffic.missing.size() < pace_.window) send(traffic, SteadyClock::now());
    }
  }

  void send_what_is_due() {
    const auto now = SteadyClock::now();
    const microseconds interval(1'000'000 / pace_.rate);
    for (; due_ <= now; due_ += interval) {
      send(traffic_[next_room_], due_);
      next_room_ = (next_room_ + 1) % traffic_.size();
    }
  }

  void send(Traffic& traffic, SteadyClock::time_point due) {
    Bytes body(pace_.body_size, 0x5a);
    const std::uint64_t stamp = microseconds_at(due);
    std::memcpy(body.data(), &stamp, sizeof stamp);
    const Room& room = traffic.room;
    if (room.carrier == Room::Carrier::server) {
      room.sender->queue(wire::Send{room.conversation, room.epoch, ids_.next(), std::move(body)});
    } else {
      queue_pushed(traffic, std::move(body));
    }
    traffic.missing.push_back(traffic.room.readers.size());
    dirty_.push_back(traffic.room.sender.get());
  }

  /// What a server would push, for a relay to copy.
  void queue_pushed(const Traffic& traffic, Bytes body) {
    wire::LogEntry entry;
    entry.seq = traffic.first + traffic.missing.size();
    entry.body = std::move(body);
    Bytes frame;
    append_frame(frame, {}, wire::encode(wire::ServerFrame{0, entry}));
    traffic.room.sender->queue_bare(frame);
  }

  void note_read(Traffic& traffic, std::uint64_t seq) {
    if (seq < traffic.first || seq - traffic.first >= traffic.missing.size()) {
      fault_ = "an entry that nobody wrote";
      return;
    }
    --traffic.missing[seq - traffic.first];
    while (!traffic.missing.empty() && traffic.missing.front() == 0) {
      traffic.missing.pop_front();
      ++traffic.first;
      if (sending_ && pace_.rate == 0) send(traffic, SteadyClock::now());
    }
  }

  std::expected<void, std::string> turn() {
    for (LoadConnection* connection : dirty_) {
      if (auto flushed = poller_.flush(*connection); !flushed) return flushed;
    }
    dirty_.clear();
    const auto patience = pace_.rate == 0 ? std::chrono::milliseconds(100) : std::chrono::milliseconds(1);
    if (auto polled = poller_.poll(*this, patience); !polled) return polled;
    if (!fault_.empty()) return std::unexpected(fault_);
    return {};
  }

  [[nodiscard]] bool is_all_delivered() const {
    return std::ranges::all_of(traffic_, [](const Traffic& traffic) { return traffic.missing.empty(); });
  }

  const Pace& pace_;
  /// Never changes after the constructor: `places_` points into it.
  std::deque<Traffic> traffic_;
  /// By the connections' places.
  std::vector<Place> places_;
  std::vector<LoadConnection*> dirty_;
  Poller poller_;
  MessageIds ids_;
  Histogram latency_;
  std::string fault_;
  std::uint64_t delivered_ = 0;
  SteadyClock::time_point due_;
  std::size_t next_room_ = 0;
  bool sending_ = false;
};

/// From here on pushes come.
std::expected<void, std::string> resume(const Room& room) {
  if (auto resumed = room.sender->call(wire::Resume{}); !resumed) return std::unexpected(resumed.error());
  for (const auto& listeners : {std::cref(room.readers), std::cref(room.deaf)}) {
    for (const auto& reader : listeners.get()) {
      if (auto resumed = reader->call(wire::Resume{}); !resumed) return std::unexpected(resumed.error());
    }
  }
  return {};
}

}  // namespace

std::expected<Report, std::string> run_rooms(int process, std::vector<Room> rooms, const Pace& pace) {
  for (const Room& room : rooms) {
    if (room.carrier == Room::Carrier::relay) continue;
    if (auto resumed = resume(room); !resumed) return std::unexpected(resumed.error());
  }
  Run run(std::move(rooms), pace);
  if (auto warm = run.send_for(std::chrono::seconds(1)); !warm) return std::unexpected(warm.error());
  run.forget_latencies();

  Report report;
  const std::uint64_t delivered_before = run.delivered();
  const Measurement measurement(process);
  if (auto ran = run.send_for(std::chrono::seconds(pace.seconds)); !ran) return std::unexpected(ran.error());
  measurement.finish(report);
  report.count = run.delivered() - delivered_before;
  report.latency = run.latency();
  if (auto collected = run.collect_for(std::chrono::seconds(5)); !collected) return std::unexpected(collected.error());
  return report;
}

std::expected<Room, std::string> direct_room(const Site& site, std::size_t number) {
  auto sender = site.stream(number);
  if (!sender) return std::unexpected(sender.error());
  auto reader = site.stream(number + 1);
  if (!reader) return std::unexpected(reader.error());
  auto opened = (*sender)->call(wire::OpenDirect{site.residents()[number + 1].caller.account});
  if (!opened) return std::unexpected(opened.error());
  const auto& conversation = std::get<wire::Conversation>(*opened);
  Room room{.conversation = conversation.conversation,
            .epoch = conversation.epoch,
            .head = conversation.head,
            .sender = std::move(*sender),
            .readers = {}};
  room.readers.push_back(std::move(*reader));
  return room;
}

}  // namespace sotto::bench
