#pragma once

#include <algorithm>
#include <compare>
#include <cstring>
#include <functional>
#include <optional>

#include "base/bytes.h"

namespace sotto {

/// A public value of exactly `Size` octets. `Tag` keeps an account id from being passed where a
/// device id is meant, at no cost at run time.
template <class Tag, std::size_t Size>
struct FixedBytes {
  static constexpr std::size_t size = Size;

  ByteArray<Size> bytes{};

  /// Nothing if `source` does not have exactly `Size` octets.
  static std::optional<FixedBytes> from(ByteView source) {
    if (source.size() != Size) return std::nullopt;
    FixedBytes value;
    std::copy(source.begin(), source.end(), value.bytes.begin());
    return value;
  }

  [[nodiscard]] ByteView view() const { return bytes; }

  /// True for the value that was never set; no id or key that is in use is all zero.
  [[nodiscard]] bool is_zero() const {
    return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t octet) { return octet == 0; });
  }

  friend auto operator<=>(const FixedBytes&, const FixedBytes&) = default;
};

}  // namespace sotto

/// The first eight octets are random in every id and key that serves as a map key.
template <class Tag, std::size_t Size>
struct std::hash<sotto::FixedBytes<Tag, Size>> {
  static_assert(Size >= sizeof(std::size_t));
  std::size_t operator()(const sotto::FixedBytes<Tag, Size>& value) const noexcept {
    std::size_t result = 0;
    std::memcpy(&result, value.bytes.data(), sizeof result);
    return result;
  }
};
