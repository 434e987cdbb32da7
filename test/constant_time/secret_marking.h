#pragma once

#include "base/bytes.h"

namespace sotto::crypto {

/// True if this process runs under valgrind; else marking has no effect and nothing would be checked.
bool is_watched();

/// From here on valgrind reports every branch and every address that depends on `memory`, however indirectly.
void mark_secret(ByteView memory);

/// Takes the mark away from what may be known to all.
void mark_public(ByteView memory);

}  // namespace sotto::crypto
