#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sotto::cli {

/// The characters of UTF-8 text; what is not UTF-8 becomes U+FFFD, one for each octet.
[[nodiscard]] std::u32string decode_utf8(std::string_view text);
[[nodiscard]] std::string encode_utf8(std::u32string_view characters);
void append_utf8(std::string& text, char32_t character);

/// Terminal columns of one character: 0 for what combines with the one before it, 2 for East Asian wide ones and
/// pictographs, else 1. Controls count 1, because they are never printed as they are (`printable`).
[[nodiscard]] std::size_t column_width(char32_t character);
[[nodiscard]] std::size_t column_width(std::u32string_view characters);

/// What may go to a terminal in the character's place: controls, which would move the cursor or worse, and marks that
/// turn the reading direction of what follows become U+FFFD. Text of other people passes through here before it is
/// shown.
[[nodiscard]] char32_t printable(char32_t character);

/// The digits of text that a person typed with spaces or hyphens between them.
[[nodiscard]] std::string only_digits(std::string_view text);

enum class LineBreaks : std::uint8_t { kept, as_spaces };

/// UTF-8 text of somebody else, made harmless for a terminal.
[[nodiscard]] std::string printable_text(std::string_view text, LineBreaks breaks);

}  // namespace sotto::cli
