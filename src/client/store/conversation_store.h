#pragma once

#include <optional>
#include <vector>

#include "base/ids.h"
#include "client/store/store_context.h"
#include "client/timeline_types.h"
#include "session/device.h"
#include "wire/conversation.h"

namespace sotto::client {

/// A conversation as this home knows it.
struct ConversationRow {
  ConversationId conversation;
  ConversationKind kind = ConversationKind::direct;
  /// The other account of a direct one, the own account of the one with itself; zero in a group.
  AccountId peer;
  /// The epoch whose device lists were verified; 0 before the first.
  std::uint64_t epoch = 0;
  /// The epoch that the server named last.
  std::uint64_t offered_epoch = 0;
  /// This account reads only the entries after this one.
  std::uint64_t log_start = 0;
  /// All entries up to here were dealt with.
  std::uint64_t cursor = 0;
  /// The newest entry that the server spoke of.
  std::uint64_t known_head = 0;
  /// Own marks, and how far the server was told of them.
  std::uint64_t delivered = 0;
  std::uint64_t read = 0;
  std::uint64_t delivered_told = 0;
  std::uint64_t read_told = 0;
  /// Up to here every other member has opened and read all.
  std::uint64_t others_delivered = 0;
  std::uint64_t others_read = 0;
  /// Entries of this very device in the log; the next one it seals is counted one higher.
  std::uint64_t own_counter = 0;
  /// How long messages stay, in a direct conversation; 0 for ever.
  std::uint64_t timer_ms = 0;
  UnixMillis last_activity;

  [[nodiscard]] bool caught_up() const { return cursor >= known_head; }
  /// Of at most two accounts, so that `peer` names the other one.
  [[nodiscard]] bool has_peer() const { return kind == ConversationKind::direct || kind == ConversationKind::self; }
};

/// How far one other member has come.
struct MemberMarks {
  AccountId account;
  std::uint64_t delivered = 0;
  std::uint64_t read = 0;
};

/// How the account keeps a conversation (wire::ConversationSetting, as the last of each field says).
struct ConversationSettings {
  /// 0 for not muted.
  UnixMillis muted_until;
  bool pinned = false;
  bool archived = false;
  bool marked_unread = false;
  std::string draft;
  /// 0 for not reported.
  UnixMillis reported_at;
  /// All entries up to this one were deleted; 0 for none. Never falls.
  std::uint64_t deleted_up_to = 0;
  /// It was deleted as a whole, perhaps with nothing in it: not listed until there is something.
  bool was_deleted = false;
};

/// What was seen of a sending device in one conversation.
struct SenderCount {
  /// Of the newest message that was opened.
  std::uint64_t counter = 0;
  /// Entries since then that could not be opened and may account for a gap.
  std::uint64_t unopened = 0;
};

struct SenderPlace {
  ConversationId conversation;
  session::DeviceAddress sender;
};

/// The tables `conversations`, `member_marks`, `conversation_settings`, `direct_profiles`, `sender_counters` and
/// `linking_ends`. All calls inside a transition.
class ConversationStore {
 public:
  explicit ConversationStore(const StoreContext& context) : context_(context) {}

  [[nodiscard]] std::optional<ConversationRow> find(ConversationId conversation);
  /// The direct conversation with an account; with the own account, the one with itself.
  [[nodiscard]] std::optional<ConversationRow> find_by_peer(AccountId peer);
  void save(const ConversationRow& row);
  struct ListPage {
    /// Exclusive; the page begins with the conversation that follows it, wherever it is now.
    std::optional<ConversationId> after;
    std::size_t limit = 0;
  };
  /// Pinned ones first, then newest activity first. Without those that were deleted and got nothing since, and without
  /// the account's own while there is nothing to read in it.
  [[nodiscard]] std::vector<ConversationRow> list(const ListPage& page);
  /// What `resume` names: newest activity first, at most `wire::max_cursors`.
  [[nodiscard]] std::vector<wire::Cursor> cursors();
  [[nodiscard]] std::size_t count();
  /// Conversations with entries that are known and not read.
  [[nodiscard]] std::vector<ConversationRow> behind(std::size_t limit);
  /// Accounts with whom there is a direct conversation and of whom nothing is pinned yet: a device that was linked or
  /// restored knows them by their ids only.
  [[nodiscard]] std::vector<AccountId> unknown_peers(std::size_t limit);
  /// Conversations of whose marks the server was not told.
  [[nodiscard]] std::vector<ConversationRow> untold_marks(std::size_t limit);

  [[nodiscard]] std::vector<MemberMarks> marks(ConversationId conversation);
  /// Of a member: marks never fall.
  void raise_marks(ConversationId conversation, const MemberMarks& marks);
  void forget_marks(ConversationId conversation, AccountId account);

  [[nodiscard]] ConversationSettings settings(ConversationId conversation);
  void save_settings(ConversationId conversation, const ConversationSettings& settings);

  /// Both texts empty if nothing was said of it.
  [[nodiscard]] wire::DirectProfile profile(ConversationId conversation);
  void save_profile(ConversationId conversation, const wire::DirectProfile& profile);

  /// Where a log ended when this home became a device without any history; 0 for a home or log that is older or newer.
  [[nodiscard]] std::uint64_t linking_end(ConversationId conversation);
  void set_linking_end(const wire::Cursor& end);

  [[nodiscard]] SenderCount sender_count(const SenderPlace& place);
  void set_sender_count(const SenderPlace& place, const SenderCount& count);

 private:
  StoreContext context_;
};

}  // namespace sotto::client
