#pragma once

#include "wire/description_check.h"

namespace sotto::wire {

/// Whether two messages have equal fields, secrets compared in constant time. For tests and replay checks; the structs
/// themselves need no operators.
template <DescribedMessage T>
[[nodiscard]] bool equal(const T& left, const T& right);

template <class T>
[[nodiscard]] bool equal_members(const T& left, const T& right) {
  if constexpr (DescribedMessage<T>) {
    return equal(left, right);
  } else if constexpr (OptionalMember<T>) {
    return left.has_value() == right.has_value() && (!left || equal_members(*left, *right));
  } else if constexpr (RepeatedMember<T>) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](const auto& one, const auto& other) { return equal_members(one, other); });
  } else {
    return left == right;
  }
}

template <class... Choices>
[[nodiscard]] bool equal_members(const std::variant<std::monostate, Choices...>& left,
                                 const std::variant<std::monostate, Choices...>& right) {
  if (left.index() != right.index()) return false;
  const auto equal_choice = [&]<class Choice>(std::type_identity<Choice>) {
    const Choice* value = std::get_if<Choice>(&left);
    return value == nullptr || equal(*value, *std::get_if<Choice>(&right));
  };
  return (equal_choice(std::type_identity<Choices>{}) && ...);
}

template <DescribedMessage T>
bool equal(const T& left, const T& right) {
  bool same = true;
  for_each_field<T>([&](const auto& field) { same = same && equal_members(left.*field.member, right.*field.member); });
  return same;
}

}  // namespace sotto::wire
