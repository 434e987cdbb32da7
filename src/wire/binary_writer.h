#pragma once

#include <bit>
#include <cstring>

#include "base/invariant.h"
#include "wire/description_check.h"

namespace sotto::wire {

// The encoder's two passes: `content_size` adds up, then `write_content` fills memory of exactly that size from its
// end to its beginning, so that each nested length is known when its prefix is written and nothing is measured twice.

enum class WireType : std::uint8_t { varint = 0, fixed64 = 1, delimited = 2, fixed32 = 5 };

constexpr std::size_t varint_size(std::uint64_t value) {
  // 7 bits an octet; 9/64 approximates 1/7 exactly over the 64 possible widths.
  return (static_cast<std::size_t>(std::bit_width(value | 1)) * 9 + 64) / 64;
}

template <VarintMember T>
constexpr std::uint64_t to_varint(T value) {
  if constexpr (std::same_as<T, UnixMillis>) {
    return value.value;
  } else {
    return static_cast<std::uint64_t>(value);
  }
}

inline ByteView octets_of(const Bytes& value) { return value; }
inline ByteView octets_of(const std::string& value) { return as_bytes(value); }
inline ByteView octets_of(const SecretBuffer& value) { return value.reveal(); }
template <class Tag, std::size_t Size>
ByteView octets_of(const FixedBytes<Tag, Size>& value) {
  return value.bytes;
}
template <std::size_t Size>
ByteView octets_of(const Secret<Size>& value) {
  return value.reveal();
}

/// Fills memory backwards.
class BackwardWriter {
 public:
  explicit BackwardWriter(std::span<std::uint8_t> memory) : begin_(memory.data()), at_(begin_ + memory.size()) {}

  void varint(std::uint64_t value) {
    at_ -= varint_size(value);
    std::uint8_t* out = at_;
    for (; value >= 0x80; value >>= 7) *out++ = static_cast<std::uint8_t>(value | 0x80);
    *out = static_cast<std::uint8_t>(value);
  }
  void octets(ByteView source) {
    at_ -= source.size();
    if (!source.empty()) std::memcpy(at_, source.data(), source.size());
  }
  void tag(std::uint32_t number, WireType type) {
    varint(std::uint64_t{number} << 3 | static_cast<std::uint8_t>(type));
  }

  /// Octets of the memory that are still to be filled.
  [[nodiscard]] std::size_t remaining() const { return static_cast<std::size_t>(at_ - begin_); }

 private:
  std::uint8_t* begin_;
  std::uint8_t* at_;
};

/// The octets of a value without tag and length.
template <VarintMember T>
std::size_t content_size(T value) {
  return varint_size(to_varint(value));
}
template <class T>
  requires FixedMember<T> || SizedMember<T>
std::size_t content_size(const T& value) {
  return octets_of(value).size();
}
template <DescribedMessage T>
std::size_t content_size(const T& value);

constexpr std::size_t tag_size(std::uint32_t number) { return varint_size(std::uint64_t{number} << 3); }

template <SingleMember T>
std::size_t element_size(std::uint32_t number, const T& value) {
  const std::size_t size = content_size(value);
  if constexpr (VarintMember<T>) {
    return tag_size(number) + size;
  } else {
    return tag_size(number) + varint_size(size) + size;
  }
}

/// Proto3 leaves out a scalar that has its default. Fixed octets and messages are always written.
template <SingleMember T>
bool is_left_out(const T& value) {
  if constexpr (VarintMember<T>) {
    return to_varint(value) == 0;
  } else if constexpr (SizedMember<T>) {
    return octets_of(value).empty();
  } else {
    return false;
  }
}

template <class T>
std::size_t packed_size(const std::vector<T>& values) {
  std::size_t size = 0;
  for (const T value : values) size += content_size(value);
  return size;
}

template <class T>
std::size_t repeated_size(std::uint32_t number, const std::vector<T>& values) {
  if constexpr (VarintMember<T>) {
    if (values.empty()) return 0;
    const std::size_t size = packed_size(values);
    return tag_size(number) + varint_size(size) + size;
  } else {
    std::size_t size = 0;
    for (const T& value : values) size += element_size(number, value);
    return size;
  }
}

template <class Owner, class Member>
std::size_t field_size(const Field<Owner, Member>& field, const Owner& owner) {
  const Member& value = owner.*field.member;
  if constexpr (OptionalMember<Member>) {
    return value ? element_size(field.number, *value) : 0;
  } else if constexpr (RepeatedMember<Member>) {
    return repeated_size(field.number, value);
  } else {
    return is_left_out(value) ? 0 : element_size(field.number, value);
  }
}

template <class Owner, class Variant, class... Choices>
std::size_t field_size(const OneOf<Owner, Variant, Choices...>& field, const Owner& owner) {
  std::size_t size = 0;
  const auto add = [&]<class Choice>(const Alternative<Choice>& choice) {
    if (const Choice* value = std::get_if<Choice>(&(owner.*field.member))) size = element_size(choice.number, *value);
  };
  unpack([&](const auto&... choice) { (add(choice), ...); }, field.alternatives);
  return size;
}

template <DescribedMessage T>
std::size_t content_size(const T& value) {
  static_assert(DescriptionCheck<T>::passed);
  return unpack([&](const auto&... fields) { return (std::size_t{0} + ... + field_size(fields, value)); },
                description_of<T>.fields);
}

template <VarintMember T>
void write_content(BackwardWriter& writer, T value) {
  writer.varint(to_varint(value));
}
template <class T>
  requires FixedMember<T> || SizedMember<T>
void write_content(BackwardWriter& writer, const T& value) {
  writer.octets(octets_of(value));
}
template <DescribedMessage T>
void write_content(BackwardWriter& writer, const T& value);

template <SingleMember T>
void write_element(BackwardWriter& writer, std::uint32_t number, const T& value) {
  const std::size_t end = writer.remaining();
  write_content(writer, value);
  if constexpr (VarintMember<T>) {
    writer.tag(number, WireType::varint);
  } else {
    writer.varint(end - writer.remaining());
    writer.tag(number, WireType::delimited);
  }
}

template <class T>
void write_repeated(BackwardWriter& writer, std::uint32_t number, const std::vector<T>& values) {
  const std::size_t end = writer.remaining();
  for (auto value = values.rbegin(); value != values.rend(); ++value) {
    if constexpr (VarintMember<T>) {
      write_content(writer, *value);
    } else {
      write_element(writer, number, *value);
    }
  }
  if (!VarintMember<T> || values.empty()) return;
  writer.varint(end - writer.remaining());
  writer.tag(number, WireType::delimited);
}

template <class Owner, class Member>
void write_field(BackwardWriter& writer, const Field<Owner, Member>& field, const Owner& owner) {
  const Member& value = owner.*field.member;
  if constexpr (OptionalMember<Member>) {
    if (value) write_element(writer, field.number, *value);
  } else if constexpr (RepeatedMember<Member>) {
    write_repeated(writer, field.number, value);
  } else {
    if (!is_left_out(value)) write_element(writer, field.number, value);
  }
}

template <class Owner, class Variant, class... Choices>
void write_field(BackwardWriter& writer, const OneOf<Owner, Variant, Choices...>& field, const Owner& owner) {
  const auto write = [&]<class Choice>(const Alternative<Choice>& choice) {
    if (const Choice* value = std::get_if<Choice>(&(owner.*field.member))) write_element(writer, choice.number, *value);
  };
  unpack([&](const auto&... choice) { (write(choice), ...); }, field.alternatives);
}

template <DescribedMessage T>
void write_content(BackwardWriter& writer, const T& value) {
  constexpr std::size_t count = field_count<T>;
  [&]<std::size_t... Index>(std::index_sequence<Index...>) {
    (write_field(writer, item<count - 1 - Index>(description_of<T>.fields), value), ...);
  }(std::make_index_sequence<count>{});
}

}  // namespace sotto::wire
