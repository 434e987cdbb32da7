#include <type_traits>
#include <variant>

#include "cli/commands/command.h"
#include "cli/rpc/engine_json.h"
#include "wire/schema_collector.h"
#include "wire/typescript_printer.h"

namespace sotto::cli {
namespace {

template <class T, class... Events>
constexpr bool is_among(std::type_identity<std::variant<Events...>>) {
  return (std::same_as<T, Events> || ...);
}

template <class Command>
void add_engine_command(wire::SchemaCollector& collector, std::vector<wire::SchemaOperation>& commands,
                        const wire::Alternative<Command>& alternative) {
  using Answer = Command::Answer;
  static_assert(is_among<Answer>(std::type_identity<client::Event>{}), "no event answers it");
  commands.push_back(collector.add_operation<Command, Answer>(alternative.name));
}

template <class Event>
void add_engine_event(wire::SchemaCollector& collector, std::vector<wire::SchemaEvent>& events,
                      const wire::Alternative<Event>& alternative) {
  collector.add<Event>();
  events.push_back({alternative.name, wire::description_of<Event>.name});
}

std::string print_engine_types() {
  wire::SchemaCollector collector;
  std::vector<wire::SchemaOperation> commands;
  std::vector<wire::SchemaEvent> events;
  for_each_choice<client::CommandFrame>(
      [&](const auto& alternative) { add_engine_command(collector, commands, alternative); });
  for_each_choice<client::EventFrame>(
      [&](const auto& alternative) { add_engine_event(collector, events, alternative); });
  wire::Schema schema = collector.take();
  schema.operations = std::move(commands);
  return wire::print_typescript(schema, events);
}

}  // namespace

void add_schema_command(CommandTable& table) {
  const auto kind = std::make_shared<std::string>();
  CLI::App& command = table.add({"schema", "Print the engine's commands and events for another language",
                                 "  sotto schema typescript > engine.ts\n"},
                                [](const GlobalOptions&, Console& console) {
                                  std::string text = print_engine_types();
                                  // The console ends each line itself.
                                  text.pop_back();
                                  console.print(text);
                                  return ExitCode::done;
                                });
  command.add_option("LANGUAGE", *kind, "typescript")->required()->check(CLI::IsMember({"typescript"}));
}

}  // namespace sotto::cli
