#include "cli/rpc/engine_json.h"

#include "wire/json.h"

namespace sotto::cli {
namespace {

bool is_command_name(std::string_view name) {
  bool is_one = false;
  for_each_choice<client::CommandFrame>([&](const auto& choice) { is_one = is_one || choice.name == name; });
  return is_one;
}

}  // namespace

std::expected<client::Command, CommandJsonError> command_from_json(std::string_view name, std::string_view parameters) {
  if (!is_command_name(name)) return std::unexpected(CommandJsonError{CommandFault::unknown_name, "No such method."});
  const std::string text = R"({"id":1,")" + std::string(name) + R"(":)" + std::string(parameters) + "}";
  auto frame = wire::from_json<client::CommandFrame>(text);
  if (frame) return std::move(frame->command);
  std::string reason(wire::explain(frame.error().fault));
  if (!frame.error().path.empty()) reason += " (" + frame.error().path + ")";
  return std::unexpected(CommandJsonError{CommandFault::bad_parameters, reason});
}

EventJson event_to_json(const client::Event& event) {
  EventJson result{.name = "none", .body = "{}"};
  const auto try_choice = [&]<class Choice>(const wire::Alternative<Choice>& choice) {
    if (const auto* value = std::get_if<Choice>(&event)) result = {.name = choice.name, .body = wire::to_json(*value)};
  };
  for_each_choice<client::EventFrame>(try_choice);
  return result;
}

}  // namespace sotto::cli
