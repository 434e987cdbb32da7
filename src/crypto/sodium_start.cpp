#include "crypto/sodium_start.h"

#include <sodium.h>

#include "base/invariant.h"

namespace sotto::crypto {

void start_sodium() {
  // sodium_init() returns 1 when another part of the process was first; only a negative result is a failure.
  static const bool started = sodium_init() >= 0;
  invariant(started);
}

}  // namespace sotto::crypto
