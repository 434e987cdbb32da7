#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>

#include "storage/sqlite/connection.h"

namespace sotto::storage::sqlite {

/// Copies the write-ahead log back into the database at regular times, so that no commit has to. Lives on one thread.
class Checkpointer {
 public:
  struct Settings {
    std::chrono::milliseconds interval{200};
    /// Octets of log beyond which `on_long_log` is called after each checkpoint that could not finish the log.
    std::size_t longest_log = std::size_t{64} << 20U;
    std::function<void()> on_long_log;
  };

  /// `connection` must outlive the checkpointer.
  Checkpointer(Connection& connection, Settings settings);

  /// Runs until `stop`.
  void run();
  /// Any thread.
  void stop();
  /// Any thread: octets in the log at the last checkpoint.
  [[nodiscard]] std::size_t log_size() const { return log_size_.load(std::memory_order_relaxed); }

 private:
  void checkpoint();

  Connection& connection_;
  Settings settings_;
  std::size_t page_size_ = 0;
  std::atomic<std::size_t> log_size_ = 0;
  std::mutex mutex_;
  std::condition_variable stop_wanted_;
  bool stopped_ = false;
};

}  // namespace sotto::storage::sqlite
