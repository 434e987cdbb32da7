#include "gateway/password_pool.h"

namespace sotto::gateway {

PasswordPool::PasswordPool(const Settings& settings) : settings_(settings) {
  for (std::size_t count = 0; count < settings.threads; ++count) threads_.emplace_back([this] { work(); });
}

PasswordPool::~PasswordPool() { stop(); }

std::optional<PasswordPool::Place> PasswordPool::take_place() {
  std::size_t taken = taken_.load();
  do {
    if (taken >= settings_.max_requests) return std::nullopt;
  } while (!taken_.compare_exchange_weak(taken, taken + 1));
  return Place(taken_);
}

void PasswordPool::run(Task task) {
  {
    const std::lock_guard lock(mutex_);
    if (stopped_) return;
    tasks_.push_back(std::move(task));
  }
  changed_.notify_one();
}

void PasswordPool::stop() {
  std::deque<Task> dropped;
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    dropped.swap(tasks_);
  }
  changed_.notify_all();
  threads_.clear();
}

void PasswordPool::work() {
  for (;;) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return stopped_ || !tasks_.empty(); });
    if (stopped_) return;
    Task task = std::move(tasks_.front());
    tasks_.pop_front();
    lock.unlock();
    task();
  }
}

}  // namespace sotto::gateway
