#pragma once

#include <expected>
#include <optional>
#include <string_view>

#include "cli/host/asking.h"

namespace sotto::cli {

[[nodiscard]] bool is_group(const client::ConversationSummary& summary);

/// The group of this name, with or without '#', or with this id.
[[nodiscard]] std::expected<ConversationId, Failure> find_group(Host& host, std::string_view wanted);

/// As the command line writes a role.
[[nodiscard]] std::string_view name_of(wire::Role role);
[[nodiscard]] std::optional<wire::Role> role_named(std::string_view name);

}  // namespace sotto::cli
