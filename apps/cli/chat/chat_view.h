#pragma once

#include <string>
#include <vector>

#include "cli/chat/chat_model.h"
#include "cli/terminal/screen.h"

namespace sotto::cli {

/// Draws the model: a header, the messages (newest at the bottom), one line for what happens just now, and the input.
/// A `scroll` beyond the oldest message is cut back.
[[nodiscard]] Picture draw_chat(ChatModel& model, ScreenSize size, Colours colours);

/// `text` in lines of at most `columns` columns, broken between words where there are any.
[[nodiscard]] std::vector<std::u32string> wrap(std::u32string_view text, std::size_t columns);

}  // namespace sotto::cli
