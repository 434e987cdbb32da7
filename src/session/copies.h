#pragma once

#include <optional>
#include <vector>

namespace sotto::session {

// Containers of secrets copy only in words, as their elements do.

template <class T>
[[nodiscard]] std::vector<T> copy_of(const std::vector<T>& source) {
  std::vector<T> result;
  result.reserve(source.size());
  for (const T& element : source) result.push_back(element.copy());
  return result;
}

template <class T>
[[nodiscard]] std::optional<T> copy_of(const std::optional<T>& source) {
  return source ? std::optional<T>(source->copy()) : std::nullopt;
}

}  // namespace sotto::session
