#include "storage/sqlite/write_scope.h"

namespace sotto::storage::sqlite {

void WriteScope::before_write() {
  if (!open_) open_ = connection_.statement("SAVEPOINT unit").run();
}

void WriteScope::remember(std::string_view delete_by_rowid) {
  delete_inserted_ = delete_by_rowid;
  inserted_row_ = connection_.last_insert_rowid();
}

void WriteScope::keep() {
  if (open_) connection_.statement("RELEASE unit").run();
  open_ = false;
  delete_inserted_ = {};
  for (Follower* follower : followers_) follower->keep();
}

void WriteScope::undo() {
  if (connection_.in_transaction()) {
    if (open_) {
      connection_.statement("ROLLBACK TO unit").run();
      connection_.statement("RELEASE unit").run();
    }
    if (!delete_inserted_.empty()) connection_.statement(delete_inserted_).run(inserted_row_);
    // What cannot be undone alone must not be committed with the others.
    if (connection_.has_failed()) connection_.roll_back();
  }
  open_ = false;
  delete_inserted_ = {};
  for (Follower* follower : followers_) follower->undo();
}

void WriteScope::forget() {
  open_ = false;
  delete_inserted_ = {};
  for (Follower* follower : followers_) follower->forget();
}

}  // namespace sotto::storage::sqlite
