#pragma once

#include "base/bytes.h"

namespace sotto::crypto {

/// Says that `value`, though computed from secrets, is public by design. Does nothing. The constant-time
/// test links its own definition, which tells valgrind; every other use of a secret in a branch or an address is then
/// an error.
void declassify(ByteView value);

}  // namespace sotto::crypto
