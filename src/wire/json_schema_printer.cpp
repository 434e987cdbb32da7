#include "wire/json_schema_printer.h"

#include <limits>

#include "wire/json_scanner.h"
#include "wire/json_writer.h"
#include "wire/schema.h"

namespace sotto::wire {

void JsonSchemaPrinter::print_definitions(const Schema& schema) {
  for (const SchemaMessage& message : schema.messages) {
    if (!message.holds_secret) print_message(message);
  }
  for (const SchemaEnum& described : schema.enums) print_enum(described);
}

void JsonSchemaPrinter::print_reference(std::string_view name) {
  out_.begin_object().name("$ref").text(std::string(prefix_).append(name)).end_object();
}

void JsonSchemaPrinter::print_message(const SchemaMessage& message) {
  out_.name(message.name).begin_object();
  out_.name("description").text(message.meaning).name("type").text("object");
  out_.name("properties").begin_object();
  for (const SchemaField& field : message.fields) print_field(field);
  out_.end_object();
  print_required(message);
  print_choices(message);
  out_.end_object();
}

void JsonSchemaPrinter::print_required(const SchemaMessage& message) {
  out_.name("required").begin_array();
  for (const SchemaField& field : message.fields) {
    if (field.required) out_.text(field.name);
  }
  out_.end_array();
}

void JsonSchemaPrinter::print_choices(const SchemaMessage& message) {
  if (message.choices.empty()) return;
  out_.name("allOf").begin_array();
  for (std::size_t choice = 0; choice < message.choices.size(); ++choice) print_exactly_one(message, choice);
  out_.end_array();
}

void JsonSchemaPrinter::print_exactly_one(const SchemaMessage& message, std::size_t choice) {
  out_.begin_object().name("description").text(message.choices[choice].meaning).name("oneOf").begin_array();
  for (const SchemaField& field : message.fields) {
    if (field.choice != choice) continue;
    out_.begin_object().name("required").begin_array().text(field.name).end_array().end_object();
  }
  out_.end_array().end_object();
}

void JsonSchemaPrinter::print_field(const SchemaField& field) {
  out_.name(field.name).begin_object();
  out_.name("description").text(std::string(field.meaning) + describe_limits(field));
  if (field.count == SchemaCount::optional) {
    print_nullable(field);
  } else if (field.count == SchemaCount::many) {
    print_list(field);
  } else {
    print_value(field, field.limits.size);
  }
  out_.end_object();
}

void JsonSchemaPrinter::print_nullable(const SchemaField& field) {
  out_.name("anyOf").begin_array().begin_object();
  print_value(field, field.limits.size);
  out_.end_object().begin_object().name("type").text("null").end_object().end_array();
}

void JsonSchemaPrinter::print_list(const SchemaField& field) {
  out_.name("type").text("array").name("maxItems").number(field.limits.size);
  out_.name("items").begin_object();
  print_value(field, field.limits.element_size);
  out_.end_object();
}

void JsonSchemaPrinter::print_value(const SchemaField& field, std::size_t size_limit) {
  std::string pattern = "^[0-9a-fA-F]{";
  switch (field.kind) {
    case SchemaKind::boolean:
      out_.name("type").text("boolean");
      return;
    case SchemaKind::number32:
      print_integer(std::numeric_limits<std::uint32_t>::max());
      return;
    case SchemaKind::number64:
    case SchemaKind::time:
      print_integer(max_json_integer);
      return;
    case SchemaKind::fixed_octets:
      append_json_number(pattern, 2 * field.fixed_size);
      out_.name("type").text("string").name("pattern").text(pattern + "}$");
      return;
    case SchemaKind::octets:
      out_.name("type").text("string").name("contentEncoding").text("base64");
      out_.name("maxLength").number((size_limit + 2) / 3 * 4);
      return;
    case SchemaKind::text:
      // The limit counts octets; no text of so many octets has more characters.
      out_.name("type").text("string").name("maxLength").number(size_limit);
      return;
    case SchemaKind::enumeration:
    case SchemaKind::message:
      out_.name("$ref").text(std::string(prefix_).append(field.type));
  }
}

void JsonSchemaPrinter::print_integer(std::uint64_t largest) {
  out_.name("type").text("integer").name("minimum").number(0).name("maximum").number(largest);
}

void JsonSchemaPrinter::print_enum(const SchemaEnum& described) {
  out_.name(described.name).begin_object().name("description").text(described.meaning).name("oneOf").begin_array();
  for (const SchemaEnumValue& value : described.values) {
    out_.begin_object().name("const").text(value.name).name("description").text(value.meaning).end_object();
  }
  out_.end_array().end_object();
}

std::string print_jsonschema() {
  JsonDocument out;
  JsonSchemaPrinter printer(out, "#/$defs/");
  out.begin_object();
  out.name("$schema").text("https://json-schema.org/draft/2020-12/schema");
  out.name("title").text("Sotto");
  out.name("description").text("A frame of the stream in its JSON form; $defs holds every message.");
  out.name("anyOf").begin_array();
  printer.print_reference("ClientFrame");
  printer.print_reference("ServerFrame");
  out.end_array().name("$defs").begin_object();
  printer.print_definitions(collect_schema());
  out.end_object().end_object();
  return out.finish();
}

}  // namespace sotto::wire
