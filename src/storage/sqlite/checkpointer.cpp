#include "storage/sqlite/checkpointer.h"

#include <sqlite3.h>

namespace sotto::storage::sqlite {

Checkpointer::Checkpointer(Connection& connection, Settings settings)
    : connection_(connection), settings_(std::move(settings)) {
  Statement row = connection_.statement("PRAGMA page_size");
  if (row.step()) page_size_ = row.unsigned_integer(0);
}

void Checkpointer::run() {
  std::unique_lock lock(mutex_);
  while (!stop_wanted_.wait_for(lock, settings_.interval, [this] { return stopped_; })) {
    lock.unlock();
    checkpoint();
    lock.lock();
  }
}

void Checkpointer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  stop_wanted_.notify_all();
}

void Checkpointer::checkpoint() {
  int logged = 0;
  int copied = 0;
  // A failure here, such as a full disk, costs nothing but a longer log; the next round tries again.
  sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &logged, &copied);
  if (logged < 0) return;
  const std::size_t size = static_cast<std::size_t>(logged) * page_size_;
  log_size_.store(size, std::memory_order_relaxed);
  // A log that was copied whole is begun anew by the next commit.
  if (size > settings_.longest_log && copied < logged && settings_.on_long_log) settings_.on_long_log();
}

}  // namespace sotto::storage::sqlite
