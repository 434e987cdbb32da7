#include "wire/json_writer.h"
#include "wire/schema.h"
#include "wire/schema_model.h"

namespace sotto::wire {
namespace {

constexpr std::string_view heading =
    R"(// Sotto's messages. Printed by the server from the descriptions that its codec is made of.
//
// Fields of a stated exact size, and singular messages that hold one, are always present; a decoder refuses their
// absence, anything above a stated limit, and enum values that are not named here. Unknown fields are skipped.
// Messages are nested at most 16 deep. What is signed or hashed is the encoding with fields in ascending order, shortest
// varints, packed lists of numbers, defaults left out and singular messages always written.

syntax = "proto3";

package sotto.wire;
)";

std::string_view scalar_type(const SchemaField& field) {
  switch (field.kind) {
    case SchemaKind::boolean:
      return "bool";
    case SchemaKind::number32:
      return "uint32";
    case SchemaKind::number64:
    case SchemaKind::time:
      return "uint64";
    case SchemaKind::fixed_octets:
    case SchemaKind::octets:
      return "bytes";
    case SchemaKind::text:
      return "string";
    case SchemaKind::enumeration:
    case SchemaKind::message:
      break;
  }
  return field.type;
}

/// `ErrorCode` and `not_found` become `ERROR_CODE_NOT_FOUND`: protobuf's enum values share one scope.
std::string enum_value_name(std::string_view type, std::string_view value) {
  std::string name;
  for (const char letter : type) {
    const bool capital = letter >= 'A' && letter <= 'Z';
    if (capital && !name.empty()) name += '_';
    name += capital || letter < 'a' ? letter : static_cast<char>(letter - 'a' + 'A');
  }
  name += '_';
  for (const char letter : value) name += letter >= 'a' ? static_cast<char>(letter - 'a' + 'A') : letter;
  return name;
}

class ProtoPrinter {
 public:
  std::string print(const Schema& schema) {
    out_ = heading;
    for (const SchemaMessage& message : schema.messages) print_message(message);
    for (const SchemaEnum& described : schema.enums) print_enum(described);
    return std::move(out_);
  }

 private:
  void print_comment(std::string_view indent, std::string_view meaning) {
    out_ += indent;
    out_ += "// ";
    out_ += meaning;
    out_ += '\n';
  }

  void print_assignment(std::string_view name, std::uint32_t number) {
    out_ += name;
    out_ += " = ";
    append_json_number(out_, number);
    out_ += ";\n";
  }

  void print_field(std::string_view indent, const SchemaField& field) {
    print_comment(indent, std::string(field.meaning) + describe_limits(field));
    out_ += indent;
    if (field.count == SchemaCount::optional) out_ += "optional ";
    if (field.count == SchemaCount::many) out_ += "repeated ";
    out_ += scalar_type(field);
    out_ += ' ';
    print_assignment(field.name, field.number);
  }

  void print_message(const SchemaMessage& message) {
    out_ += '\n';
    print_comment("", message.meaning);
    out_ += "message ";
    out_ += message.name;
    out_ += " {\n";
    std::optional<std::size_t> open;
    for (const SchemaField& field : message.fields) {
      if (field.choice != open) switch_choice(message, open, field.choice);
      open = field.choice;
      print_field(open ? "    " : "  ", field);
    }
    switch_choice(message, open, std::nullopt);
    out_ += "}\n";
  }

  /// Closes one `oneof` and opens another, as needed.
  void switch_choice(const SchemaMessage& message, std::optional<std::size_t> from, std::optional<std::size_t> to) {
    if (from) out_ += "  }\n";
    if (!to) return;
    print_comment("  ", message.choices[*to].meaning);
    out_ += "  oneof ";
    out_ += message.choices[*to].name;
    out_ += " {\n";
  }

  void print_enum(const SchemaEnum& described) {
    out_ += '\n';
    print_comment("", described.meaning);
    out_ += "enum ";
    out_ += described.name;
    out_ += " {\n";
    for (const SchemaEnumValue& value : described.values) {
      print_comment("  ", value.meaning);
      out_ += "  ";
      print_assignment(enum_value_name(described.name, value.name), value.number);
    }
    out_ += "}\n";
  }

  std::string out_;
};

}  // namespace

std::string print_proto() { return ProtoPrinter().print(collect_schema()); }

}  // namespace sotto::wire
