#include "storage/sqlite/write_scope.h"

namespace sotto::storage::sqlite {

void WriteScope::before_write() {
  if (!open_) open_ = connection_.statement("SAVEPOINT unit").run();
}

bool WriteScope::before_lone_write() {
  if (!open_ && !undo_) return true;
  before_write();
  return false;
}

void WriteScope::keep() {
  // A unit that cannot be ended must not be committed with the others either.
  if (open_ && !connection_.statement("RELEASE unit").run()) connection_.roll_back();
  end();
  for (Follower* follower : followers_) follower->keep();
}

void WriteScope::undo() {
  if (connection_.in_transaction()) {
    if (open_) {
      connection_.statement("ROLLBACK TO unit").run();
      connection_.statement("RELEASE unit").run();
    }
    if (undo_) undo_();
    // What cannot be undone alone must not be committed with the others.
    if (connection_.has_failed()) connection_.roll_back();
  }
  end();
  for (Follower* follower : followers_) follower->undo();
}

void WriteScope::forget() {
  end();
  for (Follower* follower : followers_) follower->forget();
}

void WriteScope::end() {
  open_ = false;
  undo_ = nullptr;
}

}  // namespace sotto::storage::sqlite
