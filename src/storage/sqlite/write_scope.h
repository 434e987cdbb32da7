#pragma once

#include <vector>

#include "storage/sqlite/connection.h"

namespace sotto::storage::sqlite {

/// Something held outside the database that must follow what happens to a unit's writes.
class Follower {
 public:
  virtual ~Follower() = default;
  /// The unit's changes stay, unless the whole transaction is lost later.
  virtual void keep() = 0;
  /// The unit's changes are gone.
  virtual void undo() = 0;
  /// All changes since the last commit are gone.
  virtual void forget() = 0;
};

/// The writes of one unit of work inside a transaction of many. The savepoint that lets them be undone alone is opened
/// only when it is needed, because it makes SQLite set aside every page that the unit changes, which costs as much as
/// storing a message: units that only read, that are refused before they write, or that insert one row and nothing else
/// do without.
class WriteScope {
 public:
  explicit WriteScope(Connection& connection) : connection_(connection) {}

  /// `follower` must outlive the scope.
  void add(Follower& follower) { followers_.push_back(&follower); }

  /// To be called before each write of the unit, except one that goes through `insert_alone`.
  void before_write();

  /// Runs a statement that inserts one row with a rowid. If it is the unit's first write it is undone by
  /// `delete_by_rowid`, a statement whose one parameter is the rowid; the row must have nothing else hanging on it.
  template <class... Values>
  bool insert_alone(std::string_view insert, std::string_view delete_by_rowid, const Values&... values) {
    // Only one such row is remembered.
    if (!delete_inserted_.empty()) before_write();
    const bool inserted = connection_.statement(insert).run(values...);
    if (inserted && !open_) remember(delete_by_rowid);
    return inserted;
  }

  /// Ends the unit, its writes stay.
  void keep();
  /// Ends the unit, its writes are undone. The connection's failure, if any, was taken. If the undoing itself fails the
  /// whole transaction is rolled back.
  void undo();
  /// The transaction is gone with all its units.
  void forget();

 private:
  void remember(std::string_view delete_by_rowid);

  Connection& connection_;
  std::vector<Follower*> followers_;
  bool open_ = false;
  /// What deletes the row that was inserted before there was a savepoint; empty if there is none.
  std::string_view delete_inserted_;
  std::int64_t inserted_row_ = 0;
};

}  // namespace sotto::storage::sqlite
