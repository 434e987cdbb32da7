#include "bench/rooms.h"

#include <cstring>

#include "bench/frames.h"
#include "bench/message_ids.h"
#include "bench/poller.h"
#include "wire/binary.h"

namespace sotto::bench {
namespace {

/// Drives all rooms from one thread.
class RoomTraffic final : public Traffic, private FrameSink {
 public:
  RoomTraffic(std::vector<Room> rooms, const Pace& pace)
      : Traffic(pace), body_size_(pace.body_size), rooms_(std::move(rooms)) {
    for (std::size_t number = 0; number < rooms_.size(); ++number) {
      const Room& room = rooms_[number];
      add_room(room.readers.size(), room.head);
      take(*room.sender, number);
      for (const auto& reader : room.readers) take(*reader, number);
    }
  }

 private:
  void take(LoadConnection& connection, std::size_t room) {
    connection.place = readers_.size();
    readers_.push_back({.room = room, .newest = rooms_[room].head});
    connection.make_nonblocking();
    poller_.watch(connection);
  }

  void write(std::size_t number, const Message& message) override {
    Bytes body(body_size_, 0x5a);
    std::memcpy(body.data(), &message.due_at, sizeof message.due_at);
    const Room& room = rooms_[number];
    if (room.carrier == Room::Carrier::server) {
      room.sender->queue(wire::Send{room.conversation, room.epoch, ids_.next(), std::move(body)});
    } else {
      queue_pushed(*room.sender, {.seq = message.number, .body = body});
    }
    dirty_.push_back(room.sender.get());
  }

  /// What a server would push, for a relay to copy.
  static void queue_pushed(LoadConnection& sender, const EntryView& pushed) {
    wire::LogEntry entry;
    entry.seq = pushed.seq;
    entry.body.assign(pushed.body.begin(), pushed.body.end());
    Bytes frame;
    append_frame(frame, {}, wire::encode(wire::ServerFrame{0, entry}));
    sender.queue_bare(frame);
  }

  std::expected<void, std::string> turn(std::chrono::milliseconds patience) override {
    for (LoadConnection* connection : dirty_) {
      if (auto flushed = poller_.flush(*connection); !flushed) return flushed;
    }
    dirty_.clear();
    return poller_.poll(*this, patience);
  }

  void on_frame(LoadConnection& /*connection*/, const wire::ServerFrame& frame) override {
    if (const auto* error = std::get_if<wire::Error>(&frame.answer)) fail("refused: " + error->message);
    if (std::holds_alternative<wire::Behind>(frame.answer)) fail("a reader fell behind; send less at a time");
  }

  void on_entry(LoadConnection& connection, const EntryView& entry) override {
    Message message{.number = entry.seq, .due_at = 0};
    std::memcpy(&message.due_at, entry.body.data(), sizeof message.due_at);
    note_delivery(readers_[connection.place], message);
  }

  std::size_t body_size_;
  std::vector<Room> rooms_;
  /// By the connections' places.
  std::vector<Reader> readers_;
  std::vector<LoadConnection*> dirty_;
  Poller poller_;
  MessageIds ids_;
};

/// From here on pushes come.
std::expected<void, std::string> resume(const Room& room) {
  if (auto resumed = room.sender->call(wire::Resume{}); !resumed) return std::unexpected(resumed.error());
  for (const auto& reader : room.readers) {
    if (auto resumed = reader->call(wire::Resume{}); !resumed) return std::unexpected(resumed.error());
  }
  return {};
}

}  // namespace

std::expected<Report, std::string> run_rooms(int process, std::vector<Room> rooms, const Pace& pace) {
  for (const Room& room : rooms) {
    if (room.carrier == Room::Carrier::relay) continue;
    if (auto resumed = resume(room); !resumed) return std::unexpected(resumed.error());
  }
  return RoomTraffic(std::move(rooms), pace).measure(std::vector<int>{process});
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
