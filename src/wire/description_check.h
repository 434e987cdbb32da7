#pragma once

#include "wire/field_kind.h"

namespace sotto::wire {

// What every description must hold; checked by the compiler where a codec or a printer meets a struct.

/// Lower-case words joined by single underscores, beginning with a letter.
constexpr bool is_snake_case(std::string_view name) {
  char before = '_';
  for (const char letter : name) {
    const bool lower = letter >= 'a' && letter <= 'z';
    const bool digit = letter >= '0' && letter <= '9';
    if (!lower && !digit && letter != '_') return false;
    if (before == '_' && !lower) return false;
    before = letter;
  }
  return before != '_';
}

/// Letters and digits, beginning with a capital.
constexpr bool is_title_case(std::string_view name) {
  for (const char letter : name) {
    const bool capital = letter >= 'A' && letter <= 'Z';
    const bool other = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
    if (!capital && !other) return false;
  }
  return !name.empty() && name[0] >= 'A' && name[0] <= 'Z';
}

template <class Owner, class Member>
constexpr std::size_t name_count(const Field<Owner, Member>&) {
  return 1;
}
/// The group's name counts too: protobuf keeps it in the same scope.
template <class Owner, class Variant, class... Choices>
constexpr std::size_t name_count(const OneOf<Owner, Variant, Choices...>&) {
  return 1 + sizeof...(Choices);
}

template <DescribedMessage T>
constexpr auto names_of() {
  constexpr std::size_t count = unpack(
      [](const auto&... fields) { return (std::size_t{0} + ... + name_count(fields)); }, description_of<T>.fields);
  std::array<std::string_view, count> names{};
  std::size_t next = 0;
  for_each_field<T>([&](const auto& field) {
    names[next++] = field.name;
    if constexpr (requires { field.alternatives; }) {
      unpack([&](const auto&... choice) { ((names[next++] = choice.name), ...); }, field.alternatives);
    }
  });
  return names;
}

template <DescribedMessage T>
constexpr bool names_are_distinct_and_snake_case() {
  const auto names = names_of<T>();
  for (std::size_t left = 0; left < names.size(); ++left) {
    if (!is_snake_case(names[left])) return false;
    for (std::size_t right = 0; right < left; ++right) {
      if (names[left] == names[right]) return false;
    }
  }
  return true;
}

/// Protobuf keeps 19000 to 19999 for itself.
template <DescribedMessage T>
constexpr bool numbers_ascend() {
  std::uint32_t last = 0;
  bool ascending = true;
  const auto next = [&](std::uint32_t number) {
    const bool reserved = number >= 19'000 && number <= 19'999;
    ascending = ascending && number > last && number < (1u << 29) && !reserved;
    last = number;
  };
  for_each_field<T>([&](const auto& field) {
    if constexpr (requires { field.alternatives; }) {
      unpack([&](const auto&... choice) { (next(choice.number), ...); }, field.alternatives);
    } else {
      next(field.number);
    }
  });
  return ascending;
}

template <class Member>
constexpr bool limits_fit(Limits limits) {
  if constexpr (RepeatedMember<Member>) {
    return limits.size > 0 && (limits.element_size > 0) == SizedMember<typename Member::value_type>;
  } else {
    return (limits.size > 0) == SizedMember<InnerMemberType<Member>> && limits.element_size == 0;
  }
}

template <class Owner, class Member>
constexpr bool is_sound(const Field<Owner, Member>& field) {
  static_assert(SingleMember<Member> || OptionalMember<Member> || RepeatedMember<Member>,
                "a described member has a type that description.h does not list");
  return limits_fit<Member>(field.limits) && !field.meaning.empty();
}

template <class Owner, class Variant, class... Choices>
constexpr bool is_sound(const OneOf<Owner, Variant, Choices...>& one_of) {
  static_assert(std::same_as<Variant, std::variant<std::monostate, Choices...>>,
                "a one_of lists exactly the variant's alternatives, in order, after std::monostate");
  return !one_of.meaning.empty();
}

template <DescribedMessage T>
constexpr bool fields_are_sound() {
  bool sound = true;
  for_each_field<T>([&](const auto& field) { sound = sound && is_sound(field); });
  return sound;
}

/// Instantiated by every codec and printer for every struct it meets.
template <DescribedMessage T>
struct DescriptionCheck {
  static_assert(is_title_case(description_of<T>.name), "a message's name is TitleCase");
  static_assert(names_are_distinct_and_snake_case<T>(), "field names are snake_case and differ within a message");
  static_assert(numbers_ascend<T>(), "field numbers ascend, are not 0 and avoid protobuf's reserved range");
  static_assert(fields_are_sound<T>(),
                "text, octets and lists need at_most(...), other members none, and every field a meaning");
  static_assert(field_count<T> <= 64, "the decoder keeps one bit for each field");
  static constexpr bool passed = true;
};

/// Protobuf's enums begin with 0 and are 32-bit.
template <DescribedEnum T>
constexpr bool enum_values_ascend_from_zero() {
  std::uint64_t last = 0;
  bool first = true;
  for (const auto& value : enumeration_of<T>.values) {
    const auto number = static_cast<std::uint64_t>(value.value);
    if (first ? number != 0 : number <= last) return false;
    if (number > 0x7fffffff || !is_snake_case(value.name)) return false;
    first = false;
    last = number;
  }
  return is_title_case(enumeration_of<T>.name);
}

template <DescribedEnum T>
struct EnumerationCheck {
  static_assert(enum_values_ascend_from_zero<T>(), "an enum's values ascend from 0 and have snake_case names");
  static constexpr bool passed = true;
};

/// Whether a Secret or SecretBuffer is anywhere inside `T`. `Visited` ends the walk in structs that hold themselves.
template <class T, class... Visited>
constexpr bool holds_secret();

template <class Owner, class Member, class... Visited>
constexpr bool field_holds_secret(std::type_identity<Field<Owner, Member>>, std::type_identity<Visited>...) {
  return holds_secret<InnerMemberType<Member>, Visited...>();
}

template <class Owner, class Variant, class... Choices, class... Visited>
constexpr bool field_holds_secret(std::type_identity<OneOf<Owner, Variant, Choices...>>,
                                  std::type_identity<Visited>...) {
  return (false || ... || holds_secret<Choices, Visited...>());
}

template <class Fields, class... Visited>
inline constexpr bool fields_hold_secret = false;
template <class... Fields, class... Visited>
inline constexpr bool fields_hold_secret<Sequence<Fields...>, Visited...> =
    (false || ... || field_holds_secret(std::type_identity<Fields>{}, std::type_identity<Visited>{}...));

template <class T, class... Visited>
constexpr bool holds_secret() {
  if constexpr ((std::same_as<T, Visited> || ...)) {
    return false;
  } else if constexpr (DescribedMessage<T>) {
    return fields_hold_secret<std::remove_const_t<decltype(description_of<T>.fields)>, T, Visited...>;
  } else {
    return is_secret<T>;
  }
}

/// A message that may be shown in clear: it holds no secret.
template <class T>
concept PublicMessage = DescribedMessage<T> && !holds_secret<T>();

}  // namespace sotto::wire
