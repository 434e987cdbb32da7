#include "cli/rpc/engine_json.h"

#include "wire/json.h"

namespace sotto::cli {
namespace {

/// The choices of the one `one_of` that a frame holds beside its number.
template <class Frame>
constexpr const auto& alternatives_of() {
  return wire::item<1>(wire::description_of<Frame>.fields).alternatives;
}

bool is_command_name(std::string_view name) {
  return wire::unpack([&](const auto&... choices) { return ((choices.name == name) || ...); },
                      alternatives_of<client::CommandFrame>());
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
  wire::unpack([&](const auto&... choices) { (try_choice(choices), ...); }, alternatives_of<client::EventFrame>());
  return result;
}

}  // namespace sotto::cli
