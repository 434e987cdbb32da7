#pragma once

#include "client/turn.h"

namespace sotto::client {

/// What an entry was opened with.
enum class KeySource : std::uint8_t {
  /// Its own session or chain.
  itself,
  /// A key that the backup on the server holds, where it need not be put again.
  backup,
  /// A key out of a file.
  file,
};

/// An entry of somebody else that could be opened, or why not.
struct OpenedEntry {
  UndecryptableCause cause = UndecryptableCause::none;
  wire::Content content;
  /// What opens it again; with the place in the log.
  std::optional<wire::MessageKey> key;
  KeySource source = KeySource::itself;
};

/// Opens an entry of the log that `sender`, a listed device, is said to have sent; keeps the sessions and counters and
/// tells the user what an honest server would not have done.
[[nodiscard]] OpenedEntry open_entry(Turn& turn, const ConversationRow& row, const wire::LogEntry& entry,
                                     const session::RemoteDevice& sender);

/// An entry that could not be opened may account for a gap in its sender's count.
void count_unopened(Turn& turn, const wire::LogEntry& entry);

}  // namespace sotto::client
