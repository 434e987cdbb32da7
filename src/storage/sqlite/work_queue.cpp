#include "storage/sqlite/work_queue.h"

#include <algorithm>

namespace sotto::storage::sqlite {

std::unique_ptr<service::Work> WorkQueue::push(std::unique_ptr<service::Work> work) {
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    if (closed_ || waiting_.size() - first_ >= capacity_) return work;
    waiting_.push_back(std::move(work));
    // A busy worker looks again by itself; waking costs a system call.
    wake = sleepers_ > 0;
  }
  if (wake) filled_.notify_one();
  return nullptr;
}

bool WorkQueue::wait_and_take(std::vector<std::unique_ptr<service::Work>>& taken, std::size_t limit) {
  std::unique_lock lock(mutex_);
  ++sleepers_;
  filled_.wait(lock, [this] { return closed_ || first_ < waiting_.size(); });
  --sleepers_;
  if (first_ == waiting_.size()) return false;
  take_locked(taken, limit);
  return true;
}

void WorkQueue::take(std::vector<std::unique_ptr<service::Work>>& taken, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  take_locked(taken, limit);
}

std::size_t WorkQueue::size() const {
  const std::lock_guard lock(mutex_);
  return waiting_.size() - first_;
}

void WorkQueue::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  filled_.notify_all();
}

void WorkQueue::take_locked(std::vector<std::unique_ptr<service::Work>>& taken, std::size_t limit) {
  const std::size_t count = std::min(limit, waiting_.size() - first_);
  for (std::size_t index = 0; index < count; ++index) taken.push_back(std::move(waiting_[first_ + index]));
  first_ += count;
  // Moves the rest forward only when at least as many were taken out, so each piece is moved once on average.
  if (first_ * 2 < waiting_.size()) return;
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(first_));
  first_ = 0;
}

}  // namespace sotto::storage::sqlite
