#include "base/invariant.h"

#include <cstdio>
#include <cstdlib>

namespace sotto {

void invariant_broken(std::source_location place) {
  std::fprintf(stderr, "invariant broken at %s:%u in %s\n", place.file_name(), static_cast<unsigned>(place.line()),
               place.function_name());
  std::abort();
}

}  // namespace sotto
