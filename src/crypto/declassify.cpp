#include "crypto/declassify.h"

namespace sotto::crypto {

// Alone in its file, so that a program may link its own definition instead.
void declassify(ByteView) {}

}  // namespace sotto::crypto
