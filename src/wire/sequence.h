#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

namespace sotto::wire {

template <std::size_t Index, class T>
struct SequenceItem {
  T value;
};

template <class Indices, class... Ts>
struct SequenceItems;
template <std::size_t... Indices, class... Ts>
struct SequenceItems<std::index_sequence<Indices...>, Ts...> : SequenceItem<Indices, Ts>... {};

/// Values of different types in an order. An aggregate, in place of std::tuple: the constructors of a tuple, which no
/// description has a use for, took most of the time in which a source that includes descriptions is compiled.
template <class... Ts>
struct Sequence : SequenceItems<std::index_sequence_for<Ts...>, Ts...> {
  static constexpr std::size_t size = sizeof...(Ts);
};

template <class... Ts>
constexpr Sequence<Ts...> sequence(Ts... values) {
  return {{{values}...}};
}

template <std::size_t Index, class T>
constexpr const T& item(const SequenceItem<Index, T>& held) {
  return held.value;
}

template <std::size_t Index, class AnySequence>
using ItemAt = std::remove_cvref_t<decltype(item<Index>(std::declval<const AnySequence&>()))>;

/// `function(first, second, ...)`
template <class Function, class... Ts>
constexpr decltype(auto) unpack(Function&& function, const Sequence<Ts...>& values) {
  return [&]<std::size_t... Indices>(std::index_sequence<Indices...>) -> decltype(auto) {
    return function(item<Indices>(values)...);
  }(std::index_sequence_for<Ts...>());
}

}  // namespace sotto::wire
