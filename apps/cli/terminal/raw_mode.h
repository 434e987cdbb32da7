#pragma once

#include <cstdint>
#include <memory>
#include <termios.h>

namespace sotto::cli {

/// A terminal that hands over each key at once, without echo and without turning Ctrl-C into a signal. The earlier
/// mode comes back with the object's end.
class RawMode {
 public:
  /// Nothing if `descriptor` is no terminal.
  [[nodiscard]] static std::unique_ptr<RawMode> enter(int descriptor);
  RawMode(const RawMode&) = delete;
  RawMode& operator=(const RawMode&) = delete;
  ~RawMode();

 private:
  RawMode(int descriptor, const termios& earlier) : descriptor_(descriptor), earlier_(earlier) {}
  int descriptor_;
  termios earlier_;
};

}  // namespace sotto::cli
