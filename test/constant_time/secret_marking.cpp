#include "constant_time/secret_marking.h"

#include <valgrind/memcheck.h>

#include "crypto/declassify.h"

namespace sotto::crypto {

bool is_watched() { return RUNNING_ON_VALGRIND != 0; }

// valgrind follows undefined memory through every computation and reports where it decides a branch or an address,
// which is where a secret would decide how long something takes.
void mark_secret(ByteView memory) { VALGRIND_MAKE_MEM_UNDEFINED(memory.data(), memory.size()); }

void mark_public(ByteView memory) { VALGRIND_MAKE_MEM_DEFINED(memory.data(), memory.size()); }

// Stands in for the library's definition, which does nothing.
void declassify(ByteView value) { mark_public(value); }

}  // namespace sotto::crypto
