#pragma once

#include <algorithm>

#include "base/random.h"
#include "wire/description_check.h"

namespace sotto::wire {

// For tests only.

/// Makes messages up. Every value that a description allows can come out, with these bounds so that messages stay
/// small and both codecs take them: integers are at most 2^53 - 1, lists have at most 3 elements (none more than 6
/// messages deep), most octets and texts are short and some are long, up to 2,000 octets or their limit.
class RandomMessageSource {
 public:
  /// Borrows `random`.
  explicit RandomMessageSource(Random& random) : random_(random) {}

  template <DescribedMessage T>
  void fill(T& message) {
    ++depth_;
    for_each_field<T>([&](const auto& field) { fill_field(field, message); });
    --depth_;
  }

 private:
  static constexpr std::size_t max_list_depth = 6;

  /// A number from 0 to `limit`.
  std::uint64_t at_most_number(std::uint64_t limit) {
    return limit == ~std::uint64_t{0} ? bits() : bits() % (limit + 1);
  }
  std::size_t at_most_size(std::size_t limit) { return static_cast<std::size_t>(at_most_number(limit)); }

  std::uint64_t bits() {
    ByteArray<8> octets{};
    random_.fill(octets);
    std::uint64_t value = 0;
    for (const std::uint8_t octet : octets) value = value << 8 | octet;
    return value;
  }

  /// All widths alike, so that 0 and the largest are not rare.
  std::uint64_t number_of_width(unsigned width) { return bits() & ((std::uint64_t{1} << at_most_number(width)) - 1); }

  std::size_t octet_count(std::size_t limit) {
    const std::size_t usual = at_most_number(15) == 0 ? 2'000 : 24;
    return at_most_size(std::min(limit, usual));
  }

  void append_code_point(std::string& text) {
    switch (at_most_number(5)) {
      case 0:
        text += "é";
        return;
      case 1:
        text += "語";
        return;
      case 2:
        text += "🎭";
        return;
      default:
        text += static_cast<char>(at_most_number(127));
    }
  }

  template <SingleMember T>
  void fill_single(T& value, std::size_t limit) {
    if constexpr (std::same_as<T, bool>) {
      value = at_most_number(1) == 1;
    } else if constexpr (DescribedEnum<T>) {
      const auto& known = enumeration_of<T>.values;
      value = known[at_most_size(known.size() - 1)].value;
    } else if constexpr (std::same_as<T, std::uint32_t>) {
      value = static_cast<std::uint32_t>(number_of_width(32));
    } else if constexpr (std::same_as<T, std::uint64_t>) {
      value = number_of_width(53);
    } else if constexpr (std::same_as<T, UnixMillis>) {
      value.value = number_of_width(53);
    } else if constexpr (DescribedMessage<T>) {
      fill(value);
    } else {
      fill_octets(value, limit);
    }
  }

  template <class T>
  void fill_octets(T& value, std::size_t limit) {
    if constexpr (std::same_as<T, std::string>) {
      const std::size_t size = octet_count(limit);
      while (value.size() + 4 <= size) append_code_point(value);
    } else if constexpr (std::same_as<T, Bytes>) {
      value.resize(octet_count(limit));
      random_.fill(value);
    } else if constexpr (std::same_as<T, SecretBuffer>) {
      value = SecretBuffer(octet_count(limit));
      random_.fill(value.writable());
    } else if constexpr (FixedMember<T> && is_secret<T>) {
      random_.fill(value.writable());
    } else {
      random_.fill(value.bytes);
    }
  }

  template <class Owner, class Member>
  void fill_field(const Field<Owner, Member>& field, Owner& owner) {
    Member& value = owner.*field.member;
    if constexpr (OptionalMember<Member>) {
      if (at_most_number(1) == 1) fill_single(value.emplace(), field.limits.size);
    } else if constexpr (RepeatedMember<Member>) {
      const std::size_t count = depth_ > max_list_depth ? 0 : at_most_size(std::min<std::size_t>(3, field.limits.size));
      for (std::size_t made = 0; made < count; ++made) fill_single(value.emplace_back(), field.limits.element_size);
    } else {
      fill_single(value, field.limits.size);
    }
  }

  template <class Owner, class Variant, class... Choices>
  void fill_field(const OneOf<Owner, Variant, Choices...>& field, Owner& owner) {
    std::size_t chosen = at_most_size(sizeof...(Choices));
    const auto choose = [&]<class Choice>(const Alternative<Choice>&) {
      if (chosen-- == 1) fill((owner.*field.member).template emplace<Choice>());
    };
    if (chosen == 0) return;
    unpack([&](const auto&... choice) { (choose(choice), ...); }, field.alternatives);
  }

  Random& random_;
  std::size_t depth_ = 0;
};

template <DescribedMessage T>
[[nodiscard]] T random_message(Random& random) {
  T message;
  RandomMessageSource(random).fill(message);
  return message;
}

}  // namespace sotto::wire
