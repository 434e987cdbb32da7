#include "storage/sqlite/write_scope.h"

#include <sqlite3.h>

namespace sotto::storage::sqlite {

void WriteScope::before_write() {
  if (open_) return;
  open_ = connection_.statement("SAVEPOINT unit").run();
}

void WriteScope::keep() {
  if (open_) connection_.statement("RELEASE unit").run();
  open_ = false;
  for (Follower* follower : followers_) follower->keep();
}

void WriteScope::undo() {
  if (open_ && connection_.in_transaction()) {
    // Not through a `Statement`, which does nothing after a failure.
    const int code = sqlite3_exec(connection_.handle(), "ROLLBACK TO unit; RELEASE unit", nullptr, nullptr, nullptr);
    // What cannot be undone alone must not be committed with the others.
    if (code != SQLITE_OK) connection_.roll_back();
  }
  open_ = false;
  for (Follower* follower : followers_) follower->undo();
}

void WriteScope::forget() {
  open_ = false;
  for (Follower* follower : followers_) follower->forget();
}

}  // namespace sotto::storage::sqlite
