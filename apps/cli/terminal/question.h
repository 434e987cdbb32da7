#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sotto::cli {

/// Prints `question` to standard error and reads one line of standard input, a person's or a script's, without its end.
/// Nothing at the end of the input.
[[nodiscard]] std::optional<std::string> ask_line(std::string_view question);

}  // namespace sotto::cli
