#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>

#include "storage/sqlite/connection.h"

namespace sotto::storage::sqlite {

/// Copies the write-ahead log back into the database at regular times, so that no commit has to. Lives on one thread.
///
/// If a sync fails there, the system may have dropped pages that SQLite takes for written, of this round and of earlier
/// ones that ended without a sync. No later sync brings them back; the log still has them. So it is never copied again
/// by this process: the next one, for which SQLite counts anew what was copied, copies all of it.
class Checkpointer {
 public:
  struct Settings {
    std::chrono::milliseconds interval{200};
    /// Called once, on the thread that found it out, when a sync failed.
    std::function<void(const Error&)> on_lost_sync;
  };

  /// `connection` must outlive the checkpointer.
  Checkpointer(Connection& connection, Settings settings) : connection_(connection), settings_(std::move(settings)) {}

  /// Runs until `stop`.
  void run();
  /// Any thread.
  void stop();

  /// For the writer's thread, with its connection, between transactions: copies the whole log, so that the next commit
  /// begins it anew. While commits go on that never happens by itself, because the log is never whole in the database.
  /// Waits for a checkpoint that is running, and up to 50 ms for readers; if they take longer the log stays for now.
  void finish_log(Connection& writer);

  /// When nothing else runs any more, before the connections are closed: copies the whole log and empties it.
  void empty_log(Connection& writer);

  /// Any thread: whether a sync failed. The log must then be left as it is.
  [[nodiscard]] bool has_lost_sync() const { return lost_sync_.load(); }

 private:
  /// With SQLite's number of the mode.
  void checkpoint(Connection& connection, int mode);

  Connection& connection_;
  const Settings settings_;
  std::atomic<bool> lost_sync_ = false;
  /// Held while a checkpoint runs; SQLite itself would refuse a second one at once.
  std::mutex checkpoint_;
  std::mutex mutex_;
  std::condition_variable stop_wanted_;
  bool stopped_ = false;
};

}  // namespace sotto::storage::sqlite
