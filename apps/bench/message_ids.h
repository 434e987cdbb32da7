#pragma once

#include "base/ids.h"

namespace sotto::bench {

/// Message ids as clients choose them, the time first; what follows is a counter, which costs less than randomness.
class MessageIds {
 public:
  [[nodiscard]] MessageId next();

 private:
  std::uint64_t count_ = 0;
};

}  // namespace sotto::bench
