#include "cli/terminal/characters.h"

#include <algorithm>
#include <array>

#include "base/text_encoding.h"

namespace sotto::cli {
namespace {

constexpr char32_t replacement = 0xfffd;

struct Range {
  char32_t first;
  char32_t last;
};

// After Unicode 15 (general categories Mn, Me, Cf; East_Asian_Width W and F), the blocks that are in use.
constexpr auto combining = std::to_array<Range>(
    {{0x0300, 0x036f}, {0x0483, 0x0489}, {0x0591, 0x05bd}, {0x0610, 0x061a},  {0x064b, 0x065f}, {0x06d6, 0x06dc},
     {0x0900, 0x0902}, {0x093c, 0x093c}, {0x0941, 0x0948}, {0x094d, 0x094d},  {0x0e31, 0x0e31}, {0x0e34, 0x0e3a},
     {0x0e47, 0x0e4e}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x200b, 0x200d},  {0x2060, 0x2064}, {0x20d0, 0x20ff},
     {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0xfeff, 0xfeff}, {0xe0100, 0xe01ef}});
constexpr auto wide = std::to_array<Range>(
    {{0x1100, 0x115f},   {0x231a, 0x231b},   {0x2329, 0x232a},   {0x23e9, 0x23ec},   {0x2614, 0x2615},
     {0x26a1, 0x26a1},   {0x2705, 0x2705},   {0x274c, 0x274c},   {0x2753, 0x2755},   {0x2e80, 0x303e},
     {0x3041, 0x33ff},   {0x3400, 0x4dbf},   {0x4e00, 0x9fff},   {0xa000, 0xa4cf},   {0xa960, 0xa97f},
     {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},   {0xffe0, 0xffe6},
     {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f900, 0x1f9ff}, {0x1fa70, 0x1faff}, {0x20000, 0x3fffd}});

template <std::size_t Count>
bool contains(const std::array<Range, Count>& ranges, char32_t character) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const Range& range) { return character >= range.first && character <= range.last; });
}

std::size_t sequence_length(char lead) {
  const auto octet = static_cast<unsigned char>(lead);
  if (octet < 0x80) return 1;
  if (octet < 0xe0) return 2;
  return octet < 0xf0 ? 3 : 4;
}

char32_t decode_sequence(std::string_view sequence) {
  const auto lead = static_cast<unsigned char>(sequence.front());
  if (sequence.size() == 1) return lead;
  char32_t character = lead & (0x7fu >> sequence.size());
  for (const char octet : sequence.substr(1))
    character = (character << 6) | (static_cast<unsigned char>(octet) & 0x3fu);
  return character;
}

bool turns_direction(char32_t character) {
  return character == 0x200e || character == 0x200f || character == 0x061c ||
         (character >= 0x202a && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069);
}

}  // namespace

std::u32string decode_utf8(std::string_view text) {
  std::u32string characters;
  characters.reserve(text.size());
  while (!text.empty()) {
    const std::string_view sequence = text.substr(0, sequence_length(text.front()));
    const bool good = is_utf8(sequence);
    characters.push_back(good ? decode_sequence(sequence) : replacement);
    text.remove_prefix(good ? sequence.size() : 1);
  }
  return characters;
}

void append_utf8(std::string& text, char32_t character) {
  if (character < 0x80) {
    text.push_back(static_cast<char>(character));
    return;
  }
  const int continuations = character < 0x800 ? 1 : character < 0x10000 ? 2 : 3;
  constexpr std::array<unsigned, 4> marks = {0, 0xc0, 0xe0, 0xf0};
  text.push_back(
      static_cast<char>(marks[static_cast<std::size_t>(continuations)] | (character >> (6 * continuations))));
  for (int left = continuations - 1; left >= 0; --left) {
    text.push_back(static_cast<char>(0x80u | ((character >> (6 * left)) & 0x3fu)));
  }
}

std::string encode_utf8(std::u32string_view characters) {
  std::string text;
  text.reserve(characters.size());
  for (const char32_t character : characters) append_utf8(text, character);
  return text;
}

std::size_t column_width(char32_t character) {
  if (character < 0x300) return 1;
  if (contains(combining, character)) return 0;
  return contains(wide, character) ? 2 : 1;
}

std::size_t column_width(std::u32string_view characters) {
  std::size_t width = 0;
  for (const char32_t character : characters) width += column_width(character);
  return width;
}

char32_t printable(char32_t character) {
  const bool is_control =
      character < 0x20 || (character >= 0x7f && character < 0xa0) || character == 0x2028 || character == 0x2029;
  return is_control || turns_direction(character) ? replacement : character;
}

std::string printable_text(std::string_view text, LineBreaks breaks) {
  std::string result;
  result.reserve(text.size());
  for (const char32_t character : decode_utf8(text)) {
    if (character == '\n') {
      result.push_back(breaks == LineBreaks::kept ? '\n' : ' ');
    } else if (character == '\t') {
      result.push_back(' ');
    } else {
      append_utf8(result, printable(character));
    }
  }
  return result;
}

std::string only_digits(std::string_view text) {
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits), [](char letter) { return letter >= '0' && letter <= '9'; });
  return digits;
}

}  // namespace sotto::cli
