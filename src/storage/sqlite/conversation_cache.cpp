#include "storage/sqlite/conversation_cache.h"

#include <algorithm>

namespace sotto::storage::sqlite {

namespace {

/// As many direct conversations, or groups of 1,000 for each 32 of them.
constexpr std::size_t remembered = 16'384;
constexpr std::size_t members_of_weight_one = 32;

}  // namespace

service::StoredMember* NumberedConversation::find(const AccountId& account) {
  const auto found = std::ranges::lower_bound(members, account, {}, &service::StoredMember::account);
  return found != members.end() && found->account == account ? &*found : nullptr;
}

ConversationCache::ConversationCache(WriteScope& scope) : conversations_(remembered) { scope.add(*this); }

NumberedConversation* ConversationCache::find(const ConversationId& conversation) {
  return conversations_.find(conversation);
}

NumberedConversation& ConversationCache::put(NumberedConversation conversation) {
  const ConversationId id = conversation.stored.conversation;
  const std::size_t weight = 1 + conversation.members.size() / members_of_weight_one;
  return conversations_.put(id, std::move(conversation), weight);
}

void ConversationCache::drop(const ConversationId& conversation) { conversations_.erase(conversation); }

void ConversationCache::keep() { changed_.clear(); }

void ConversationCache::undo() {
  for (const ConversationId& conversation : changed_) conversations_.erase(conversation);
  changed_.clear();
}

void ConversationCache::forget() {
  changed_.clear();
  conversations_.clear();
}

}  // namespace sotto::storage::sqlite
