#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "client/commands.h"
#include "client/events.h"
#include "wire/field_kind.h"

namespace sotto::cli {

// The engine's commands and events as JSON, by their descriptions alone: a command or event that is added to the
// engine appears here without a change.

/// Calls `function` with each choice of the one `one_of` that a CommandFrame or an EventFrame holds beside its number.
template <class Frame>
constexpr void for_each_choice(const auto& function) {
  wire::unpack([&](const auto&... choices) { (function(choices), ...); },
               wire::item<1>(wire::description_of<Frame>.fields).alternatives);
}

enum class CommandFault : std::uint8_t { unknown_name, bad_parameters };

struct CommandJsonError {
  CommandFault fault = CommandFault::unknown_name;
  /// English, for developers.
  std::string text;
};

/// `name` as in the description of `CommandFrame`; `parameters` is the JSON text of its object.
[[nodiscard]] std::expected<client::Command, CommandJsonError> command_from_json(std::string_view name,
                                                                                 std::string_view parameters);

struct EventJson {
  /// As in the description of `EventFrame`.
  std::string_view name;
  /// JSON text of the event's object.
  std::string body;
};

[[nodiscard]] EventJson event_to_json(const client::Event& event);

}  // namespace sotto::cli
