#pragma once

#include <algorithm>

#include "base/bytes.h"

namespace sotto {

/// Overwrites memory in a way that the optimiser keeps.
void wipe(std::span<std::uint8_t> memory);

/// Compares in time that depends on the lengths only.
[[nodiscard]] bool equal_in_constant_time(ByteView left, ByteView right);

/// A secret of exactly `Size` octets. It wipes itself, compares in constant time, never converts or
/// prints itself, and copies only through `copy()`, so that every duplicate is visible in the code.
template <std::size_t Size>
class Secret {
 public:
  static constexpr std::size_t size = Size;

  Secret() = default;
  explicit Secret(std::span<const std::uint8_t, Size> source) {
    std::copy(source.begin(), source.end(), octets_.begin());
  }
  Secret(Secret&& other) noexcept : octets_(other.octets_) { wipe(other.octets_); }
  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) {
      octets_ = other.octets_;
      wipe(other.octets_);
    }
    return *this;
  }
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret() { wipe(octets_); }

  [[nodiscard]] Secret copy() const { return Secret(std::span<const std::uint8_t, Size>(octets_)); }

  /// The octets themselves, for handing to a primitive.
  [[nodiscard]] std::span<const std::uint8_t, Size> reveal() const { return octets_; }
  [[nodiscard]] std::span<std::uint8_t, Size> writable() { return octets_; }

  friend bool operator==(const Secret& left, const Secret& right) {
    return equal_in_constant_time(left.octets_, right.octets_);
  }

 private:
  ByteArray<Size> octets_{};
};

/// A secret whose length is known only at run time: a plaintext, a password, a stored state.
class SecretBuffer {
 public:
  SecretBuffer() = default;
  /// `size` zero octets.
  explicit SecretBuffer(std::size_t size) : octets_(size) {}
  explicit SecretBuffer(ByteView source) : octets_(source.begin(), source.end()) {}
  SecretBuffer(SecretBuffer&& other) noexcept : octets_(std::move(other.octets_)) { other.octets_.clear(); }
  SecretBuffer& operator=(SecretBuffer&& other) noexcept {
    if (this != &other) {
      wipe(octets_);
      octets_ = std::move(other.octets_);
      other.octets_.clear();
    }
    return *this;
  }
  SecretBuffer(const SecretBuffer&) = delete;
  SecretBuffer& operator=(const SecretBuffer&) = delete;
  ~SecretBuffer() { wipe(octets_); }

  [[nodiscard]] SecretBuffer copy() const { return SecretBuffer(reveal()); }
  [[nodiscard]] std::size_t size() const { return octets_.size(); }
  [[nodiscard]] bool empty() const { return octets_.empty(); }
  [[nodiscard]] ByteView reveal() const { return octets_; }
  [[nodiscard]] std::span<std::uint8_t> writable() { return octets_; }

  friend bool operator==(const SecretBuffer& left, const SecretBuffer& right) {
    return equal_in_constant_time(left.octets_, right.octets_);
  }

 private:
  Bytes octets_;
};

}  // namespace sotto
