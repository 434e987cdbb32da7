#include "client/search/folding.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace sotto::client {
namespace {

constexpr std::size_t max_word_size = 64;

/// The letter without its accents, for U+00C0 to U+017F and U+1E00 to U+1EFF (Unicode's compatibility decomposition,
/// and a few by eye); '?' where that is more than one letter, a space for what is no letter.
constexpr std::string_view latin_letters =
    "aaaaaa?ceeeeiiiidnooooo ouuuuyt?aaaaaa?ceeeeiiiidnooooo ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnn?nnoooooo??rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
constexpr std::string_view more_latin_letters =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
    "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
    "wwwwwwwwwwxxxxyyzzzzzzhtwyas????aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy??????";
constexpr char32_t latin_first = 0xc0;
constexpr char32_t more_latin_first = 0x1e00;

struct Character {
  char32_t code = 0;
  std::size_t size = 1;
};

/// The character at the front of `text`, which is not empty; code 0 for an octet that begins none.
Character take(std::string_view text) {
  const auto octet = [&](std::size_t index) { return static_cast<std::uint8_t>(text[index]); };
  const std::uint8_t lead = octet(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < size) return {};
  char32_t code = lead & (0x7fu >> size);
  for (std::size_t index = 1; index < size; ++index) {
    if ((octet(index) & 0xc0) != 0x80) return {};
    code = (code << 6) | (octet(index) & 0x3f);
  }
  return {code, size};
}

void append(std::string& out, char32_t code) {
  const auto put = [&](char32_t value) { out.push_back(static_cast<char>(value)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xc0 | (code >> 6));
    put(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    put(0xe0 | (code >> 12));
    put(0x80 | ((code >> 6) & 0x3f));
    put(0x80 | (code & 0x3f));
  } else {
    put(0xf0 | (code >> 18));
    put(0x80 | ((code >> 12) & 0x3f));
    put(0x80 | ((code >> 6) & 0x3f));
    put(0x80 | (code & 0x3f));
  }
}

bool is_between(char32_t code, char32_t first, char32_t last) { return code >= first && code <= last; }

enum class CharacterKind : std::uint8_t {
  separator,
  letter,
  /// A word of its own.
  alone,
  /// An accent that follows its letter, or a sign that changes how an emoji looks: part of what stands before it.
  mark,
};

CharacterKind kind_of(char32_t code) {
  using enum CharacterKind;
  if (code < 0x80) {
    const bool is_word = is_between(code, '0', '9') || is_between(code, 'a', 'z') || is_between(code, 'A', 'Z');
    return is_word ? letter : separator;
  }
  if (is_between(code, 0x300, 0x36f) || is_between(code, 0xfe00, 0xfe0f) || code == 0x200d || code == 0xad ||
      is_between(code, 0x1f3fb, 0x1f3ff)) {
    return mark;
  }
  if (code == 0xaa || code == 0xb5 || code == 0xba) return letter;
  if (code < 0xc0 || code == 0xd7 || code == 0xf7) return separator;
  if (is_between(code, 0x2000, 0x206f) || is_between(code, 0x20a0, 0x20cf) || is_between(code, 0x2190, 0x25ff) ||
      is_between(code, 0x2e00, 0x2e7f) || is_between(code, 0x3000, 0x303f) || is_between(code, 0xff00, 0xff0f) ||
      is_between(code, 0xe000, 0xf8ff) || code == 0xfeff) {
    return separator;
  }
  if (is_between(code, 0x2600, 0x27bf) || is_between(code, 0x2b00, 0x2bff) || is_between(code, 0x3040, 0x30ff) ||
      is_between(code, 0x3400, 0x9fff) || is_between(code, 0xf900, 0xfaff) || is_between(code, 0x1f000, 0x1faff) ||
      is_between(code, 0x20000, 0x3ffff)) {
    return alone;
  }
  return letter;
}

/// A letter that is written in two ways.
struct Spelling {
  char32_t code = 0;
  std::string_view plain;
  std::string_view spelled;
};
constexpr std::array spellings{
    Spelling{0xc4, "a", "ae"},  Spelling{0xe4, "a", "ae"},  Spelling{0xd6, "o", "oe"},  Spelling{0xf6, "o", "oe"},
    Spelling{0xdc, "u", "ue"},  Spelling{0xfc, "u", "ue"},  Spelling{0xc5, "a", "aa"},  Spelling{0xe5, "a", "aa"},
    Spelling{0xc6, "a", "ae"},  Spelling{0xe6, "a", "ae"},  Spelling{0xd8, "o", "oe"},  Spelling{0xf8, "o", "oe"},
    Spelling{0x152, "o", "oe"}, Spelling{0x153, "o", "oe"}, Spelling{0xdf, "ss", "ss"}, Spelling{0x1e9e, "ss", "ss"},
    Spelling{0xde, "t", "th"},  Spelling{0xfe, "t", "th"},  Spelling{0x149, "n", "n"},
};

/// In lower case, for the scripts that have it besides Latin; accents of Greek and of Cyrillic's io are left out.
char32_t lowered(char32_t code) {
  if (is_between(code, 0x410, 0x42f)) return code + 0x20;
  if (code == 0x401 || code == 0x451) return 0x435;
  if (is_between(code, 0x400, 0x40f)) return code + 0x50;
  if (is_between(code, 0x391, 0x3a9)) return code + 0x20;
  if (code == 0x3c2) return 0x3c3;
  constexpr std::array<std::pair<char32_t, char32_t>, 18> accented{{{0x386, 0x3b1},
                                                                    {0x3ac, 0x3b1},
                                                                    {0x388, 0x3b5},
                                                                    {0x3ad, 0x3b5},
                                                                    {0x389, 0x3b7},
                                                                    {0x3ae, 0x3b7},
                                                                    {0x38a, 0x3b9},
                                                                    {0x3af, 0x3b9},
                                                                    {0x3ca, 0x3b9},
                                                                    {0x390, 0x3b9},
                                                                    {0x38c, 0x3bf},
                                                                    {0x3cc, 0x3bf},
                                                                    {0x38e, 0x3c5},
                                                                    {0x3cd, 0x3c5},
                                                                    {0x3cb, 0x3c5},
                                                                    {0x3b0, 0x3c5},
                                                                    {0x38f, 0x3c9},
                                                                    {0x3ce, 0x3c9}}};
  for (const auto& [from, to] : accented) {
    if (from == code) return to;
  }
  if (is_between(code, 0xff21, 0xff3a)) return code - 0xff21 + 'a';
  if (is_between(code, 0xff41, 0xff5a)) return code - 0xff41 + 'a';
  if (is_between(code, 0xff10, 0xff19)) return code - 0xff10 + '0';
  return code;
}

void fold_into(FoldedWord& word, char32_t code) {
  if (code < 0x80) {
    const char folded = static_cast<char>(is_between(code, 'A', 'Z') ? code + 0x20 : code);
    word.plain.push_back(folded);
    word.spelled.push_back(folded);
    return;
  }
  // NOLINTNEXTLINE(readability-qualified-auto): a pointer in one standard library, a class in another.
  const auto spelling = std::ranges::find(spellings, code, &Spelling::code);
  if (spelling != spellings.end()) {
    word.plain += spelling->plain;
    word.spelled += spelling->spelled;
    return;
  }
  if (is_between(code, latin_first, latin_first + latin_letters.size() - 1)) {
    return fold_into(word, static_cast<char32_t>(latin_letters[code - latin_first]));
  }
  if (is_between(code, more_latin_first, more_latin_first + more_latin_letters.size() - 1)) {
    const char folded = more_latin_letters[code - more_latin_first];
    if (folded != '?') return fold_into(word, static_cast<char32_t>(folded));
  }
  append(word.plain, lowered(code));
  append(word.spelled, lowered(code));
}

/// A diaeresis or ring that follows its letter makes of it what one character would be.
void fold_mark(FoldedWord& word, char32_t mark) {
  if (word.spelled.empty()) return;
  const char letter = word.spelled.back();
  const bool is_umlaut = mark == 0x308 && (letter == 'a' || letter == 'o' || letter == 'u');
  if (is_umlaut) word.spelled.push_back('e');
  if (mark == 0x30a && letter == 'a') word.spelled.push_back('a');
}

/// Cuts before a character that would be cut in two.
void shorten(std::string& text) {
  if (text.size() <= max_word_size) return;
  std::size_t size = max_word_size;
  while (size > 0 && (static_cast<std::uint8_t>(text[size]) & 0xc0) == 0x80) --size;
  text.resize(size);
}

class Words {
 public:
  void take_character(Character character, std::size_t start) {
    const CharacterKind kind = kind_of(character.code);
    if (kind == CharacterKind::mark) {
      if (!open_) return;
      fold_mark(word_, character.code);
      word_.size = start + character.size - word_.start;
      return;
    }
    if (kind != CharacterKind::letter || is_alone_) end();
    if (kind == CharacterKind::separator) return;
    if (!open_) word_ = {.plain = {}, .spelled = {}, .start = start, .size = 0};
    open_ = true;
    is_alone_ = kind == CharacterKind::alone;
    word_.size = start + character.size - word_.start;
    if (word_.plain.size() < max_word_size) fold_into(word_, character.code);
  }

  void end() {
    if (open_) {
      shorten(word_.plain);
      shorten(word_.spelled);
      words_.push_back(std::move(word_));
    }
    open_ = false;
    is_alone_ = false;
  }

  [[nodiscard]] std::vector<FoldedWord> take_words() { return std::move(words_); }

 private:
  std::vector<FoldedWord> words_;
  FoldedWord word_;
  bool open_ = false;
  bool is_alone_ = false;
};

}  // namespace

std::vector<FoldedWord> fold_words(std::string_view text) {
  Words words;
  for (std::size_t start = 0; start < text.size();) {
    const Character character = take(text.substr(start));
    words.take_character(character, start);
    start += character.size;
  }
  words.end();
  return words.take_words();
}

bool begins_with(const FoldedWord& word, const FoldedWord& wanted) {
  return word.plain.starts_with(wanted.plain) || word.plain.starts_with(wanted.spelled) ||
         word.spelled.starts_with(wanted.plain) || word.spelled.starts_with(wanted.spelled);
}

}  // namespace sotto::client
