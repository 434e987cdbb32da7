#pragma once

#include "service/context.h"
#include "wire/conversation.h"

namespace sotto::service {

/// Conversations that one account may be in; what `wire::Resumed` can hold.
inline constexpr std::size_t max_conversations = wire::max_cursors;

/// The id of the direct conversation of two accounts, as documented at `wire::OpenDirect`; the same in either order.
[[nodiscard]] ConversationId direct_conversation_id(AccountId left, AccountId right);

class Conversations {
 public:
  [[nodiscard]] Outcome<wire::Conversation> open_direct(UnitOfWork& unit, const Caller& caller,
                                                        const wire::OpenDirect& request, const Moment& moment) const;
  [[nodiscard]] Outcome<wire::Conversations> list(UnitOfWork& unit, const Caller& caller,
                                                  const wire::ListConversations& request, const Moment& moment) const;
  /// The gateway makes the stream live before it submits this, so that no entry falls between the read and the first
  /// push. Entries come from the conversation with the newest activity first, as many as fit one page. A cursor of a
  /// conversation that is not the caller's is passed over. One beyond the head gets no entry and no error: the client
  /// sees from `head` that the server has lost what it once acknowledged.
  [[nodiscard]] Outcome<wire::Resumed> resume(UnitOfWork& unit, const Caller& caller, const wire::Resume& request,
                                              const Moment& moment) const;
};

/// The conversation, only if the account is a member: to everybody else it does not exist.
[[nodiscard]] std::optional<StoredConversation> find_for_member(UnitOfWork& unit, ConversationId conversation,
                                                                AccountId account);

}  // namespace sotto::service
