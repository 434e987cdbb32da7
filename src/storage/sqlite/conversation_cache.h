#pragma once

#include <vector>

#include "service/ports/records.h"
#include "storage/sqlite/recent_map.h"
#include "storage/sqlite/write_scope.h"

namespace sotto::storage::sqlite {

/// Row number in `conversations`.
enum class ConversationNumber : std::int64_t {};

struct NumberedConversation {
  ConversationNumber number{};
  service::StoredConversation stored;
};

/// The recent conversations as the writer sees them, so that appending does not read them again. Only the one writer of
/// a database may have it, since it cannot see what others write.
class ConversationCache final : public Follower {
 public:
  explicit ConversationCache(WriteScope& scope);

  /// Null if absent. To be changed only after `will_change`. Valid until the next call that takes a conversation.
  [[nodiscard]] NumberedConversation* find(const ConversationId& conversation);
  NumberedConversation& put(NumberedConversation conversation);
  /// Notes that the unit changes the conversation, so that undoing it drops what is remembered.
  void will_change(const ConversationId& conversation) { changed_.push_back(conversation); }

  void keep() override;
  void undo() override;
  void forget() override;

 private:
  RecentMap<ConversationId, NumberedConversation> conversations_;
  std::vector<ConversationId> changed_;
};

}  // namespace sotto::storage::sqlite
