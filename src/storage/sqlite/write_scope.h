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
/// by the first write, so that units that only read, or are refused before they write, pay nothing for it.
class WriteScope {
 public:
  explicit WriteScope(Connection& connection) : connection_(connection) {}

  /// `follower` must outlive the scope.
  void add(Follower& follower) { followers_.push_back(&follower); }

  /// To be called before each write of the unit.
  void before_write();
  /// Ends the unit, its writes stay.
  void keep();
  /// Ends the unit, its writes are undone. Works after a failure and leaves that recorded.
  void undo();
  /// The transaction is gone with all its units.
  void forget();

 private:
  Connection& connection_;
  std::vector<Follower*> followers_;
  bool open_ = false;
};

}  // namespace sotto::storage::sqlite
