#pragma once

#include <functional>

#include "storage/sqlite/time_counter.h"
#include "storage/sqlite/unit_of_work.h"
#include "storage/sqlite/work_queue.h"

namespace sotto::storage::sqlite {

/// Runs reading work, each unit in a read transaction of its own. Lives on one thread.
class Reader {
 public:
  /// `connection` and `queue` must outlive the reader. `on_failure` is told SQLite's text for each unit that failed.
  Reader(Connection& connection, WorkQueue& queue, std::function<void(const Error&)> on_failure)
      : connection_(connection),
        queue_(queue),
        on_failure_(std::move(on_failure)),
        unit_(connection, SqliteUnitOfWork::Role::reader) {}

  /// Runs until the queue is closed and empty.
  void run();

  /// Any thread: adds how long units took so far.
  void count_time(service::TimeCounts& total) const { time_.add_to(total); }

 private:
  [[nodiscard]] service::WorkOutcome run_unit(service::Work& work);

  Connection& connection_;
  WorkQueue& queue_;
  std::function<void(const Error&)> on_failure_;
  SqliteUnitOfWork unit_;
  TimeCounter time_;
};

}  // namespace sotto::storage::sqlite
