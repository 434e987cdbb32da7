#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace sotto::storage::memory {

/// How to undo what the running unit of work has changed so far.
class Journal {
 public:
  enum class Access : std::uint8_t { read, write };

  void begin(Access access) {
    access_ = access;
    failed_ = false;
  }
  void record(std::function<void()> undo) {
    if (access_ == Access::read) failed_ = true;
    undo_.push_back(std::move(undo));
  }
  /// The unit did what a database would refuse.
  void fail() { failed_ = true; }
  [[nodiscard]] bool has_failed() const { return failed_; }
  void keep() { undo_.clear(); }
  void undo() {
    for (auto step = undo_.rbegin(); step != undo_.rend(); ++step) (*step)();
    undo_.clear();
  }

 private:
  Access access_ = Access::read;
  bool failed_ = false;
  std::vector<std::function<void()>> undo_;
};

/// Rows in the order of their keys, every change of which is in the journal.
template <class Key, class Row>
class Table {
 public:
  /// `journal` must outlive the table.
  explicit Table(Journal& journal) : journal_(journal) {}

  /// Null if absent; valid until the row is erased.
  [[nodiscard]] const Row* find(const Key& key) const {
    const auto found = rows_.find(key);
    return found == rows_.end() ? nullptr : &found->second;
  }
  [[nodiscard]] bool contains(const Key& key) const { return rows_.contains(key); }
  [[nodiscard]] const std::map<Key, Row>& rows() const { return rows_; }

  /// Inserts or replaces.
  void put(const Key& key, Row row) {
    const Row* before = find(key);
    if (before == nullptr) {
      journal_.record([this, key] { rows_.erase(key); });
    } else {
      journal_.record([this, key, old = *before] { rows_.insert_or_assign(key, old); });
    }
    rows_.insert_or_assign(key, std::move(row));
  }

  /// Fails the unit if the key exists.
  void insert(const Key& key, Row row) {
    if (contains(key)) {
      journal_.fail();
    } else {
      put(key, std::move(row));
    }
  }

  /// False if absent.
  bool erase(const Key& key) {
    const Row* before = find(key);
    if (before == nullptr) return false;
    journal_.record([this, key, old = *before] { rows_.insert_or_assign(key, old); });
    rows_.erase(key);
    return true;
  }

  template <class Predicate>
  std::size_t erase_if(Predicate predicate) {
    std::vector<Key> keys;
    for (const auto& [key, row] : rows_) {
      if (predicate(key, row)) keys.push_back(key);
    }
    for (const Key& key : keys) erase(key);
    return keys.size();
  }

 private:
  Journal& journal_;
  std::map<Key, Row> rows_;
};

}  // namespace sotto::storage::memory
