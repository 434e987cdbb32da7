#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace sotto {

/// An owned, public run of octets. Secret octets live in `Secret` or `SecretBuffer` instead.
using Bytes = std::vector<std::uint8_t>;

/// A borrowed, read-only run of octets; valid only until the call that received it returns.
using ByteView = std::span<const std::uint8_t>;

template <std::size_t Size>
using ByteArray = std::array<std::uint8_t, Size>;

/// Views text as octets, for hashing and sealing.
inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// Views octets as text. The caller vouches that they are text.
inline std::string_view as_text(ByteView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

inline void append(Bytes& out, ByteView octets) { out.insert(out.end(), octets.begin(), octets.end()); }

}  // namespace sotto
