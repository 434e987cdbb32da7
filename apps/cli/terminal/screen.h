#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "cli/terminal/raw_mode.h"

namespace sotto::cli {

struct ScreenSize {
  std::size_t rows = 24;
  std::size_t columns = 80;
};

enum class Colours : std::uint8_t { used, unused };

/// What a whole screen shows: one string per row, each with its own escape sequences for colour and ending in none,
/// and the cursor, from 0.
struct Picture {
  std::vector<std::string> rows;
  std::size_t cursor_row = 0;
  std::size_t cursor_column = 0;
};

/// The terminal as a full screen: raw mode, alternate buffer, bracketed paste. What was there before comes back with
/// the object's end.
class Screen {
 public:
  /// Nothing if standard input and output are not a terminal.
  [[nodiscard]] static std::unique_ptr<Screen> enter();
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;
  ~Screen();

  [[nodiscard]] static ScreenSize size();

  /// Writes the rows that differ from the last picture.
  void show(const Picture& picture);
  /// Makes the next `show` write every row: after a change of size, or when something else wrote to the terminal.
  void forget();

 private:
  explicit Screen(std::unique_ptr<RawMode> raw) : raw_(std::move(raw)) {}
  std::unique_ptr<RawMode> raw_;
  std::vector<std::string> shown_;
};

}  // namespace sotto::cli
