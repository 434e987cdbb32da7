#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

namespace sotto::transport {

/// Monotonic time; the wall clock may jump and takes no part in time-outs.
using MonotonicTime = std::chrono::steady_clock::time_point;

/// Deadlines for very many owners in a few octets each: a hashed wheel (Varghese and Lauck, 1987, scheme 6). The wheel
/// is handed the time and starts nothing by itself. A deadline is reported up to one tick late, never early.
class TimerWheel {
 public:
  /// One owner's place in the wheel, inside the owner. Leaves the wheel when destroyed.
  class Entry {
   public:
    explicit Entry(std::uint64_t key = 0) : key_(key) {}
    ~Entry() { unlink(); }
    Entry(const Entry&) = delete;
    Entry& operator=(const Entry&) = delete;

    [[nodiscard]] bool scheduled() const { return next_ != this; }
    /// Does nothing if it is not scheduled.
    void unlink();

   private:
    friend class TimerWheel;
    Entry* previous_ = this;
    Entry* next_ = this;
    std::uint64_t due_tick_ = 0;
    std::uint64_t key_;
  };

  TimerWheel(MonotonicTime start, std::chrono::milliseconds tick, std::size_t slots = 512);

  /// Entries that are still in the wheel are let go.
  ~TimerWheel();
  TimerWheel(const TimerWheel&) = delete;
  TimerWheel& operator=(const TimerWheel&) = delete;

  /// Replaces the deadline that the entry had. A deadline in the past is reported at the next tick.
  void schedule(Entry& entry, MonotonicTime due);

  /// The keys of all entries that are due at `now`; they have left the wheel. Those that are due in the same tick come
  /// in no particular order.
  [[nodiscard]] std::vector<std::uint64_t> advance(MonotonicTime now);

  [[nodiscard]] std::chrono::milliseconds tick() const { return tick_; }

 private:
  void collect(Entry& slot, std::vector<std::uint64_t>& due) const;

  MonotonicTime start_;
  std::chrono::milliseconds tick_;
  std::uint64_t current_tick_ = 0;
  std::unique_ptr<Entry[]> slots_;  // Heads of circular lists.
  std::size_t slot_count_;
};

}  // namespace sotto::transport
