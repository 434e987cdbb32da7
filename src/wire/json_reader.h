#pragma once

#include "base/text_encoding.h"
#include "wire/binary_reader.h"
#include "wire/json_scanner.h"
#include "wire/json_writer.h"

namespace sotto::wire {

inline bool expect(JsonScanner& scanner, JsonKind kind) {
  const JsonKind next = scanner.next();
  if (next == JsonKind::none) return scanner.fail(JsonFault::malformed);
  return next == kind || scanner.fail(JsonFault::wrong_type);
}

template <DescribedMessage T>
[[nodiscard]] bool read_json(JsonScanner& scanner, T& target, std::size_t depth);

template <DescribedEnum T>
[[nodiscard]] bool read_json_enum(JsonScanner& scanner, T& target) {
  std::string_view name;
  std::string storage;
  if (!expect(scanner, JsonKind::string) || !scanner.string(name, storage)) return false;
  for (const auto& known : enumeration_of<T>.values) {
    if (known.name != name) continue;
    target = known.value;
    return true;
  }
  return scanner.fail(JsonFault::unknown_enum_value);
}

template <VarintMember T>
[[nodiscard]] bool read_json_scalar(JsonScanner& scanner, T& target) {
  if constexpr (std::same_as<T, bool>) {
    return expect(scanner, JsonKind::boolean) && scanner.boolean(target);
  } else if constexpr (DescribedEnum<T>) {
    static_assert(EnumerationCheck<T>::passed);
    return read_json_enum(scanner, target);
  } else {
    std::uint64_t number = 0;
    if (!expect(scanner, JsonKind::number) || !scanner.integer(number)) return false;
    if constexpr (std::same_as<T, UnixMillis>) {
      target.value = number;
    } else {
      if (number > std::numeric_limits<T>::max()) return scanner.fail(JsonFault::out_of_range);
      target = static_cast<T>(number);
    }
    return true;
  }
}

template <FixedMember T>
[[nodiscard]] bool assign_json(JsonScanner& scanner, std::string_view text, T& target, std::size_t) {
  const auto octets = text.size() == 2 * T::size ? from_hex(text) : std::nullopt;
  if (!octets) return scanner.fail(JsonFault::bad_hex);
  std::copy(octets->begin(), octets->end(), target.bytes.begin());
  return true;
}
inline bool assign_json(JsonScanner& scanner, std::string_view text, std::string& target, std::size_t limit) {
  if (text.size() > limit) return scanner.fail(JsonFault::too_large);
  target.assign(text);
  return true;
}
inline bool assign_json(JsonScanner& scanner, std::string_view text, Bytes& target, std::size_t limit) {
  if (text.size() > (limit + 2) / 3 * 4) return scanner.fail(JsonFault::too_large);
  auto octets = from_base64(text);
  if (!octets) return scanner.fail(JsonFault::bad_base64);
  if (octets->size() > limit) return scanner.fail(JsonFault::too_large);
  target = std::move(*octets);
  return true;
}

template <SingleMember T>
[[nodiscard]] bool read_json_element(JsonScanner& scanner, T& target, Place place) {
  if constexpr (VarintMember<T>) {
    return read_json_scalar(scanner, target);
  } else if constexpr (DescribedMessage<T>) {
    if (place.depth >= max_depth) return scanner.fail(JsonFault::too_deep);
    return read_json(scanner, target, place.depth + 1);
  } else {
    std::string_view text;
    std::string storage;
    return expect(scanner, JsonKind::string) && scanner.string(text, storage) &&
           assign_json(scanner, text, target, place.limit);
  }
}

/// Limits of a list, and where it stands.
struct JsonListPlace {
  std::size_t depth = 0;
  Limits limits;
};

template <class T>
[[nodiscard]] bool read_json_list(JsonScanner& scanner, std::vector<T>& target, JsonListPlace place) {
  return expect(scanner, JsonKind::array) && scanner.array([&] {
    if (target.size() >= place.limits.size) return scanner.fail(JsonFault::too_large);
    if (read_json_element(scanner, target.emplace_back(), {place.depth, place.limits.element_size})) return true;
    std::string index;
    append_json_number(index, target.size() - 1);
    return scanner.fail_inside(index);
  });
}

template <class Owner, class Member>
[[nodiscard]] bool read_json_field(JsonScanner& scanner, const Field<Owner, Member>& field, Owner& owner,
                                   std::size_t depth) {
  Member& target = owner.*field.member;
  if constexpr (RepeatedMember<Member>) {
    return read_json_list(scanner, target, {depth, field.limits});
  } else if constexpr (OptionalMember<Member>) {
    if (scanner.next() == JsonKind::null) return scanner.null();
    return read_json_element(scanner, target.emplace(), {depth, field.limits.size});
  } else {
    return read_json_element(scanner, target, {depth, field.limits.size});
  }
}

/// Reads one object as a `T`.
template <DescribedMessage T>
class JsonMessageReader {
 public:
  /// `depth` is the number of messages around this one.
  JsonMessageReader(JsonScanner& scanner, T& target, std::size_t depth)
      : scanner_(scanner), target_(target), depth_(depth) {}

  [[nodiscard]] bool read() {
    return expect(scanner_, JsonKind::object) &&
           scanner_.object([this](std::string_view name) { return read_member(name); }) && has_required_members();
  }

 private:
  [[nodiscard]] bool read_member(std::string_view name) {
    bool good = false;
    const bool known = [&]<std::size_t... Index>(std::index_sequence<Index...>) {
      return (false || ... || read_if_named(item<Index>(description_of<T>.fields), Index, name, good));
    }(std::make_index_sequence<field_count<T>>{});
    return known ? good : scanner_.skip();
  }

  /// Returns whether the member is this field's; then `good` tells whether reading it succeeded.
  template <class Member>
  bool read_if_named(const Field<T, Member>& field, std::size_t index, std::string_view name, bool& good) {
    if (field.name != name) return false;
    good =
        is_first(index) ? read_json_field(scanner_, field, target_, depth_) : scanner_.fail(JsonFault::repeated_member);
    if (!good) scanner_.fail_inside(field.name);
    return true;
  }

  template <class Variant, class... Choices>
  bool read_if_named(const OneOf<T, Variant, Choices...>& field, std::size_t index, std::string_view name, bool& good) {
    const auto read = [&]<class Choice>(const Alternative<Choice>& choice) {
      if (choice.name != name) return false;
      good = is_first(index)
                 ? read_json_element(scanner_, (target_.*field.member).template emplace<Choice>(), Place{depth_, 0})
                 : scanner_.fail(JsonFault::several_choices);
      if (!good) scanner_.fail_inside(choice.name);
      return true;
    };
    return unpack([&](const auto&... choice) { return (read(choice) || ...); }, field.alternatives);
  }

  /// Notes that field `index` has been met.
  bool is_first(std::size_t index) {
    const std::uint64_t bit = std::uint64_t{1} << index;
    const bool first = (met_ & bit) == 0;
    met_ |= bit;
    return first;
  }

  [[nodiscard]] bool has_required_members() {
    constexpr std::uint64_t required = required_fields<T>();
    const std::uint64_t missing = required & ~met_;
    if (missing == 0) return true;
    const auto first = static_cast<std::size_t>(std::countr_zero(missing));
    std::size_t index = 0;
    scanner_.fail(JsonFault::missing_member);
    for_each_field<T>([&](const auto& field) {
      if (index++ == first) scanner_.fail_inside(field.name);
    });
    return false;
  }

  JsonScanner& scanner_;
  T& target_;
  std::size_t depth_;
  std::uint64_t met_ = 0;
};

template <DescribedMessage T>
bool read_json(JsonScanner& scanner, T& target, std::size_t depth) {
  static_assert(DescriptionCheck<T>::passed);
  return JsonMessageReader<T>(scanner, target, depth).read();
}

}  // namespace sotto::wire
