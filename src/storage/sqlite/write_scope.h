#pragma once

#include <functional>
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
/// only when it is needed, because it makes SQLite set aside every page that the unit changes, which costs nearly as
/// much as storing a message: units that only read, that are refused before they write, or whose only write one other
/// statement can undo, do without.
class WriteScope {
 public:
  explicit WriteScope(Connection& connection) : connection_(connection) {}

  /// `follower` must outlive the scope.
  void add(Follower& follower) { followers_.push_back(&follower); }

  /// To be called before each write of the unit.
  void before_write();
  /// To be called instead by a write that one other statement can undo. True if that is wanted: the caller then hands
  /// the statement to `undo_with` if its write took effect.
  [[nodiscard]] bool before_lone_write();
  /// `undo` runs at most once, before the transaction ends.
  void undo_with(std::function<void()> undo) { undo_ = std::move(undo); }

  /// Ends the unit, its writes stay. If that fails the whole transaction is rolled back.
  void keep();
  /// Ends the unit, its writes are undone. The connection's failure, if any, was taken. If the undoing itself fails the
  /// whole transaction is rolled back.
  void undo();
  /// The transaction is gone with all its units.
  void forget();

 private:
  void end();

  Connection& connection_;
  std::vector<Follower*> followers_;
  bool open_ = false;
  /// Undoes what was written before there was a savepoint; empty if nothing was.
  std::function<void()> undo_;
};

}  // namespace sotto::storage::sqlite
