#pragma once

#include "base/text_encoding.h"
#include "wire/binary_writer.h"

namespace sotto::wire {

/// Appends text as a JSON string with its quotes.
void append_json_string(std::string& out, std::string_view text);
void append_json_number(std::string& out, std::uint64_t number);

template <DescribedEnum T>
std::string_view enum_name(T value) {
  for (const auto& known : enumeration_of<T>.values) {
    if (known.value == value) return known.name;
  }
  return enumeration_of<T>.values[0].name;
}

template <DescribedMessage T>
void append_json(std::string& out, const T& value);

template <VarintMember T>
void append_json(std::string& out, const T& value) {
  if constexpr (std::same_as<T, bool>) {
    out += value ? "true" : "false";
  } else if constexpr (DescribedEnum<T>) {
    append_json_string(out, enum_name(value));
  } else {
    append_json_number(out, to_varint(value));
  }
}

template <class T>
  requires FixedMember<T> || SizedMember<T>
void append_json(std::string& out, const T& value) {
  if constexpr (std::same_as<T, std::string>) {
    append_json_string(out, value);
  } else {
    out += '"';
    out += FixedMember<T> ? to_hex(octets_of(value)) : to_base64(octets_of(value));
    out += '"';
  }
}

/// Begins a member of the object being written.
inline void append_json_name(std::string& out, std::string_view name) {
  if (out.back() != '{') out += ',';
  out += '"';
  out += name;
  out += "\":";
}

template <class T>
void append_json_list(std::string& out, const std::vector<T>& values) {
  out += '[';
  for (const T& value : values) {
    if (&value != values.data()) out += ',';
    append_json(out, value);
  }
  out += ']';
}

template <class Owner, class Member>
void append_json_field(std::string& out, const Field<Owner, Member>& field, const Owner& owner) {
  const Member& value = owner.*field.member;
  if constexpr (OptionalMember<Member>) {
    if (!value) return;
    append_json_name(out, field.name);
    append_json(out, *value);
  } else {
    append_json_name(out, field.name);
    if constexpr (RepeatedMember<Member>) {
      append_json_list(out, value);
    } else {
      append_json(out, value);
    }
  }
}

template <class Owner, class Variant, class... Choices>
void append_json_field(std::string& out, const OneOf<Owner, Variant, Choices...>& field, const Owner& owner) {
  const auto append = [&]<class Choice>(const Alternative<Choice>& choice) {
    const Choice* value = std::get_if<Choice>(&(owner.*field.member));
    if (value == nullptr) return;
    append_json_name(out, choice.name);
    append_json(out, *value);
  };
  unpack([&](const auto&... choice) { (append(choice), ...); }, field.alternatives);
}

template <DescribedMessage T>
void append_json(std::string& out, const T& value) {
  static_assert(DescriptionCheck<T>::passed);
  out += '{';
  for_each_field<T>([&](const auto& field) { append_json_field(out, field, value); });
  out += '}';
}

}  // namespace sotto::wire
