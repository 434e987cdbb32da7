#pragma once

#include <unordered_map>
#include <utility>

#include "base/seeded_hash.h"

namespace sotto::storage::sqlite {

/// A map that holds at least the `capacity` keys used last and at most twice as many. Two generations: what is used is
/// moved to the young one, and when that is full the old one is dropped.
template <class Key, class Value>
class RecentMap {
 public:
  explicit RecentMap(std::size_t capacity) : capacity_(capacity) {}

  /// Null if absent. Valid until the next call.
  [[nodiscard]] Value* find(const Key& key) {
    if (const auto young = young_.find(key); young != young_.end()) return &young->second;
    const auto old = old_.find(key);
    if (old == old_.end()) return nullptr;
    Value value = std::move(old->second);
    old_.erase(old);
    return &put(key, std::move(value));
  }

  /// The key must be absent. The reference is valid until the next call.
  Value& put(const Key& key, Value value) {
    if (young_.size() >= capacity_) {
      old_ = std::move(young_);
      young_.clear();
    }
    return young_.emplace(key, std::move(value)).first->second;
  }

  void erase(const Key& key) {
    young_.erase(key);
    old_.erase(key);
  }

  void clear() {
    young_.clear();
    old_.clear();
  }

  [[nodiscard]] std::size_t size() const { return young_.size() + old_.size(); }

 private:
  using Generation = std::unordered_map<Key, Value, SeededHash>;

  std::size_t capacity_;
  Generation young_;
  Generation old_;
};

}  // namespace sotto::storage::sqlite
