#pragma once

#include <cstddef>
#include <string>

#include "cli/terminal/key_decoder.h"

namespace sotto::cli {

/// A line of text under a cursor. A character and the marks that combine with it move and vanish together.
class LineEditor {
 public:
  /// Longest text, in octets of UTF-8; what would exceed it is not taken.
  explicit LineEditor(std::size_t longest_octets) : longest_octets_(longest_octets) {}

  /// True if the key was one of editing.
  bool apply(const Key& key);

  [[nodiscard]] std::string text() const;
  [[nodiscard]] bool empty() const { return characters_.empty(); }
  void clear();

  /// The part around the cursor that fits into `columns`, and the cursor's column in it, from 0. A line break is shown
  /// as "⏎".
  struct Window {
    std::string text;
    std::size_t cursor_column = 0;
  };
  [[nodiscard]] Window window(std::size_t columns) const;

 private:
  void insert(char32_t character);
  void erase_between(std::size_t first, std::size_t last);
  [[nodiscard]] std::size_t previous_stop() const;
  [[nodiscard]] std::size_t next_stop() const;
  [[nodiscard]] std::size_t word_start() const;

  std::u32string characters_;
  std::size_t cursor_ = 0;
  std::size_t longest_octets_;
};

}  // namespace sotto::cli
