#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "session/device.h"

namespace sotto::simulation {

/// A device of a person: a home in the world.
struct PersonsHome {
  std::size_t slot = 0;
  /// Position in `Course::people`.
  std::size_t person = 0;
  session::DeviceAddress address;
  /// Its account was asked to take it off its list, perhaps in vain.
  bool is_removed = false;
  /// Its database was put back to an older state.
  bool was_put_back = false;
};

/// A text that an engine took.
struct Written {
  /// Position in `Course::homes`.
  std::size_t home = 0;
  ConversationId conversation;
  std::string text;
  /// Order of writing in its home and conversation.
  std::size_t number = 0;
};

/// What the people of a run did, for those who check what came of it.
struct Course {
  std::vector<std::string> people;
  std::vector<PersonsHome> homes;
  std::map<MessageId, Written> written;
  /// Sealed words and keys of messages that were to disappear, as they were in the file of a home, by its position.
  std::map<std::size_t, std::set<Bytes>> sealed_parts;
};

}  // namespace sotto::simulation
