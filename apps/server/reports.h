#pragma once

#include <expected>
#include <string>

#include "server/settings.h"

namespace sotto::server {

/// What members reported, a line each, the newest first and at most 1,000: time, who reported, the conversation with
/// its other member, and why. Reads the database beside a running server. The error is a text for the operator.
[[nodiscard]] std::expected<std::string, std::string> print_reports(const Settings& settings);

}  // namespace sotto::server
