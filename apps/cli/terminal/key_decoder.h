#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sotto::cli {

enum class KeyKind : std::uint8_t {
  /// `Key::character` was typed or pasted. A pasted line break is the character U+000A.
  character,
  enter,
  /// Alt and enter: a line break inside the text.
  line_break,
  backspace,
  remove,
  left,
  right,
  up,
  down,
  home,
  end,
  page_up,
  page_down,
  kill_to_end,
  kill_to_start,
  kill_word,
  redraw,
  /// Ctrl-C.
  interrupt,
  /// Ctrl-D.
  end_of_input,
};

struct Key {
  KeyKind kind = KeyKind::character;
  char32_t character = 0;

  friend bool operator==(const Key&, const Key&) = default;
};

/// Turns what a terminal in raw mode sends into keys: UTF-8, control characters, the escape sequences of xterm, tmux
/// and the Linux console, and bracketed paste. Octets may arrive in any pieces. Unknown sequences are dropped whole.
class KeyDecoder {
 public:
  [[nodiscard]] std::vector<Key> decode(std::string_view octets);

 private:
  enum class State : std::uint8_t { text, escape, sequence, single_shift };

  void take(char octet, std::vector<Key>& keys);
  void take_text(char octet, std::vector<Key>& keys);
  void take_escape(char octet, std::vector<Key>& keys);
  void take_sequence(char octet, std::vector<Key>& keys);
  void finish_sequence(char last, std::vector<Key>& keys);
  void take_control(char octet, std::vector<Key>& keys);

  State state_ = State::text;
  bool pasting_ = false;
  std::string pending_;
};

}  // namespace sotto::cli
