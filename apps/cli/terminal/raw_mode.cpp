#include "cli/terminal/raw_mode.h"

#include <unistd.h>

namespace sotto::cli {

std::unique_ptr<RawMode> RawMode::enter(int descriptor) {
  termios earlier{};
  if (::tcgetattr(descriptor, &earlier) != 0) return nullptr;
  termios raw = earlier;
  raw.c_iflag &= ~static_cast<tcflag_t>(BRKINT | ICRNL | INPCK | ISTRIP | IXON);
  raw.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | IEXTEN | ISIG);
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  if (::tcsetattr(descriptor, TCSAFLUSH, &raw) != 0) return nullptr;
  return std::unique_ptr<RawMode>(new RawMode(descriptor, earlier));
}

RawMode::~RawMode() { ::tcsetattr(descriptor_, TCSAFLUSH, &earlier_); }

}  // namespace sotto::cli
