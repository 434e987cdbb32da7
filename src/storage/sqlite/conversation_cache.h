#pragma once

#include <memory>
#include <vector>

#include "service/ports/records.h"
#include "storage/sqlite/recent_map.h"
#include "storage/sqlite/write_scope.h"

namespace sotto::storage::sqlite {

/// Row number in `conversations`.
enum class ConversationNumber : std::int64_t {};

/// A conversation with all who are in it now.
struct NumberedConversation {
  ConversationNumber number{};
  service::StoredConversation stored;
  /// In ascending order of account.
  std::vector<service::StoredMember> members;
  /// Their accounts. Shared with rules that tell them something, whose unit may end later than this is dropped.
  std::shared_ptr<const std::vector<AccountId>> accounts;

  /// Null if the account is not in it.
  [[nodiscard]] service::StoredMember* find(const AccountId& account);
};

/// The recent conversations as the writer sees them, so that appending does not read them again: not the state of a
/// direct one, and not the thousand members of a group. Only the one writer of a database may have it, since it cannot
/// see what others write. Bounded by members too: see `docs/decisions/0010-groups-on-the-server.md`.
class ConversationCache final : public Follower {
 public:
  explicit ConversationCache(WriteScope& scope);

  /// Null if absent. To be changed only after `will_change`. Valid until the next call that takes a conversation.
  [[nodiscard]] NumberedConversation* find(const ConversationId& conversation);
  NumberedConversation& put(NumberedConversation conversation);
  /// Notes that the unit changes the conversation, so that undoing it drops what is remembered.
  void will_change(const ConversationId& conversation) { changed_.push_back(conversation); }
  /// The unit changed what is remembered in another way than here; it is read again when it is needed.
  void drop(const ConversationId& conversation);

  void keep() override;
  void undo() override;
  void forget() override;

 private:
  RecentMap<ConversationId, NumberedConversation> conversations_;
  std::vector<ConversationId> changed_;
};

}  // namespace sotto::storage::sqlite
