#pragma once

#include <source_location>

namespace sotto {

/// Ends the process, naming the place, when something that must hold does not. On in every build. For our own
/// mistakes only: nothing that a peer, a file or an operator supplies may reach it.
[[noreturn]] void invariant_broken(std::source_location place);

inline void invariant(bool holds, std::source_location place = std::source_location::current()) {
  if (!holds) [[unlikely]]
    invariant_broken(place);
}

}  // namespace sotto
