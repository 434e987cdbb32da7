#include "cli/terminal/question.h"

#include <cstdio>
#include <iostream>

namespace sotto::cli {

std::optional<std::string> ask_line(std::string_view question) {
  std::fwrite(question.data(), 1, question.size(), stderr);
  std::fflush(stderr);
  std::string line;
  if (!std::getline(std::cin, line)) return std::nullopt;
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

}  // namespace sotto::cli
