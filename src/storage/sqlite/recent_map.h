#pragma once

#include <unordered_map>
#include <utility>

#include "base/seeded_hash.h"

namespace sotto::storage::sqlite {

/// A map that holds at least the keys used last, of a weight of `capacity` together, and at most twice as much and one
/// value. Two generations: what is used is moved to the young one, and when that is full the old one is dropped.
template <class Key, class Value>
class RecentMap {
 public:
  explicit RecentMap(std::size_t capacity) : capacity_(capacity) {}

  /// Null if absent. Valid until the next call.
  [[nodiscard]] Value* find(const Key& key) {
    if (const auto young = young_.find(key); young != young_.end()) return &young->second.value;
    const auto old = old_.find(key);
    if (old == old_.end()) return nullptr;
    Weighed weighed = std::move(old->second);
    old_.erase(old);
    return &put(key, std::move(weighed.value), weighed.weight);
  }

  /// The key must be absent. The reference is valid until the next call.
  Value& put(const Key& key, Value value, std::size_t weight = 1) {
    if (young_weight_ + weight > capacity_) {
      old_ = std::move(young_);
      young_.clear();
      young_weight_ = 0;
    }
    young_weight_ += weight;
    return young_.emplace(key, Weighed{std::move(value), weight}).first->second.value;
  }

  void erase(const Key& key) {
    if (const auto young = young_.find(key); young != young_.end()) {
      young_weight_ -= young->second.weight;
      young_.erase(young);
    }
    old_.erase(key);
  }

  void clear() {
    young_.clear();
    old_.clear();
    young_weight_ = 0;
  }

  [[nodiscard]] std::size_t size() const { return young_.size() + old_.size(); }

 private:
  struct Weighed {
    Value value;
    std::size_t weight;
  };
  using Generation = std::unordered_map<Key, Weighed, SeededHash>;

  std::size_t capacity_;
  std::size_t young_weight_ = 0;
  Generation young_;
  Generation old_;
};

}  // namespace sotto::storage::sqlite
