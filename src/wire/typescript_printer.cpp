#include "wire/typescript_printer.h"

#include "wire/json_writer.h"

namespace sotto::wire {
namespace {

constexpr std::string_view typescript_heading =
    R"(// Printed by `sotto schema typescript` from the descriptions that the engine's codec is made of; not edited by hand.
//
// Ids, keys and other octets of a fixed size are lowercase hexadecimal, other octets base64. Times are milliseconds
// since 1970, 0 for none. Numbers are integers up to 2^53 - 1. What is optional and absent is left out.
)";

constexpr std::size_t typescript_width = 120;

/// Whether a member that has a default may be left out: by who asks, not by who reads an answer.
enum class Side : std::uint8_t { told, asked };

std::string_view typescript_type(const SchemaField& field) {
  switch (field.kind) {
    case SchemaKind::boolean:
      return "boolean";
    case SchemaKind::number32:
    case SchemaKind::number64:
    case SchemaKind::time:
      return "number";
    case SchemaKind::fixed_octets:
    case SchemaKind::octets:
    case SchemaKind::text:
      return "string";
    case SchemaKind::enumeration:
    case SchemaKind::message:
      break;
  }
  return field.type;
}

void append_count(std::string& text, std::size_t count, std::string_view noun) {
  append_json_number(text, count);
  text.append(" ").append(noun).append(count == 1 ? "" : "s");
}

/// What TypeScript's type does not say, as a sentence to follow the meaning.
std::string typescript_limits(const SchemaField& field) {
  const bool many = field.count == SchemaCount::many;
  const std::size_t octets = many ? field.limits.element_size : field.limits.size;
  std::string text;
  if (many) append_count(text += " At most ", field.limits.size, "element");
  if (field.kind == SchemaKind::fixed_octets) {
    append_count(text += many ? " of " : " ", field.fixed_size, "octet");
    text += ", hexadecimal";
  } else if (octets > 0) {
    append_count(text += many ? " of at most " : " At most ", octets, "octet");
    if (field.kind == SchemaKind::octets) text += ", base64";
  } else if (field.kind == SchemaKind::time) {
    text += " Unix milliseconds";
  }
  if (!text.empty()) text += '.';
  return text;
}

class TypescriptPrinter {
 public:
  std::string print(const Schema& schema, std::span<const SchemaEvent> events) {
    out_ = typescript_heading;
    for (const SchemaEnum& described : schema.enums) print_enum(described);
    for (const SchemaMessage& message : schema.messages) {
      if (!message.holds_secret) print_message(message, side_of(schema, message));
    }
    print_names(schema, events);
    return std::move(out_);
  }

 private:
  [[nodiscard]] static Side side_of(const Schema& schema, const SchemaMessage& message) {
    const bool asks =
        std::ranges::find(schema.operations, message.name, &SchemaOperation::request) != schema.operations.end();
    return asks ? Side::asked : Side::told;
  }

  /// On one line if it fits, else one line after another.
  void print_comment(std::string_view indent, std::string_view text) {
    if (indent.size() + text.size() + 7 <= typescript_width) {
      out_.append(indent).append("/** ").append(text).append(" */\n");
      return;
    }
    out_.append(indent).append("/**\n");
    while (!text.empty()) {
      const std::size_t room = typescript_width - indent.size() - 3;
      const std::size_t end = text.size() <= room ? text.size() : text.rfind(' ', room);
      out_.append(indent).append(" * ").append(text.substr(0, end)).append("\n");
      text.remove_prefix(std::min(text.size(), end == std::string_view::npos ? end : end + 1));
    }
    out_.append(indent).append(" */\n");
  }

  void print_enum(const SchemaEnum& described) {
    out_ += '\n';
    print_comment("", described.meaning);
    out_.append("export type ").append(described.name).append(" =\n");
    for (const SchemaEnumValue& value : described.values) {
      print_comment("  ", value.meaning);
      out_.append("  | \"").append(value.name).append("\"");
      out_.append(&value == &described.values.back() ? ";\n" : "\n");
    }
    print_values(described);
  }

  void print_values(const SchemaEnum& described) {
    std::string constant(described.name);
    constant.front() = static_cast<char>(constant.front() - 'A' + 'a');
    out_.append("export const ").append(constant).append("Values = [\n");
    for (const SchemaEnumValue& value : described.values) out_.append("  \"").append(value.name).append("\",\n");
    out_.append("] as const satisfies readonly ").append(described.name).append("[];\n");
  }

  void print_message(const SchemaMessage& message, Side side) {
    out_ += '\n';
    print_comment("", message.meaning);
    if (message.fields.empty()) {
      // An interface without members would take any object.
      out_.append("export type ").append(message.name).append(" = Readonly<Record<string, never>>;\n");
      return;
    }
    out_.append("export interface ").append(message.name).append(" {\n");
    for (const SchemaField& field : message.fields) print_field(field, side);
    out_ += "}\n";
  }

  void print_field(const SchemaField& field, Side side) {
    print_comment("  ", std::string(field.meaning) + typescript_limits(field));
    const bool has_default = side == Side::asked && !field.required;
    const bool optional = has_default || field.count == SchemaCount::optional || field.choice.has_value();
    out_.append("  readonly ").append(field.name).append(optional ? "?: " : ": ");
    if (field.count == SchemaCount::many) out_ += "readonly ";
    out_ += typescript_type(field);
    if (field.count == SchemaCount::many) out_ += "[]";
    // Who asks need not build an object in pieces only to leave a member out.
    if (optional && side == Side::asked) out_ += " | undefined";
    out_ += ";\n";
  }

  void print_names(const Schema& schema, std::span<const SchemaEvent> events) {
    out_ += "\n/** What may be asked, by name. */\nexport interface Commands {\n";
    for (const SchemaOperation& command : schema.operations) print_name(command.name, command.request);
    out_ += "}\n\n/** The one event that answers each command unless it fails, which is told by `Failed`. */\n";
    out_ += "export interface Answers {\n";
    for (const SchemaOperation& command : schema.operations) print_name(command.name, command.answer);
    out_ += "}\n\n/** All that the engine tells, answers too, by name. */\nexport interface Events {\n";
    for (const SchemaEvent& event : events) print_name(event.name, event.message);
    out_ += "}\n\nexport type CommandName = keyof Commands;\nexport type EventName = keyof Events;\n";
  }

  void print_name(std::string_view name, std::string_view message) {
    out_.append("  readonly ").append(name).append(": ").append(message).append(";\n");
  }

  std::string out_;
};

}  // namespace

std::string print_typescript(const Schema& schema, std::span<const SchemaEvent> events) {
  return TypescriptPrinter().print(schema, events);
}

}  // namespace sotto::wire
