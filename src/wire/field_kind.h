#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/fixed_bytes.h"
#include "base/secret.h"
#include "base/time.h"
#include "wire/description.h"

namespace sotto::wire {

// The kinds of member that a description may name. The codecs and the schema printers choose by these concepts.

template <class T>
inline constexpr bool is_fixed_bytes = false;
template <class Tag, std::size_t Size>
inline constexpr bool is_fixed_bytes<FixedBytes<Tag, Size>> = true;

template <class T>
inline constexpr bool is_secret = std::is_same_v<T, SecretBuffer>;
template <std::size_t Size>
inline constexpr bool is_secret<Secret<Size>> = true;

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
inline constexpr bool is_repeated = false;
template <class T>
inline constexpr bool is_repeated<std::vector<T>> = !std::is_same_v<T, std::uint8_t>;

/// Numbers, times, truth values and described enums: one varint on the wire.
template <class T>
concept VarintMember = std::same_as<T, bool> || std::same_as<T, std::uint32_t> || std::same_as<T, std::uint64_t> ||
                       std::same_as<T, UnixMillis> || DescribedEnum<T>;

/// Exactly `T::size` octets.
template <class T>
concept FixedMember = is_fixed_bytes<T> || (is_secret<T> && !std::same_as<T, SecretBuffer>);

/// Octets or text whose length the value decides.
template <class T>
concept SizedMember = std::same_as<T, Bytes> || std::same_as<T, std::string> || std::same_as<T, SecretBuffer>;

/// Anything that stands alone, inside a std::optional or as an element of a std::vector.
template <class T>
concept SingleMember = VarintMember<T> || FixedMember<T> || SizedMember<T> || DescribedMessage<T>;

template <class T>
concept OptionalMember = is_optional<T> && SingleMember<typename T::value_type>;

/// std::vector<bool> is left out because its elements are not objects.
template <class T>
concept RepeatedMember =
    is_repeated<T> && SingleMember<typename T::value_type> && !std::same_as<typename T::value_type, bool>;

/// A struct's description, evaluated once.
template <DescribedMessage T>
inline constexpr auto description_of = T::describe();

template <DescribedEnum T>
inline constexpr auto enumeration_of = describe(std::type_identity<T>{});

template <DescribedMessage T>
inline constexpr std::size_t field_count = decltype(description_of<T>.fields)::size;

/// Calls `visitor(field)` for each `Field` and `OneOf` of `T` in order.
template <DescribedMessage T, class Visitor>
constexpr void for_each_field(Visitor&& visitor) {
  unpack([&](const auto&... fields) { (visitor(fields), ...); }, description_of<T>.fields);
}

/// What a `Field`'s member is in the end: the type inside a std::optional or std::vector, or the type itself.
template <class T>
struct InnerMember {
  using Type = T;
};
template <class T>
  requires(is_optional<T> || is_repeated<T>)
struct InnerMember<T> {
  using Type = typename T::value_type;
};
template <class T>
using InnerMemberType = typename InnerMember<T>::Type;

}  // namespace sotto::wire
