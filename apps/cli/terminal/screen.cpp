#include "cli/terminal/screen.h"

#include <cerrno>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>

namespace sotto::cli {
namespace {

void write_out(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::string move_to(std::size_t row, std::size_t column) {
  return "\x1b[" + std::to_string(row + 1) + ";" + std::to_string(column + 1) + "H";
}

constexpr std::string_view hide_cursor = "\x1b[?25l";
constexpr std::string_view show_cursor = "\x1b[?25h";

}  // namespace

std::unique_ptr<Screen> Screen::enter() {
  if (::isatty(STDOUT_FILENO) != 1) return nullptr;
  auto raw = RawMode::enter(STDIN_FILENO);
  if (!raw) return nullptr;
  write_out("\x1b[?1049h\x1b[?2004h\x1b[2J");
  return std::unique_ptr<Screen>(new Screen(std::move(raw)));
}

Screen::~Screen() {
  write_out("\x1b[0m\x1b[?2004l\x1b[?1049l");
  write_out(show_cursor);
}

ScreenSize Screen::size() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return {};
  return {.rows = size.ws_row, .columns = size.ws_col};
}

void Screen::show(const Picture& picture) {
  std::string output(hide_cursor);
  if (shown_.size() != picture.rows.size()) {
    output += "\x1b[2J";
    shown_.assign(picture.rows.size(), "");
  }
  for (std::size_t row = 0; row < picture.rows.size(); ++row) {
    if (shown_[row] == picture.rows[row]) continue;
    output += move_to(row, 0) + "\x1b[0m\x1b[2K" + picture.rows[row];
  }
  output += move_to(picture.cursor_row, picture.cursor_column);
  output += show_cursor;
  shown_ = picture.rows;
  write_out(output);
}

void Screen::forget() { shown_.clear(); }

}  // namespace sotto::cli
