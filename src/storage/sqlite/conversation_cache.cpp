#include "storage/sqlite/conversation_cache.h"

namespace sotto::storage::sqlite {

namespace {

constexpr std::size_t remembered = 16'384;

}  // namespace

ConversationCache::ConversationCache(WriteScope& scope) : conversations_(remembered) { scope.add(*this); }

NumberedConversation* ConversationCache::find(const ConversationId& conversation) {
  return conversations_.find(conversation);
}

NumberedConversation& ConversationCache::put(NumberedConversation conversation) {
  const ConversationId id = conversation.stored.conversation;
  return conversations_.put(id, std::move(conversation));
}

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
