#include "cli/terminal/key_decoder.h"

#include <optional>

#include "base/text_encoding.h"
#include "cli/terminal/characters.h"

namespace sotto::cli {
namespace {

constexpr char escape = '\x1b';
constexpr std::size_t longest_sequence = 16;

std::size_t expected_length(char lead) {
  const auto octet = static_cast<unsigned char>(lead);
  if (octet >= 0xf0) return 4;
  if (octet >= 0xe0) return 3;
  return octet >= 0xc0 ? 2 : 1;
}

std::optional<KeyKind> kind_of_letter(char letter) {
  switch (letter) {
    case 'A':
      return KeyKind::up;
    case 'B':
      return KeyKind::down;
    case 'C':
      return KeyKind::right;
    case 'D':
      return KeyKind::left;
    case 'H':
      return KeyKind::home;
    case 'F':
      return KeyKind::end;
    default:
      return std::nullopt;
  }
}

/// `ESC [ <number> ~`.
std::optional<KeyKind> kind_of_number(std::string_view number) {
  if (number == "1" || number == "7") return KeyKind::home;
  if (number == "4" || number == "8") return KeyKind::end;
  if (number == "3") return KeyKind::remove;
  if (number == "5") return KeyKind::page_up;
  if (number == "6") return KeyKind::page_down;
  return std::nullopt;
}

std::optional<KeyKind> kind_of_control(char octet) {
  switch (octet) {
    case 0x01:
      return KeyKind::home;  // Ctrl-A
    case 0x02:
      return KeyKind::left;  // Ctrl-B
    case 0x03:
      return KeyKind::interrupt;  // Ctrl-C
    case 0x04:
      return KeyKind::end_of_input;  // Ctrl-D
    case 0x05:
      return KeyKind::end;  // Ctrl-E
    case 0x06:
      return KeyKind::right;  // Ctrl-F
    case 0x08:
      return KeyKind::backspace;  // Ctrl-H
    case 0x0a:
      return KeyKind::enter;  // Ctrl-J
    case 0x0b:
      return KeyKind::kill_to_end;  // Ctrl-K
    case 0x0c:
      return KeyKind::redraw;  // Ctrl-L
    case 0x0d:
      return KeyKind::enter;  // Enter
    case 0x15:
      return KeyKind::kill_to_start;  // Ctrl-U
    case 0x17:
      return KeyKind::kill_word;  // Ctrl-W
    case 0x7f:
      return KeyKind::backspace;
    default:
      return std::nullopt;
  }
}

}  // namespace

std::vector<Key> KeyDecoder::decode(std::string_view octets) {
  std::vector<Key> keys;
  for (const char octet : octets) take(octet, keys);
  return keys;
}

void KeyDecoder::take(char octet, std::vector<Key>& keys) {
  switch (state_) {
    case State::text:
      return take_text(octet, keys);
    case State::escape:
      return take_escape(octet, keys);
    case State::sequence:
      return take_sequence(octet, keys);
    case State::single_shift:
      state_ = State::text;
      if (const auto kind = kind_of_letter(octet)) keys.push_back({*kind});
      return;
  }
}

void KeyDecoder::take_text(char octet, std::vector<Key>& keys) {
  if (pending_.empty()) {
    if (octet == escape) {
      state_ = State::escape;
      return;
    }
    if (static_cast<unsigned char>(octet) < 0x20 || octet == 0x7f) return take_control(octet, keys);
  } else if ((static_cast<unsigned char>(octet) & 0xc0) != 0x80) {
    pending_.clear();  // A sequence that was cut off; begin anew with this octet.
    return take_text(octet, keys);
  }
  pending_.push_back(octet);
  if (pending_.size() < expected_length(pending_.front())) return;
  if (is_utf8(pending_)) keys.push_back({KeyKind::character, decode_utf8(pending_).front()});
  pending_.clear();
}

void KeyDecoder::take_control(char octet, std::vector<Key>& keys) {
  if (pasting_) {
    if (octet == '\r' || octet == '\n') keys.push_back({KeyKind::character, U'\n'});
    if (octet == '\t') keys.push_back({KeyKind::character, U' '});
    return;
  }
  if (const auto kind = kind_of_control(octet)) keys.push_back({*kind});
}

void KeyDecoder::take_escape(char octet, std::vector<Key>& keys) {
  if (octet == '[') {
    state_ = State::sequence;
    return;
  }
  if (octet == 'O') {
    state_ = State::single_shift;
    return;
  }
  if (octet == escape) return;
  state_ = State::text;
  if (octet == '\r' || octet == '\n') keys.push_back({KeyKind::line_break});
  if (octet == 0x7f || octet == 0x08) keys.push_back({KeyKind::kill_word});
}

void KeyDecoder::take_sequence(char octet, std::vector<Key>& keys) {
  if (octet >= 0x40 && octet <= 0x7e) {
    state_ = State::text;
    finish_sequence(octet, keys);
    pending_.clear();
    return;
  }
  pending_.push_back(octet);
  if (pending_.size() > longest_sequence) {
    pending_.clear();
    state_ = State::text;
  }
}

void KeyDecoder::finish_sequence(char last, std::vector<Key>& keys) {
  if (last == '~' && pending_ == "200") pasting_ = true;
  if (last == '~' && pending_ == "201") pasting_ = false;
  const std::string_view number = std::string_view(pending_).substr(0, pending_.find(';'));
  const auto kind = last == '~' ? kind_of_number(number) : kind_of_letter(last);
  if (kind) keys.push_back({*kind});
}

}  // namespace sotto::cli
