#pragma once

#include "service/context.h"
#include "wire/conversation.h"

namespace sotto::service {

/// Conversations that one account may be in; what `wire::Resumed` can hold.
inline constexpr std::size_t max_conversations = wire::max_cursors;
/// Members of groups that travel with one list of conversations. The groups after those that fill it, the least recent
/// ones, show the caller alone, as large groups do; `read_members` has the others.
inline constexpr std::size_t max_listed_members = 3'000;

/// The id of the direct conversation of two accounts, as documented at `wire::OpenDirect`; the same in either order.
/// The two may be one: an account's conversation with itself.
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

/// The conversation and the account's place in it, only if the account is a member: to everybody else it does not
/// exist.
[[nodiscard]] std::optional<StoredMembership> find_for_member(UnitOfWork& unit, ConversationId conversation,
                                                              AccountId account);

/// Refuses, `not_found`, a request about a conversation that the caller has no part in.
[[nodiscard]] std::unexpected<Refusal> no_conversation();

/// Refuses a message or an event that was made for another epoch. With the members' records, all that a sender needs to
/// encrypt again, if the conversation is direct; the members of a group are read from its chain.
[[nodiscard]] std::unexpected<Refusal> stale_epoch(UnitOfWork& unit, const StoredConversation& conversation);

/// The newest entry that the member may read: the head, or what removed it.
[[nodiscard]] std::uint64_t readable_head(const StoredMembership& membership);

/// The conversation as its member is shown it, with the members if they are few. One that it has left shows what held
/// when it left, and nothing of who is in it now: epoch and member count are 0.
[[nodiscard]] wire::Conversation shown(UnitOfWork& unit, const StoredMembership& membership);

}  // namespace sotto::service
