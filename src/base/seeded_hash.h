#pragma once

#include <cstdint>
#include <cstring>
#include <random>
#include <utility>

#include "base/fixed_bytes.h"

namespace sotto {

/// Hashes ids with a seed of its own, because clients choose their ids and must not be able to choose collisions. For
/// every long-lived map whose keys come from outside.
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

}  // namespace sotto
