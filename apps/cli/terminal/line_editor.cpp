#include "cli/terminal/line_editor.h"

#include "cli/terminal/characters.h"

namespace sotto::cli {
namespace {

char32_t shown(char32_t character) { return character == U'\n' ? U'\u23ce' : printable(character); }

}  // namespace

bool LineEditor::apply(const Key& key) {
  switch (key.kind) {
    case KeyKind::character:
      insert(key.character);
      return true;
    case KeyKind::line_break:
      insert(U'\n');
      return true;
    case KeyKind::backspace:
      erase_between(previous_stop(), cursor_);
      return true;
    case KeyKind::remove:
      erase_between(cursor_, next_stop());
      return true;
    case KeyKind::left:
      cursor_ = previous_stop();
      return true;
    case KeyKind::right:
      cursor_ = next_stop();
      return true;
    case KeyKind::home:
      cursor_ = 0;
      return true;
    case KeyKind::end:
      cursor_ = characters_.size();
      return true;
    case KeyKind::kill_to_end:
      erase_between(cursor_, characters_.size());
      return true;
    case KeyKind::kill_to_start:
      erase_between(0, cursor_);
      return true;
    case KeyKind::kill_word:
      erase_between(word_start(), cursor_);
      return true;
    default:
      return false;
  }
}

std::string LineEditor::text() const { return encode_utf8(characters_); }

void LineEditor::clear() {
  characters_.clear();
  cursor_ = 0;
}

void LineEditor::insert(char32_t character) {
  std::string added;
  append_utf8(added, character);
  if (text().size() + added.size() > longest_octets_) return;
  characters_.insert(characters_.begin() + static_cast<std::ptrdiff_t>(cursor_), character);
  ++cursor_;
}

void LineEditor::erase_between(std::size_t first, std::size_t last) {
  characters_.erase(first, last - first);
  cursor_ = first;
}

std::size_t LineEditor::previous_stop() const {
  std::size_t stop = cursor_;
  while (stop > 0 && column_width(characters_[--stop]) == 0) {
  }
  return stop;
}

std::size_t LineEditor::next_stop() const {
  std::size_t stop = cursor_ < characters_.size() ? cursor_ + 1 : cursor_;
  while (stop < characters_.size() && column_width(characters_[stop]) == 0) ++stop;
  return stop;
}

std::size_t LineEditor::word_start() const {
  std::size_t start = cursor_;
  while (start > 0 && characters_[start - 1] == U' ') --start;
  while (start > 0 && characters_[start - 1] != U' ' && characters_[start - 1] != U'\n') --start;
  return start;
}

LineEditor::Window LineEditor::window(std::size_t columns) const {
  if (columns < 2) return {};
  std::size_t first = cursor_;
  std::size_t before = 0;
  // One column stays free for the cursor behind the last character.
  while (first > 0 && before + column_width(shown(characters_[first - 1])) < columns) {
    before += column_width(shown(characters_[--first]));
  }
  Window result{.text = {}, .cursor_column = before};
  std::size_t used = 0;
  for (std::size_t index = first; index < characters_.size(); ++index) {
    const char32_t character = shown(characters_[index]);
    if (used + column_width(character) > columns) break;
    used += column_width(character);
    append_utf8(result.text, character);
  }
  return result;
}

}  // namespace sotto::cli
