#pragma once

#include <optional>
#include <vector>

#include "client/store/store_context.h"
#include "client/timeline_types.h"
#include "session/device.h"

namespace sotto::client {

/// Stands in `WaitingEntry::asked` for an entry whose key is given without being asked for.
inline constexpr std::uint64_t never_asked = 1'000;
/// How often a key is asked for before it is given up.
inline constexpr std::size_t most_questions_for_a_key = 4;

/// An entry that could not be opened and whose key may yet come.
struct WaitingEntry {
  /// Of its row in the timeline.
  std::uint64_t position = 0;
  ConversationId conversation;
  MessageId message;
  session::DeviceAddress sender;
  /// How often its key was asked for; `never_asked` of what nobody is asked for.
  std::uint64_t asked = 0;
};

/// When an entry's turn comes next. One that counts as asked for `most_questions_for_a_key` times or `never_asked` is
/// given up then, without a question to anybody.
struct NextTurn {
  UnixMillis at;
  std::uint64_t asked = 0;
};

/// The table `waiting_entries`: what the server holds of rows that cannot be read yet. All calls inside a transition.
class WaitingStore {
 public:
  explicit WaitingStore(const StoreContext& context) : context_(context) {}

  void add(std::uint64_t position, const Bytes& body, const NextTurn& next);
  [[nodiscard]] std::vector<std::uint64_t> with_cause(ConversationId conversation, UndecryptableCause cause);
  [[nodiscard]] std::optional<Bytes> body_of(std::uint64_t position);
  /// Those whose keys are to be asked for now, by sender.
  [[nodiscard]] std::vector<WaitingEntry> due(UnixMillis now, std::size_t limit);
  [[nodiscard]] std::optional<UnixMillis> next_due();
  /// Its key was asked for once more, and is asked for again then.
  void asked(std::uint64_t position, UnixMillis ask_again_at);
  /// What waits for a key of this device is asked for now, unless nobody is asked any more.
  void ask_now(const session::DeviceAddress& sender, UnixMillis now);
  /// The row of an entry of this device that waits, if it does.
  [[nodiscard]] std::optional<std::uint64_t> find(const WaitingEntry& entry);
  void remove(std::uint64_t position);

 private:
  StoreContext context_;
};

}  // namespace sotto::client
