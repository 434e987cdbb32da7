#include "storage/memory/memory_storage.h"

namespace sotto::storage {

using service::Verdict;
using service::Work;
using service::WorkOutcome;

std::unique_ptr<Work> MemoryStorage::submit_write(std::unique_ptr<Work> work) {
  return submit({.work = std::move(work), .access = Access::write});
}

std::unique_ptr<Work> MemoryStorage::submit_read(std::unique_ptr<Work> work) {
  return submit({.work = std::move(work), .access = Access::read});
}

service::StorageLoad MemoryStorage::load() const {
  const std::lock_guard lock(mutex_);
  service::StorageLoad load;
  load.waiting_writes = queue_.size();
  return load;
}

std::unique_ptr<Work> MemoryStorage::submit(Waiting waiting) {
  std::unique_lock lock(mutex_);
  if (queue_.size() >= queue_capacity_) return std::move(waiting.work);
  queue_.push_back(std::move(waiting));
  if (!running_) run_waiting(lock);
  return nullptr;
}

void MemoryStorage::run_waiting(std::unique_lock<std::mutex>& lock) {
  running_ = true;
  while (!queue_.empty()) {
    Waiting next = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    run(std::move(next));
    lock.lock();
  }
  running_ = false;
}

void MemoryStorage::run(Waiting waiting) {
  journal_.begin(waiting.access);
  const Verdict verdict = waiting.work->run(unit_);
  const bool failed = journal_.has_failed();
  if (verdict == Verdict::keep && !failed) {
    journal_.keep();
  } else {
    journal_.undo();
  }
  if (failed) return waiting.work->finish(WorkOutcome::failed);
  waiting.work->finish(verdict == Verdict::keep ? WorkOutcome::committed : WorkOutcome::refused);
}

}  // namespace sotto::storage
