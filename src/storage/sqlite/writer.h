#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <functional>

#include "storage/sqlite/checkpointer.h"
#include "storage/sqlite/time_counter.h"
#include "storage/sqlite/unit_of_work.h"
#include "storage/sqlite/work_queue.h"

namespace sotto::storage::sqlite {

/// Runs the writing work of a database, many units in one transaction. Lives on one thread.
class Writer {
 public:
  /// As in `SqliteSettings`, which has the usual values.
  struct Settings {
    std::size_t largest_batch{};
    std::chrono::microseconds longest_batch{};
    std::size_t longest_log{};
    /// Told SQLite's text for each batch or unit that failed.
    std::function<void(const Error&)> on_failure;
  };

  /// All three must outlive the writer.
  Writer(Connection& connection, WorkQueue& queue, Checkpointer& checkpointer, Settings settings);

  /// Runs until the queue is closed and empty.
  void run();

  /// Any thread: octets in the write-ahead log after the last commit.
  [[nodiscard]] std::size_t log_size() const { return log_size_.load(std::memory_order_relaxed); }
  /// Any thread: fills in the commits so far and how long they took.
  void count_commits(service::StorageLoad& load) const;

 private:
  struct Done {
    std::unique_ptr<service::Work> work;
    service::WorkOutcome outcome;
  };

  /// Has SQLite say after each commit how long the log is.
  void watch_log();
  /// Finishes the log if it is too long. While a reader keeps it, such as a backup, that is tried again only when it
  /// is twice as long, so that commits do not wait for the reader.
  void bound_log();
  void run_batch();
  /// What is written to a file that has no name any more would be acknowledged and lost.
  [[nodiscard]] bool database_has_moved() const;
  /// False if the transaction was lost.
  bool run_units();
  bool run_unit(std::unique_ptr<service::Work> work);
  void refill();
  void report(const Error& error) const;
  void note_commit(std::size_t units);
  /// Finishes what was run, as `failed` if the batch was lost.
  void finish_batch(bool committed);

  Connection& connection_;
  WorkQueue& queue_;
  Checkpointer& checkpointer_;
  Settings settings_;
  SqliteUnitOfWork unit_;
  /// Taken from the queue and not yet run, from `next_` on.
  std::vector<std::unique_ptr<service::Work>> taken_;
  std::size_t next_ = 0;
  /// Run in the open transaction.
  std::vector<Done> done_;
  std::size_t page_size_ = 0;
  /// Octets of log beyond which finishing it is tried next.
  std::size_t finish_log_beyond_ = 0;
  std::atomic<std::size_t> log_size_ = 0;
  std::array<std::atomic<std::uint64_t>, service::StorageLoad::commit_bounds.size()> commits_{};
  std::atomic<std::uint64_t> committed_units_ = 0;
  TimeCounter write_time_;
  TimeCounter commit_time_;
};

}  // namespace sotto::storage::sqlite
