#include "cli/terminal/qr_drawing.h"

#include <memory>
#include <qrencode.h>

namespace sotto::cli {
namespace {

constexpr int quiet_zone = 4;

struct FreeCode {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

/// True for a dark module; everything outside of the code is light.
bool is_dark(const QRcode& code, int row, int column) {
  if (row < 0 || column < 0 || row >= code.width || column >= code.width) return false;
  return (code.data[row * code.width + column] & 1) != 0;
}

/// The half blocks paint what the style calls ink.
std::string_view half_blocks(bool ink_above, bool ink_below) {
  if (ink_above && ink_below) return "█";
  if (ink_above) return "▀";
  return ink_below ? "▄" : " ";
}

void draw_line(const QRcode& code, int row, QrStyle style, std::string& drawing) {
  const bool dark_is_ink = style == QrStyle::coloured;
  if (style == QrStyle::coloured) drawing += "\x1b[38;5;16;48;5;231m";
  for (int column = -quiet_zone; column < code.width + quiet_zone; ++column) {
    drawing += half_blocks(is_dark(code, row, column) == dark_is_ink, is_dark(code, row + 1, column) == dark_is_ink);
  }
  drawing += style == QrStyle::coloured ? "\x1b[0m\n" : "\n";
}

}  // namespace

std::optional<std::string> draw_qr(ByteView content, QrStyle style) {
  if (content.empty() || content.size() > 2048) return std::nullopt;
  const std::unique_ptr<QRcode, FreeCode> code(
      QRcode_encodeData(static_cast<int>(content.size()), content.data(), 0, QR_ECLEVEL_M));
  if (!code) return std::nullopt;
  std::string drawing;
  for (int row = -quiet_zone; row < code->width + quiet_zone; row += 2) draw_line(*code, row, style, drawing);
  return drawing;
}

}  // namespace sotto::cli
