#pragma once

#include <chrono>
#include <deque>
#include <expected>
#include <string>
#include <vector>

#include "bench/report.h"

namespace sotto::bench {

/// How the senders write, and for how long it is measured.
struct Pace {
  /// Messages that each sender keeps under way; the next goes out when one has reached all its readers.
  unsigned window = 32;
  /// Messages a second of all senders together, whatever becomes of earlier ones; 0 for the closed loop of `window`.
  /// Latency then counts from when a message was due, so a server that stalls is charged for what had to wait
  /// (coordinated omission).
  unsigned rate = 0;
  unsigned seconds = 5;
  /// Octets of a body, at least 16.
  std::size_t body_size = 400;
};

/// Rooms in each of which one member writes and all others read, driven from one thread: paces the writing, checks and
/// times what arrives. What carries the messages derives from it.
class Traffic {
 public:
  /// A message of a room: its number there, and the microsecond of the steady clock in which it was due, which both
  /// have to reach each reader.
  struct Message {
    std::uint64_t number = 0;
    std::uint64_t due_at = 0;
  };

  explicit Traffic(const Pace& pace) : pace_(pace) {}
  virtual ~Traffic() = default;
  Traffic(const Traffic&) = delete;
  Traffic& operator=(const Traffic&) = delete;

  /// Writes in all rooms for a second to warm up, then for `pace.seconds`, while the server's processes are weighed,
  /// and reads what is still under way. Fails if a message is lost, doubled or out of order. The error is a sentence.
  std::expected<Report, std::string> measure(const std::vector<int>& server_processes);

 protected:
  /// A reader's room, and the newest message that it was given.
  struct Reader {
    std::size_t room = 0;
    std::uint64_t newest = 0;
  };

  /// Rooms are numbered from 0 on. The first message will have the number `head` + 1.
  void add_room(std::size_t readers, std::uint64_t head);
  /// A reader was given this message.
  void note_delivery(Reader& reader, const Message& message);
  /// Ends the measurement with this sentence.
  void fail(std::string fault) { fault_ = std::move(fault); }

  /// Queues a message of the sender of this room.
  virtual void write(std::size_t room, const Message& message) = 0;
  /// Sends what is queued, waits up to `patience` for something to arrive, and takes it. The error is a sentence.
  virtual std::expected<void, std::string> turn(std::chrono::milliseconds patience) = 0;

 private:
  using Clock = std::chrono::steady_clock;

  /// What is under way in a room.
  struct Progress {
    std::size_t readers = 0;
    /// Of each message that was written and not read by all: how many readers lack it.
    std::deque<std::size_t> missing;
    /// The first message of `missing`.
    std::uint64_t first = 0;
  };

  std::expected<void, std::string> write_for(std::chrono::milliseconds duration);
  std::expected<void, std::string> collect_for(std::chrono::milliseconds duration);
  std::expected<void, std::string> take_turn();
  void fill_windows();
  void write_what_is_due();
  void write_next(std::size_t room, Clock::time_point due);
  [[nodiscard]] bool is_all_delivered() const;

  Pace pace_;
  std::vector<Progress> rooms_;
  Histogram latency_;
  std::uint64_t delivered_ = 0;
  std::string fault_;
  Clock::time_point due_;
  std::size_t next_room_ = 0;
  bool writing_ = false;
};

}  // namespace sotto::bench
