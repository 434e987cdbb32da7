#include "wire/json_writer.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace sotto::wire {
namespace {

void append_escaped(std::string& out, char letter) {
  constexpr std::string_view digits = "0123456789abcdef";
  switch (letter) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      out += "\\u00";
      out += digits[static_cast<std::uint8_t>(letter) >> 4];
      out += digits[static_cast<std::uint8_t>(letter) & 15];
  }
}

constexpr bool needs_escape(char letter) {
  return static_cast<std::uint8_t>(letter) < 0x20 || letter == '"' || letter == '\\' || letter == 0x7f;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const char* const begin = text.data();
    const char* const plain_end = std::find_if(begin, begin + text.size(), needs_escape);
    const auto plain = static_cast<std::size_t>(plain_end - begin);
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    append_escaped(out, text[0]);
    text.remove_prefix(1);
  }
  out += '"';
}

void append_json_number(std::string& out, std::uint64_t number) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

}  // namespace sotto::wire
