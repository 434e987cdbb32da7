#include "storage/sqlite/checkpointer.h"

#include <sqlite3.h>

namespace sotto::storage::sqlite {

void Checkpointer::run() {
  std::unique_lock lock(mutex_);
  while (!stop_wanted_.wait_for(lock, interval_, [this] { return stopped_; })) {
    lock.unlock();
    {
      const std::lock_guard checkpoint(checkpoint_);
      // A failure here, such as a full disk, costs nothing but a longer log; the next round tries again.
      sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    }
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

void Checkpointer::finish_log(Connection& writer) {
  constexpr int longest_wait_ms = 50;
  const std::lock_guard checkpoint(checkpoint_);
  sqlite3_busy_timeout(writer.handle(), longest_wait_ms);
  sqlite3_wal_checkpoint_v2(writer.handle(), nullptr, SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
  sqlite3_busy_timeout(writer.handle(), static_cast<int>(OpenOptions{}.busy_timeout.count));
}

}  // namespace sotto::storage::sqlite
