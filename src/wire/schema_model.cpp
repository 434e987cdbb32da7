#include "wire/schema_model.h"

#include "wire/json_writer.h"
#include "wire/schema_collector.h"
#include "wire/schema_roots.h"

namespace sotto::wire {
namespace {

template <class... Roots>
void add_roots(SchemaCollector& collector, TypeList<Roots...>) {
  (collector.add<Roots>(), ...);
}

template <class Request, class Answer>
void add_operation(SchemaCollector& collector, std::vector<SchemaOperation>& list,
                   const Operation<Request, Answer>& operation) {
  SchemaOperation& added = list.emplace_back(collector.add_operation<Request, Answer>(operation.name));
  added.access = operation.access;
  added.reach = operation.reach;
}

std::string counted(std::size_t count, std::string_view noun) {
  std::string text;
  append_json_number(text, count);
  text += ' ';
  text += noun;
  if (count != 1) text += 's';
  return text;
}

}  // namespace

Schema collect_schema() {
  SchemaCollector collector;
  add_roots(collector, SchemaRoots{});
  std::vector<SchemaOperation> streamed;
  std::vector<SchemaOperation> polled;
  unpack([&](const auto&... operation) { (add_operation(collector, streamed, operation), ...); }, operations);
  unpack([&](const auto&... operation) { (add_operation(collector, polled, operation), ...); }, poll_operations);
  Schema schema = collector.take();
  schema.operations = std::move(streamed);
  schema.polls = std::move(polled);
  return schema;
}

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
