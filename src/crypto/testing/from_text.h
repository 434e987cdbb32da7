#pragma once

#include <string_view>

#include "base/invariant.h"
#include "base/secret.h"
#include "base/text_encoding.h"

namespace sotto::crypto {

// Published vectors as they are printed. For tests only: a text that does not fit ends the process.

inline Bytes octets_from(std::string_view hexadecimal) {
  auto octets = from_hex(hexadecimal);
  invariant(octets.has_value());
  return *octets;
}

template <class Fixed>
Fixed fixed_from(std::string_view hexadecimal) {
  const auto value = Fixed::from(octets_from(hexadecimal));
  invariant(value.has_value());
  return *value;
}

template <std::size_t Size>
Secret<Size> secret_from(std::string_view hexadecimal) {
  const Bytes octets = octets_from(hexadecimal);
  invariant(octets.size() == Size);
  return Secret<Size>(std::span<const std::uint8_t, Size>(octets));
}

}  // namespace sotto::crypto
