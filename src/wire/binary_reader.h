#pragma once

#include <algorithm>
#include <limits>
#include <utility>

#include "base/text_encoding.h"
#include "wire/binary_writer.h"
#include "wire/decode_error.h"
#include "wire/limits.h"

namespace sotto::wire {

/// What stands before each field: its number and how its content is delimited.
struct Tag {
  std::uint32_t number = 0;
  WireType type = WireType::varint;
};

/// Reads one message's octets forward. Every step returns whether it succeeded; the first failure of a message and
/// of the messages inside it is noted in the `error` they have in common.
class BinaryReader {
 public:
  BinaryReader(ByteView source, DecodeError& error) : at_(source.data()), end_(at_ + source.size()), error_(&error) {}
  /// Reads octets inside the message that `outer` reads.
  BinaryReader(ByteView source, const BinaryReader& outer) : BinaryReader(source, *outer.error_) {}

  [[nodiscard]] bool at_end() const { return at_ == end_; }
  bool fail(DecodeError error) {
    *error_ = error;
    return false;
  }

  [[nodiscard]] bool varint(std::uint64_t& value) {
    if (at_ != end_ && *at_ < 0x80) [[likely]] {
      value = *at_++;
      return true;
    }
    return long_varint(value);
  }

  [[nodiscard]] bool tag(Tag& tag) {
    std::uint64_t value = 0;
    if (!varint(value)) return false;
    const auto type = static_cast<std::uint8_t>(value & 7);
    if (value > 0xffffffff || value < 8 || (0b100111u >> type & 1) == 0) return fail(DecodeError::bad_tag);
    tag = {static_cast<std::uint32_t>(value >> 3), static_cast<WireType>(type)};
    return true;
  }

  /// Octets after their length.
  [[nodiscard]] bool delimited(ByteView& content) {
    std::uint64_t size = 0;
    if (!varint(size)) return false;
    return take(size, content);
  }

  /// Passes over the content of a field that nobody knows.
  [[nodiscard]] bool skip(WireType type);

 private:
  [[nodiscard]] bool long_varint(std::uint64_t& value);
  [[nodiscard]] bool take(std::uint64_t size, ByteView& content) {
    if (size > static_cast<std::uint64_t>(end_ - at_)) return fail(DecodeError::truncated);
    content = {at_, static_cast<std::size_t>(size)};
    at_ += size;
    return true;
  }

  const std::uint8_t* at_;
  const std::uint8_t* end_;
  DecodeError* error_;
};

template <VarintMember T>
[[nodiscard]] bool read_content(BinaryReader& reader, T& target) {
  std::uint64_t number = 0;
  if (!reader.varint(number)) return false;
  if constexpr (DescribedEnum<T>) {
    static_assert(EnumerationCheck<T>::passed);
    for (const auto& known : enumeration_of<T>.values) {
      if (to_varint(known.value) != number) continue;
      target = known.value;
      return true;
    }
    return reader.fail(DecodeError::unknown_enum_value);
  } else if constexpr (std::same_as<T, UnixMillis>) {
    target.value = number;
  } else {
    if (std::same_as<T, bool> ? number > 1 : number > std::numeric_limits<T>::max()) {
      return reader.fail(DecodeError::out_of_range);
    }
    target = static_cast<T>(number);
  }
  return true;
}

inline void assign(ByteView source, Bytes& target) { target.assign(source.begin(), source.end()); }
inline void assign(ByteView source, std::string& target) { target.assign(as_text(source)); }
inline void assign(ByteView source, SecretBuffer& target) { target = SecretBuffer(source); }

template <SizedMember T>
[[nodiscard]] bool read_sized(BinaryReader& reader, T& target, std::size_t limit) {
  ByteView content;
  if (!reader.delimited(content)) return false;
  if (content.size() > limit) return reader.fail(DecodeError::too_large);
  if constexpr (std::same_as<T, std::string>) {
    if (!is_utf8(as_text(content))) return reader.fail(DecodeError::bad_utf8);
  }
  assign(content, target);
  return true;
}

inline std::span<std::uint8_t> writable_octets(auto& value) {
  if constexpr (requires { value.bytes; }) {
    return value.bytes;
  } else {
    return value.writable();
  }
}

template <FixedMember T>
[[nodiscard]] bool read_fixed(BinaryReader& reader, T& target) {
  ByteView content;
  if (!reader.delimited(content)) return false;
  if (content.size() != T::size) return reader.fail(DecodeError::wrong_length);
  std::copy(content.begin(), content.end(), writable_octets(target).begin());
  return true;
}

/// `depth` is the number of messages around this one.
template <DescribedMessage T>
[[nodiscard]] bool read_message(BinaryReader& reader, T& target, std::size_t depth);

/// Where a value stands: how many messages are around it, and how many octets it may have (0 for its type's own).
struct Place {
  std::size_t depth = 0;
  std::size_t limit = 0;
};

template <SingleMember T>
[[nodiscard]] bool read_element(BinaryReader& reader, WireType type, T& target, Place place) {
  if (type != (VarintMember<T> ? WireType::varint : WireType::delimited)) return reader.fail(DecodeError::wrong_type);
  if constexpr (VarintMember<T>) {
    return read_content(reader, target);
  } else if constexpr (FixedMember<T>) {
    return read_fixed(reader, target);
  } else if constexpr (SizedMember<T>) {
    return read_sized(reader, target, place.limit);
  } else {
    ByteView content;
    if (!reader.delimited(content)) return false;
    if (place.depth >= max_depth) return reader.fail(DecodeError::too_deep);
    BinaryReader inner(content, reader);
    return read_message(inner, target, place.depth + 1);
  }
}

template <VarintMember T>
[[nodiscard]] bool read_packed(BinaryReader& reader, std::vector<T>& target, std::size_t limit) {
  ByteView content;
  if (!reader.delimited(content)) return false;
  BinaryReader inner(content, reader);
  while (!inner.at_end()) {
    if (target.size() >= limit) return inner.fail(DecodeError::too_large);
    if (!read_content(inner, target.emplace_back())) return false;
  }
  return true;
}

/// Notes that field `index` was met; fails if it was met before.
[[nodiscard]] inline bool meet_once(BinaryReader& reader, std::uint64_t& met, std::uint64_t bit) {
  if ((met & bit) != 0) return reader.fail(DecodeError::repeated_field);
  met |= bit;
  return true;
}

/// One occurrence of a field in the message being read.
struct Occurrence {
  Tag tag;
  std::size_t depth = 0;
  /// The field's bit in the set of fields already met.
  std::uint64_t bit = 0;
};

template <class Owner, class Member>
[[nodiscard]] bool read_field(BinaryReader& reader, const Field<Owner, Member>& field, Owner& owner,
                              const Occurrence& occurrence, std::uint64_t& met) {
  Member& target = owner.*field.member;
  const WireType type = occurrence.tag.type;
  if constexpr (RepeatedMember<Member>) {
    using Element = typename Member::value_type;
    if constexpr (VarintMember<Element>) {
      if (type == WireType::delimited) return read_packed(reader, target, field.limits.size);
    }
    if (target.size() >= field.limits.size) return reader.fail(DecodeError::too_large);
    return read_element(reader, type, target.emplace_back(), {occurrence.depth, field.limits.element_size});
  } else {
    if constexpr (DescribedMessage<InnerMemberType<Member>>) {
      if (!meet_once(reader, met, occurrence.bit)) return false;
    }
    met |= occurrence.bit;
    if constexpr (OptionalMember<Member>) {
      return read_element(reader, type, target.emplace(), {occurrence.depth, field.limits.size});
    } else {
      return read_element(reader, type, target, {occurrence.depth, field.limits.size});
    }
  }
}

template <class Owner, class Variant, class... Choices>
[[nodiscard]] bool read_field(BinaryReader& reader, const OneOf<Owner, Variant, Choices...>& field, Owner& owner,
                              const Occurrence& occurrence, std::uint64_t& met) {
  if (!meet_once(reader, met, occurrence.bit)) return false;
  bool good = false;
  const auto read = [&]<class Choice>(const Alternative<Choice>& choice) {
    if (choice.number != occurrence.tag.number) return false;
    Choice& target = (owner.*field.member).template emplace<Choice>();
    good = read_element(reader, occurrence.tag.type, target, {occurrence.depth, 0});
    return true;
  };
  unpack([&](const auto&... choice) { (void)(read(choice) || ...); }, field.alternatives);
  return good;
}

template <class Owner, class Member>
constexpr bool has_number(const Field<Owner, Member>& field, std::uint32_t number) {
  return field.number == number;
}
template <class Owner, class Variant, class... Choices>
constexpr bool has_number(const OneOf<Owner, Variant, Choices...>& field, std::uint32_t number) {
  return unpack([&](const auto&... choice) { return ((choice.number == number) || ...); }, field.alternatives);
}

/// Whether `T` cannot be read from no octets, because a field of fixed size is in it or in a message that it always
/// holds.
template <DescribedMessage T>
constexpr std::uint64_t required_fields();

template <class Member>
constexpr bool is_required() {
  if constexpr (DescribedMessage<Member>) {
    return required_fields<Member>() != 0;
  } else {
    return FixedMember<Member>;
  }
}

template <class Owner, class Member>
constexpr bool is_required_field(const Field<Owner, Member>&) {
  return is_required<Member>();
}
template <class Owner, class Variant, class... Choices>
constexpr bool is_required_field(const OneOf<Owner, Variant, Choices...>&) {
  return false;
}

template <DescribedMessage T>
constexpr std::uint64_t required_fields() {
  std::uint64_t bits = 0;
  std::uint64_t bit = 1;
  for_each_field<T>([&](const auto& field) {
    if (is_required_field(field)) bits |= bit;
    bit <<= 1;
  });
  return bits;
}

/// Reads the field that `tag` announces, or skips it if `T` has no such field.
template <DescribedMessage T>
[[nodiscard]] bool read_tagged(BinaryReader& reader, T& target, Tag tag, std::size_t depth, std::uint64_t& met) {
  bool good = false;
  const auto read = [&](const auto& field, std::size_t index) {
    if (!has_number(field, tag.number)) return false;
    good = read_field(reader, field, target, Occurrence{tag, depth, std::uint64_t{1} << index}, met);
    return true;
  };
  const bool known = [&]<std::size_t... Index>(std::index_sequence<Index...>) {
    return (false || ... || read(item<Index>(description_of<T>.fields), Index));
  }(std::make_index_sequence<field_count<T>>{});
  return known ? good : reader.skip(tag.type);
}

template <DescribedMessage T>
bool read_message(BinaryReader& reader, T& target, std::size_t depth) {
  static_assert(DescriptionCheck<T>::passed);
  constexpr std::uint64_t required = required_fields<T>();
  std::uint64_t met = 0;
  while (!reader.at_end()) {
    Tag tag;
    if (!reader.tag(tag) || !read_tagged(reader, target, tag, depth, met)) return false;
  }
  return (met & required) == required || reader.fail(DecodeError::missing_field);
}

}  // namespace sotto::wire
