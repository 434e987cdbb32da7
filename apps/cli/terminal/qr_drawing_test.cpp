// A drawn QR code is the code: square, framed by a light quiet zone, with its three finder patterns where they belong.

#include "cli/terminal/qr_drawing.h"

#include <gtest/gtest.h>
#include <vector>

#include "cli/terminal/characters.h"

namespace sotto::cli {
namespace {

/// The modules that a plain drawing shows, true for dark.
std::vector<std::vector<bool>> modules_of(const std::string& drawing) {
  std::vector<std::vector<bool>> modules;
  std::vector<bool> above;
  std::vector<bool> below;
  for (const char32_t character : decode_utf8(drawing)) {
    if (character == U'\n') {
      modules.push_back(above);
      modules.push_back(below);
      above.clear();
      below.clear();
      continue;
    }
    above.push_back(character == U' ' || character == U'▄');
    below.push_back(character == U' ' || character == U'▀');
  }
  return modules;
}

bool finder_at(const std::vector<std::vector<bool>>& modules, std::size_t top, std::size_t left) {
  static constexpr std::string_view rows[] = {"#######", "#     #", "# ### #", "# ### #",
                                              "# ### #", "#     #", "#######"};
  for (std::size_t row = 0; row < 7; ++row) {
    for (std::size_t column = 0; column < 7; ++column) {
      if (modules[top + row][left + column] != (rows[row][column] == '#')) return false;
    }
  }
  return true;
}

TEST(QrDrawing, ShowsTheThreeFinderPatternsInsideTheQuietZone) {
  const Bytes content(75, 0xa5);
  const auto drawing = draw_qr(content, QrStyle::plain);
  ASSERT_TRUE(drawing);
  const auto modules = modules_of(*drawing);
  const std::size_t width = modules.front().size();
  const std::size_t code = width - 8;
  EXPECT_EQ((code - 17) % 4, 0u);
  EXPECT_TRUE(finder_at(modules, 4, 4));
  EXPECT_TRUE(finder_at(modules, 4, 4 + code - 7));
  EXPECT_TRUE(finder_at(modules, 4 + code - 7, 4));
  for (std::size_t column = 0; column < width; ++column) EXPECT_FALSE(modules[3][column]);
}

TEST(QrDrawing, ColouredAndPlainDifferInInkOnly) {
  const Bytes content(10, 1);
  const auto coloured = draw_qr(content, QrStyle::coloured);
  ASSERT_TRUE(coloured);
  EXPECT_NE(coloured->find("\x1b[38;5;16;48;5;231m"), std::string::npos);
  EXPECT_EQ(coloured->substr(coloured->size() - 5), "\x1b[0m\n");
}

TEST(QrDrawing, RefusesWhatIsNoContent) {
  EXPECT_FALSE(draw_qr({}, QrStyle::plain));
  EXPECT_FALSE(draw_qr(Bytes(3000, 1), QrStyle::plain));
}

}  // namespace
}  // namespace sotto::cli
