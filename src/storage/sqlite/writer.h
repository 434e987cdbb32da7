#pragma once

#include <atomic>
#include <chrono>
#include <functional>

#include "storage/sqlite/unit_of_work.h"
#include "storage/sqlite/work_queue.h"

namespace sotto::storage::sqlite {

/// Runs the writing work of a database, many units in one transaction. Lives on one thread.
class Writer {
 public:
  struct Settings {
    std::size_t largest_batch = 256;
    std::chrono::microseconds longest_batch{2'000};
    /// Told SQLite's text for each batch or unit that failed.
    std::function<void(const Error&)> on_failure;
  };

  /// `connection` and `queue` must outlive the writer.
  Writer(Connection& connection, WorkQueue& queue, Settings settings);

  /// Runs until the queue is closed and empty.
  void run();

  /// Any thread: asks the writer to copy the whole log back into the database before its next batch. Only while the
  /// writer stands still can the log be finished and begun anew.
  void finish_log() { log_is_long_.store(true, std::memory_order_relaxed); }

 private:
  struct Done {
    std::unique_ptr<service::Work> work;
    service::WorkOutcome outcome;
  };

  void run_batch();
  /// False if the transaction was lost.
  bool run_units();
  bool run_unit(std::unique_ptr<service::Work> work);
  void refill();
  void report(const Error& error) const;
  /// Finishes what was run, as `failed` if the batch was lost.
  void finish_batch(bool committed);
  void checkpoint();

  Connection& connection_;
  WorkQueue& queue_;
  Settings settings_;
  SqliteUnitOfWork unit_;
  /// Taken from the queue and not yet run, from `next_` on.
  std::vector<std::unique_ptr<service::Work>> taken_;
  std::size_t next_ = 0;
  /// Run in the open transaction.
  std::vector<Done> done_;
  std::atomic<bool> log_is_long_ = false;
};

}  // namespace sotto::storage::sqlite
