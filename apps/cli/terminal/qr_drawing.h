#pragma once

#include <optional>
#include <string>

#include "base/bytes.h"

namespace sotto::cli {

enum class QrStyle : std::uint8_t {
  /// Black on white by escape sequences, whatever the terminal's colours are.
  coloured,
  /// Characters only, for light text on a dark background.
  plain,
};

/// `content` as a QR code (ISO/IEC 18004, octet mode, error correction M) with its quiet zone, two rows of modules in
/// each line of text. Nothing if it is empty or too much for one code.
[[nodiscard]] std::optional<std::string> draw_qr(ByteView content, QrStyle style);

}  // namespace sotto::cli
