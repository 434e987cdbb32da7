#include "wire/schema_model.h"

#include <algorithm>

#include "wire/binary_reader.h"
#include "wire/json_writer.h"
#include "wire/schema_roots.h"

namespace sotto::wire {
namespace {

template <SingleMember T>
constexpr SchemaKind kind_of() {
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
constexpr SchemaCount count_of() {
  if constexpr (OptionalMember<Member>) return SchemaCount::optional;
  if constexpr (RepeatedMember<Member>) return SchemaCount::many;
  return SchemaCount::one;
}

class SchemaCollector {
 public:
  template <class... Roots>
  Schema collect(TypeList<Roots...>) {
    (add<Roots>(), ...);
    unpack([this](const auto&... operation) { (this->add_operation(schema_.operations, operation), ...); }, operations);
    unpack([this](const auto&... operation) { (this->add_operation(schema_.polls, operation), ...); }, poll_operations);
    return std::move(schema_);
  }

 private:
  [[nodiscard]] static bool has(const auto& list, std::string_view name) {
    return std::any_of(list.begin(), list.end(), [name](const auto& known) { return known.name == name; });
  }

  /// Adds what a field refers to, unless it is known.
  template <SingleMember T>
  void add() {
    if constexpr (DescribedMessage<T>) {
      if (!has(schema_.messages, description_of<T>.name)) add_message<T>();
    } else if constexpr (DescribedEnum<T>) {
      if (!has(schema_.enums, enumeration_of<T>.name)) add_enum<T>();
    }
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
    field.kind = kind_of<T>();
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
    added.count = count_of<Member>();
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

  template <class Request, class Answer>
  void add_operation(std::vector<SchemaOperation>& list, const Operation<Request, Answer>& operation) {
    add<Request>();
    add<Answer>();
    list.push_back(
        {operation.name, operation.access, operation.reach, description_of<Request>.name, description_of<Answer>.name});
  }

  Schema schema_;
};

std::string counted(std::size_t count, std::string_view noun) {
  std::string text;
  append_json_number(text, count);
  text += ' ';
  text += noun;
  if (count != 1) text += 's';
  return text;
}

}  // namespace

Schema collect_schema() { return SchemaCollector().collect(SchemaRoots{}); }

std::string describe_limits(const SchemaField& field) {
  if (field.count == SchemaCount::many) {
    std::string text = " At most " + counted(field.limits.size, "element");
    if (field.limits.element_size > 0) text += " of at most " + counted(field.limits.element_size, "octet");
    if (field.kind == SchemaKind::fixed_octets) text += " of exactly " + counted(field.fixed_size, "octet");
    return text + '.';
  }
  if (field.kind == SchemaKind::fixed_octets) return " Exactly " + counted(field.fixed_size, "octet") + '.';
  if (field.limits.size > 0) return " At most " + counted(field.limits.size, "octet") + '.';
  if (field.kind == SchemaKind::time) return " Unix milliseconds.";
  return {};
}

}  // namespace sotto::wire
