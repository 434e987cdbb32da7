#pragma once

#include "wire/json_document.h"
#include "wire/schema_model.h"

namespace sotto::wire {

/// Writes messages and enums as JSON Schemas. `prefix` is where a reference finds them: "#/$defs/".
class JsonSchemaPrinter {
 public:
  /// Borrows both.
  JsonSchemaPrinter(JsonDocument& out, std::string_view prefix) : out_(out), prefix_(prefix) {}

  /// Writes one member for every message that has a JSON form and every enum.
  void print_definitions(const Schema& schema);
  /// Writes an object that refers to the message or enum `name`.
  void print_reference(std::string_view name);

 private:
  void print_message(const SchemaMessage& message);
  void print_required(const SchemaMessage& message);
  void print_choices(const SchemaMessage& message);
  void print_exactly_one(const SchemaMessage& message, std::size_t choice);
  void print_field(const SchemaField& field);
  void print_nullable(const SchemaField& field);
  void print_list(const SchemaField& field);
  /// The members that say what one value of the field is.
  void print_value(const SchemaField& field, std::size_t size_limit);
  void print_integer(std::uint64_t largest);
  void print_enum(const SchemaEnum& described);

  JsonDocument& out_;
  std::string_view prefix_;
};

}  // namespace sotto::wire
