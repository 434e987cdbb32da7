#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "storage/sqlite/connection.h"

namespace sotto::storage::sqlite {

/// Copies the write-ahead log back into the database at regular times, so that no commit has to. Lives on one thread.
class Checkpointer {
 public:
  /// `connection` must outlive the checkpointer.
  Checkpointer(Connection& connection, std::chrono::milliseconds interval)
      : connection_(connection), interval_(interval) {}

  /// Runs until `stop`.
  void run();
  /// Any thread.
  void stop();

  /// For the writer's thread, with its connection, between transactions: copies the whole log, so that the next commit
  /// begins it anew. While commits go on that never happens by itself, because the log is never whole in the database.
  /// Waits for a checkpoint that is running, and up to 50 ms for readers; if they take longer the log stays for now.
  void finish_log(Connection& writer);

 private:
  Connection& connection_;
  const std::chrono::milliseconds interval_;
  /// Held while a checkpoint runs; SQLite itself would refuse a second one at once.
  std::mutex checkpoint_;
  std::mutex mutex_;
  std::condition_variable stop_wanted_;
  bool stopped_ = false;
};

}  // namespace sotto::storage::sqlite
