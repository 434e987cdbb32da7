#include "storage/sqlite/writer.h"

#include <algorithm>
#include <sqlite3.h>

namespace sotto::storage::sqlite {

using service::Verdict;
using service::Work;
using service::WorkOutcome;

Writer::Writer(Connection& connection, WorkQueue& queue, Checkpointer& checkpointer, Settings settings)
    : connection_(connection),
      queue_(queue),
      checkpointer_(checkpointer),
      settings_(std::move(settings)),
      unit_(connection, SqliteUnitOfWork::Role::writer) {
  watch_log();
}

void Writer::watch_log() {
  {
    Statement row = connection_.statement("PRAGMA page_size");
    if (row.step()) page_size_ = row.unsigned_integer(0);
  }
  const auto committed = [](void* writer, sqlite3*, const char*, int pages) {
    auto* self = static_cast<Writer*>(writer);
    self->log_size_.store(static_cast<std::size_t>(pages) * self->page_size_, std::memory_order_relaxed);
    return SQLITE_OK;
  };
  sqlite3_wal_hook(connection_.handle(), committed, this);
}

void Writer::run() {
  while (next_ < taken_.size() || queue_.wait_and_take(taken_, settings_.largest_batch)) {
    bound_log();
    run_batch();
  }
}

void Writer::bound_log() {
  const std::size_t size = log_size();
  if (size <= settings_.longest_log) finish_log_beyond_ = settings_.longest_log;
  if (size <= finish_log_beyond_) return;
  checkpointer_.finish_log(connection_);
  finish_log_beyond_ = 2 * size;
}

void Writer::run_batch() {
  if (database_has_moved()) {
    connection_.record({.code = SQLITE_READONLY_DBMOVED, .text = "the database file was moved or removed"});
  }
  if (checkpointer_.has_lost_sync()) {
    connection_.record({.code = SQLITE_IOERR_FSYNC, .text = "the medium failed; the database must be opened again"});
  }
  const auto begun_at = TimeCounter::Clock::now();
  const bool begun = connection_.begin_write();
  const bool whole = begun && run_units();
  const auto run_at = TimeCounter::Clock::now();
  const bool committed = whole && connection_.commit();
  write_time_.note(run_at - begun_at);
  commit_time_.note(TimeCounter::Clock::now() - run_at);
  if (const std::optional<Error> error = connection_.take_failure()) report(*error);
  if (!committed) {
    connection_.roll_back();
    unit_.forget();
    // If not even the transaction could begin, the units that wait for it are answered, not kept forever.
    if (!begun) {
      for (; next_ < taken_.size(); ++next_) {
        done_.push_back({.work = std::move(taken_[next_]), .outcome = WorkOutcome::failed});
      }
    }
  }
  if (committed) note_commit(done_.size());
  finish_batch(committed);
}

void Writer::note_commit(std::size_t units) {
  constexpr auto& bounds = service::StorageLoad::commit_bounds;
  const auto bound = std::ranges::lower_bound(bounds, units);
  const auto place = std::min<std::ptrdiff_t>(bound - bounds.begin(), bounds.size() - 1);
  commits_[static_cast<std::size_t>(place)].fetch_add(1, std::memory_order_relaxed);
  committed_units_.fetch_add(units, std::memory_order_relaxed);
}

void Writer::count_commits(service::StorageLoad& load) const {
  for (std::size_t place = 0; place < commits_.size(); ++place) {
    load.commits[place] = commits_[place].load(std::memory_order_relaxed);
  }
  load.committed_units = committed_units_.load(std::memory_order_relaxed);
  write_time_.add_to(load.write_time);
  commit_time_.add_to(load.commit_time);
}

bool Writer::database_has_moved() const {
  int moved = 0;
  sqlite3_file_control(connection_.handle(), nullptr, SQLITE_FCNTL_HAS_MOVED, &moved);
  return moved != 0;
}

bool Writer::run_units() {
  const auto deadline = std::chrono::steady_clock::now() + settings_.longest_batch;
  while (true) {
    if (next_ == taken_.size()) refill();
    if (next_ == taken_.size()) return true;
    if (!run_unit(std::move(taken_[next_++]))) return false;
    if (done_.size() >= settings_.largest_batch || std::chrono::steady_clock::now() >= deadline) return true;
  }
}

bool Writer::run_unit(std::unique_ptr<Work> work) {
  const std::expected<Verdict, Error> verdict = unit_.run(*work);
  WorkOutcome outcome = WorkOutcome::failed;
  if (!verdict) {
    report(verdict.error());
  } else {
    outcome = *verdict == Verdict::keep ? WorkOutcome::committed : WorkOutcome::refused;
  }
  done_.push_back({.work = std::move(work), .outcome = outcome});
  // Some failures make SQLite roll back the whole transaction.
  return connection_.in_transaction();
}

void Writer::refill() {
  taken_.clear();
  next_ = 0;
  queue_.take(taken_, settings_.largest_batch - done_.size());
}

void Writer::report(const Error& error) const {
  if (settings_.on_failure) settings_.on_failure(error);
}

void Writer::finish_batch(bool committed) {
  // Even a refusal may rest on what an earlier unit of the batch wrote, so it waits for the commit and falls with it.
  for (Done& done : done_) done.work->finish(committed ? done.outcome : WorkOutcome::failed);
  done_.clear();
}

}  // namespace sotto::storage::sqlite
