#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wire/description.h"
#include "wire/operations.h"

namespace sotto::wire {

// The descriptions as plain data, for whoever prints them. All text lives as long as the program.

enum class SchemaKind : std::uint8_t {
  boolean,
  number32,
  number64,
  time,
  enumeration,
  fixed_octets,
  octets,
  text,
  message
};

enum class SchemaCount : std::uint8_t { one, optional, many };

struct SchemaField {
  std::uint32_t number = 0;
  std::string_view name;
  std::string_view meaning;
  SchemaKind kind = SchemaKind::message;
  SchemaCount count = SchemaCount::one;
  /// The message or enum; empty for other kinds.
  std::string_view type;
  /// Octets of a `fixed_octets`.
  std::size_t fixed_size = 0;
  Limits limits;
  /// Whether a decoder refuses a message without it.
  bool required = false;
  /// Index into the message's choices, if this is one of their alternatives.
  std::optional<std::size_t> choice;
};

/// A `one_of`.
struct SchemaChoice {
  std::string_view name;
  std::string_view meaning;
};

struct SchemaMessage {
  std::string_view name;
  std::string_view meaning;
  /// Ascending by number.
  std::vector<SchemaField> fields;
  std::vector<SchemaChoice> choices;
  /// It has no JSON form.
  bool holds_secret = false;
};

struct SchemaEnumValue {
  std::uint32_t number = 0;
  std::string_view name;
  std::string_view meaning;
};

struct SchemaEnum {
  std::string_view name;
  std::string_view meaning;
  std::vector<SchemaEnumValue> values;
};

struct SchemaOperation {
  std::string_view name;
  Access access = Access::signed_in;
  Reach reach = Reach::anywhere;
  std::string_view request;
  std::string_view answer;
};

struct Schema {
  /// Each message after the first one that mentions it, beginning with the roots' order.
  std::vector<SchemaMessage> messages;
  std::vector<SchemaEnum> enums;
  std::vector<SchemaOperation> operations;
  /// The routes of streams that polls carry.
  std::vector<SchemaOperation> polls;
};

/// Everything that `SchemaRoots`, `operations` and `poll_operations` reach.
[[nodiscard]] Schema collect_schema();

/// What the field may hold, as a sentence to follow its meaning: " At most 64 octets." Empty if its type says all.
[[nodiscard]] std::string describe_limits(const SchemaField& field);

}  // namespace sotto::wire
