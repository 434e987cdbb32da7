#pragma once

#include <cstdint>
#include <cstring>
#include <random>
#include <unordered_map>
#include <utility>

#include "base/fixed_bytes.h"

namespace sotto::storage::sqlite {

/// Hashes ids with a seed of this process, because clients choose their ids and must not be able to choose collisions.
class SeededHash {
 public:
  SeededHash() : first_(seed()), second_(seed()) {}

  template <class Tag>
  std::size_t operator()(const FixedBytes<Tag, 16>& id) const {
    std::uint64_t head = 0;
    std::uint64_t tail = 0;
    std::memcpy(&head, id.bytes.data(), sizeof head);
    std::memcpy(&tail, id.bytes.data() + sizeof head, sizeof tail);
    return mix(head ^ first_, tail ^ second_);
  }

  template <class First, class Second>
  std::size_t operator()(const std::pair<First, Second>& ids) const {
    return mix((*this)(ids.first) ^ second_, (*this)(ids.second) ^ first_);
  }

 private:
  __extension__ using Product = unsigned __int128;

  static std::uint64_t seed() {
    std::random_device device;
    return (std::uint64_t{device()} << 32U) | device();
  }
  static std::uint64_t mix(std::uint64_t left, std::uint64_t right) {
    const Product product = static_cast<Product>(left) * right;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
  }

  std::uint64_t first_;
  std::uint64_t second_;
};

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
