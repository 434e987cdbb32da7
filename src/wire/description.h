#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "base/bytes.h"
#include "wire/sequence.h"

namespace sotto::wire {

// One list of fields per struct, from which the binary codec, the JSON codec, the equality used in tests and the
// printed schemas all come. A struct describes itself with a static member:
//
//   struct OpenDirect {
//     AccountId peer;
//     static constexpr auto describe() {
//       return message("OpenDirect", "Opens the direct conversation with an account.",
//                      field(1, "peer", &OpenDirect::peer, "The other account."));
//     }
//   };
//
// What a member's C++ type means on the wire (proto3 type in brackets):
//
//   bool [bool], std::uint32_t [uint32], std::uint64_t [uint64], UnixMillis [uint64], described enum [enum]
//   FixedBytes<Tag, N> [bytes]   always present and exactly N octets; JSON: lowercase hex
//   Bytes [bytes]                at most `at_most` octets; JSON: base64
//   std::string [string]         UTF-8, at most `at_most` octets
//   Secret<N>, SecretBuffer [bytes]   as FixedBytes and Bytes; the JSON codec refuses them at compile time
//   described struct [message], std::optional<T> [optional], std::vector<T> [repeated, at most `at_most` elements]
//   std::variant<std::monostate, A, B...> of described structs [oneof], by `one_of`
//
// A vector of Bytes or strings has two limits: elements, then octets of each.

/// Upper bounds that the decoder enforces while reading. Zero where the type itself is the bound.
struct Limits {
  std::size_t size = 0;
  std::size_t element_size = 0;
};

constexpr Limits at_most(std::size_t size, std::size_t element_size = 0) { return {size, element_size}; }

template <class Owner, class Member>
struct Field {
  std::uint32_t number;
  std::string_view name;
  Member Owner::* member;
  Limits limits;
  std::string_view meaning;
};

template <class Owner, class Member>
constexpr auto field(std::uint32_t number, std::string_view name, Member Owner::* member, std::string_view meaning) {
  return Field<Owner, Member>{number, name, member, {}, meaning};
}

template <class Owner, class Member>
constexpr auto field(std::uint32_t number, std::string_view name, Member Owner::* member, Limits limits,
                     std::string_view meaning) {
  return Field<Owner, Member>{number, name, member, limits, meaning};
}

/// One choice of a `one_of`: the described struct `Choice` under a field number and name of its own.
template <class Choice>
struct Alternative {
  using Type = Choice;
  std::uint32_t number;
  std::string_view name;
};

template <class Choice>
constexpr auto alternative(std::uint32_t number, std::string_view name) {
  return Alternative<Choice>{number, name};
}

/// A variant whose first alternative is std::monostate (nothing chosen) and whose others are listed in order.
template <class Owner, class Variant, class... Choices>
struct OneOf {
  std::string_view name;
  Variant Owner::* member;
  std::string_view meaning;
  Sequence<Alternative<Choices>...> alternatives;
};

template <class Owner, class Variant, class... Choices>
constexpr auto one_of(std::string_view name, Variant Owner::* member, std::string_view meaning,
                      Alternative<Choices>... alternatives) {
  return OneOf<Owner, Variant, Choices...>{name, member, meaning, sequence(alternatives...)};
}

/// `Fields` are `Field` and `OneOf` in ascending order of field number; that order is the canonical encoding.
template <class... Fields>
struct Message {
  std::string_view name;
  std::string_view meaning;
  Sequence<Fields...> fields;
};

template <class... Fields>
constexpr auto message(std::string_view name, std::string_view meaning, Fields... fields) {
  return Message<Fields...>{name, meaning, sequence(fields...)};
}

template <class Enum>
struct EnumValue {
  Enum value;
  std::string_view name;
  std::string_view meaning;
};

template <class Enum, std::size_t Count>
struct Enumeration {
  std::string_view name;
  std::string_view meaning;
  std::array<EnumValue<Enum>, Count> values;
};

/// Describes an enum whose first value is 0. Found by argument-dependent look-up:
/// `constexpr auto describe(std::type_identity<Colour>) { return enumeration("Colour", "...", EnumValue{...}...); }`
template <class Enum, std::same_as<EnumValue<Enum>>... Rest>
constexpr auto enumeration(std::string_view name, std::string_view meaning, EnumValue<Enum> first, Rest... rest) {
  return Enumeration<Enum, 1 + sizeof...(Rest)>{name, meaning, {first, rest...}};
}

template <class T>
concept DescribedMessage = std::is_class_v<T> && requires { T::describe().fields; };

template <class T>
concept DescribedEnum = std::is_enum_v<T> && requires { describe(std::type_identity<T>{}).values; };

}  // namespace sotto::wire
