#pragma once

#include <expected>
#include <vector>

#include "cli/host/asking.h"

namespace sotto::cli {

/// All conversations of the list, in its order.
[[nodiscard]] std::expected<std::vector<client::ConversationSummary>, Failure> list_conversations(Host& host);

}  // namespace sotto::cli
