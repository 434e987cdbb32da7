#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "service/ports/storage.h"

namespace sotto::storage::sqlite {

/// A bounded queue of work between the threads that submit and those that run it. First in, first out.
class WorkQueue {
 public:
  explicit WorkQueue(std::size_t capacity) : capacity_(capacity) {}

  /// Returns the work if the queue is full or closed, null when it was taken. Never blocks for long.
  [[nodiscard]] std::unique_ptr<service::Work> push(std::unique_ptr<service::Work> work);

  /// Waits for work and appends up to `limit` pieces to `taken`. False when the queue is closed and empty.
  [[nodiscard]] bool wait_and_take(std::vector<std::unique_ptr<service::Work>>& taken, std::size_t limit);

  /// Appends what is there, up to `limit` pieces, to `taken`.
  void take(std::vector<std::unique_ptr<service::Work>>& taken, std::size_t limit);

  /// Any thread: pieces that wait.
  [[nodiscard]] std::size_t size() const;

  /// Nothing is taken in any more; what is there can still be taken out.
  void close();

 private:
  void take_locked(std::vector<std::unique_ptr<service::Work>>& taken, std::size_t limit);

  const std::size_t capacity_;
  mutable std::mutex mutex_;
  std::condition_variable filled_;
  /// The next piece to take out is at `first_`; what is before it was taken.
  std::vector<std::unique_ptr<service::Work>> waiting_;
  std::size_t first_ = 0;
  int sleepers_ = 0;
  bool closed_ = false;
};

}  // namespace sotto::storage::sqlite
