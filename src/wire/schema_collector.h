#pragma once

#include <algorithm>
#include <utility>

#include "base/invariant.h"
#include "wire/binary_reader.h"
#include "wire/schema_model.h"

namespace sotto::wire {

template <SingleMember T>
constexpr SchemaKind schema_kind_of() {
  if constexpr (std::same_as<T, bool>) return SchemaKind::boolean;
  if constexpr (std::same_as<T, std::uint32_t>) return SchemaKind::number32;
  if constexpr (std::same_as<T, std::uint64_t>) return SchemaKind::number64;
  if constexpr (std::same_as<T, UnixMillis>) return SchemaKind::time;
  if constexpr (DescribedEnum<T>) return SchemaKind::enumeration;
  if constexpr (FixedMember<T>) return SchemaKind::fixed_octets;
  if constexpr (std::same_as<T, std::string>) return SchemaKind::text;
  if constexpr (std::same_as<T, Bytes> || std::same_as<T, SecretBuffer>) return SchemaKind::octets;
  return SchemaKind::message;
}

template <class Member>
constexpr SchemaCount schema_count_of() {
  if constexpr (OptionalMember<Member>) return SchemaCount::optional;
  if constexpr (RepeatedMember<Member>) return SchemaCount::many;
  return SchemaCount::one;
}

/// Gathers descriptions as plain data: what is added, and every message and enum inside it, each once.
class SchemaCollector {
 public:
  template <SingleMember T>
  void add() {
    if constexpr (DescribedMessage<T>) {
      if (is_new(description_of<T>.name, &description_of<T>)) add_message<T>();
    } else if constexpr (DescribedEnum<T>) {
      if (is_new(enumeration_of<T>.name, &enumeration_of<T>)) add_enum<T>();
    }
  }

  /// Adds both messages and gives the entry for a list of operations.
  template <DescribedMessage Request, DescribedMessage Answer>
  SchemaOperation add_operation(std::string_view name) {
    add<Request>();
    add<Answer>();
    return {.name = name, .request = description_of<Request>.name, .answer = description_of<Answer>.name};
  }

  /// All that was added. The collector is empty then.
  [[nodiscard]] Schema take() {
    known_.clear();
    return std::exchange(schema_, {});
  }

 private:
  [[nodiscard]] bool is_new(std::string_view name, const void* description) {
    const auto known = std::ranges::find(known_, name, &std::pair<std::string_view, const void*>::first);
    if (known == known_.end()) {
      known_.emplace_back(name, description);
      return true;
    }
    invariant(known->second == description);
    return false;
  }

  template <DescribedMessage T>
  void add_message() {
    static_assert(DescriptionCheck<T>::passed);
    const std::size_t index = schema_.messages.size();
    schema_.messages.push_back({description_of<T>.name, description_of<T>.meaning, {}, {}, holds_secret<T>()});
    SchemaMessage filled = schema_.messages.back();
    for_each_field<T>([&](const auto& field) { add_field(filled, field); });
    schema_.messages[index] = std::move(filled);
  }

  template <DescribedEnum T>
  void add_enum() {
    static_assert(EnumerationCheck<T>::passed);
    SchemaEnum& added = schema_.enums.emplace_back(enumeration_of<T>.name, enumeration_of<T>.meaning);
    for (const auto& value : enumeration_of<T>.values) {
      added.values.push_back({static_cast<std::uint32_t>(value.value), value.name, value.meaning});
    }
  }

  template <SingleMember T>
  void set_type(SchemaField& field) {
    field.kind = schema_kind_of<T>();
    if constexpr (FixedMember<T>) field.fixed_size = T::size;
    if constexpr (DescribedEnum<T>) field.type = enumeration_of<T>.name;
    if constexpr (DescribedMessage<T>) field.type = description_of<T>.name;
    add<T>();
  }

  template <class Owner, class Member>
  void add_field(SchemaMessage& message, const Field<Owner, Member>& field) {
    SchemaField added;
    added.number = field.number;
    added.name = field.name;
    added.meaning = field.meaning;
    added.count = schema_count_of<Member>();
    added.limits = field.limits;
    added.required = is_required_field(field);
    set_type<InnerMemberType<Member>>(added);
    message.fields.push_back(added);
  }

  template <class Owner, class Variant, class... Choices>
  void add_field(SchemaMessage& message, const OneOf<Owner, Variant, Choices...>& field) {
    const std::size_t choice = message.choices.size();
    message.choices.push_back({field.name, field.meaning});
    const auto add_alternative = [&]<class Choice>(const Alternative<Choice>& alternative) {
      SchemaField added;
      added.number = alternative.number;
      added.name = alternative.name;
      added.meaning = description_of<Choice>.meaning;
      added.choice = choice;
      set_type<Choice>(added);
      message.fields.push_back(added);
    };
    unpack([&](const auto&... alternative) { (add_alternative(alternative), ...); }, field.alternatives);
  }

  Schema schema_;
  /// Where the description of each name lies: two types of one name would be taken for each other.
  std::vector<std::pair<std::string_view, const void*>> known_;
};

}  // namespace sotto::wire
