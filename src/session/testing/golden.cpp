#include "session/testing/golden.h"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace sotto::session::testing {

void expect_golden(std::string_view name, const std::string& text) {
  const std::string path = std::string(SOTTO_GOLDEN_FOLDER) + "/" + std::string(name);
  if (std::getenv("SOTTO_WRITE_GOLDEN") != nullptr) {
    std::ofstream(path) << text << '\n';
    return;
  }
  std::ifstream file(path);
  std::stringstream held;
  held << file.rdbuf();
  EXPECT_EQ(held.str(), text + "\n") << path;
}

}  // namespace sotto::session::testing
