#include "storage/sqlite/checkpointer.h"

#include <sqlite3.h>

namespace sotto::storage::sqlite {

void Checkpointer::run() {
  std::unique_lock lock(mutex_);
  while (!stop_wanted_.wait_for(lock, settings_.interval, [this] { return stopped_; })) {
    lock.unlock();
    checkpoint(connection_, SQLITE_CHECKPOINT_PASSIVE);
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
  sqlite3_busy_timeout(writer.handle(), longest_wait_ms);
  checkpoint(writer, SQLITE_CHECKPOINT_RESTART);
  sqlite3_busy_timeout(writer.handle(), static_cast<int>(OpenOptions{}.busy_timeout.count));
}

void Checkpointer::empty_log(Connection& writer) { checkpoint(writer, SQLITE_CHECKPOINT_TRUNCATE); }

void Checkpointer::checkpoint(Connection& connection, int mode) {
  int code = SQLITE_OK;
  {
    const std::lock_guard checkpoint(checkpoint_);
    if (has_lost_sync()) return;
    code = sqlite3_wal_checkpoint_v2(connection.handle(), nullptr, mode, nullptr, nullptr);
    lost_sync_ = code == SQLITE_IOERR_FSYNC;
  }
  // Another failure, such as a full disk, costs nothing but a longer log; the next round tries again.
  if (code == SQLITE_IOERR_FSYNC && settings_.on_lost_sync) {
    settings_.on_lost_sync({.code = code, .text = sqlite3_errmsg(connection.handle())});
  }
}

}  // namespace sotto::storage::sqlite
