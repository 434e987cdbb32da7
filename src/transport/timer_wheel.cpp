#include "transport/timer_wheel.h"

#include <algorithm>

#include "base/invariant.h"

namespace sotto::transport {

void TimerWheel::Entry::unlink() {
  previous_->next_ = next_;
  next_->previous_ = previous_;
  previous_ = next_ = this;
}

TimerWheel::TimerWheel(MonotonicTime start, std::chrono::milliseconds tick, std::size_t slots)
    : start_(start), tick_(tick), slots_(std::make_unique<Entry[]>(slots)), slot_count_(slots) {
  invariant(tick.count() > 0 && slots > 0);
}

TimerWheel::~TimerWheel() {
  for (std::size_t slot = 0; slot < slot_count_; ++slot) {
    while (slots_[slot].scheduled()) slots_[slot].next_->unlink();
  }
}

void TimerWheel::schedule(Entry& entry, MonotonicTime due) {
  entry.unlink();
  const auto span = std::chrono::ceil<std::chrono::milliseconds>(std::max(due, start_) - start_);
  const auto tick = static_cast<std::uint64_t>((span + tick_ - std::chrono::milliseconds(1)) / tick_);
  entry.due_tick_ = std::max(tick, current_tick_ + 1);
  Entry& head = slots_[entry.due_tick_ % slot_count_];
  entry.next_ = head.next_;
  entry.previous_ = &head;
  head.next_->previous_ = &entry;
  head.next_ = &entry;
}

std::vector<std::uint64_t> TimerWheel::advance(MonotonicTime now) {
  std::vector<std::uint64_t> due;
  if (now < start_) return due;
  const auto target = static_cast<std::uint64_t>(std::chrono::floor<std::chrono::milliseconds>(now - start_) / tick_);
  // After a long pause each slot needs to be looked at once only.
  const std::uint64_t steps = std::min<std::uint64_t>(target - std::min(target, current_tick_), slot_count_);
  const std::uint64_t first = target - steps + 1;
  current_tick_ = std::max(current_tick_, target);
  for (std::uint64_t tick = first; tick < first + steps; ++tick) collect(slots_[tick % slot_count_], due);
  return due;
}

void TimerWheel::collect(Entry& slot, std::vector<std::uint64_t>& due) const {
  for (Entry* entry = slot.next_; entry != &slot;) {
    Entry* const next = entry->next_;
    if (entry->due_tick_ <= current_tick_) {
      due.push_back(entry->key_);
      entry->unlink();
    }
    entry = next;
  }
}

}  // namespace sotto::transport
