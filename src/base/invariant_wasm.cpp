#include <cstring>

#include "base/invariant.h"

namespace sotto {
namespace {

/// Imported: tells a developer what does not hold. The texts hold names and places of the program only.
extern "C" __attribute__((import_module("sotto"), import_name("invariant_broken"))) void host_invariant_broken(
    const char* file, std::size_t file_size, unsigned line, const char* function, std::size_t function_size);

}  // namespace

void invariant_broken(std::source_location place) {
  host_invariant_broken(place.file_name(), std::strlen(place.file_name()), static_cast<unsigned>(place.line()),
                        place.function_name(), std::strlen(place.function_name()));
  __builtin_trap();
}

}  // namespace sotto
