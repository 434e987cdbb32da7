#pragma once

#include "client/search/search_index.h"

namespace sotto::client {

/// The index of a process, and how far it has followed the timeline. Stays when a stream ends; is given up when a
/// transition was lost, because it may have seen what then never happened.
struct SearchState {
  SearchIndex index;
  /// Somebody has searched, so that the index is kept up to date.
  bool wanted = false;
  /// The timeline's last change that is in the index.
  std::uint64_t change = 0;
  /// Changes were left for the next transition.
  bool more = false;
};

}  // namespace sotto::client
