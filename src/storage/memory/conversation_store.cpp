#include <algorithm>

#include "storage/memory/stores.h"

namespace sotto::storage::memory {

using service::StoredConversation;
using service::StoredReceipt;

std::optional<StoredConversation> MemoryConversationStore::find(ConversationId conversation) {
  const StoredConversation* found = tables_.conversations.find(conversation);
  return found != nullptr ? std::optional(*found) : std::nullopt;
}

std::vector<StoredConversation> MemoryConversationStore::list(AccountId account) {
  std::vector<StoredConversation> conversations;
  for (const ConversationId& id : ids_of(account)) conversations.push_back(*find(id));
  // In the order of ids so far, which decides between equal times.
  std::ranges::stable_sort(conversations, std::ranges::greater{}, &StoredConversation::last_activity);
  return conversations;
}

std::size_t MemoryConversationStore::count(AccountId account) { return ids_of(account).size(); }

void MemoryConversationStore::insert(const StoredConversation& conversation) {
  tables_.conversations.insert(conversation.conversation, conversation);
  for (const wire::Member& member : conversation.members) {
    tables_.memberships.insert({member.account, conversation.conversation}, {});
  }
}

void MemoryConversationStore::set_marks(ConversationId conversation, const wire::Member& member) {
  std::optional<StoredConversation> stored = find(conversation);
  if (!stored) return tables_.journal.fail();
  const auto place = std::ranges::find(stored->members, member.account, &wire::Member::account);
  if (place == stored->members.end()) return;
  *place = member;
  tables_.conversations.put(conversation, std::move(*stored));
}

std::vector<StoredConversation> MemoryConversationStore::raise_epochs(AccountId account) {
  for (const ConversationId& id : ids_of(account)) {
    StoredConversation stored = *find(id);
    ++stored.epoch;
    tables_.conversations.put(id, std::move(stored));
  }
  return list(account);
}

std::optional<StoredReceipt> MemoryConversationStore::find_receipt(ConversationId conversation, DeviceId sender_device,
                                                                   MessageId message) {
  const StoredReceipt* found = tables_.receipts.find({conversation, sender_device, message});
  return found != nullptr ? std::optional(*found) : std::nullopt;
}

void MemoryConversationStore::append(const wire::LogEntry& entry) {
  std::optional<StoredConversation> stored = find(entry.conversation);
  if (!stored || entry.seq != stored->head + 1) return tables_.journal.fail();
  tables_.receipts.insert({entry.conversation, entry.sender_device, entry.message},
                          {.seq = entry.seq, .sent_at = entry.sent_at});
  tables_.entries.insert({entry.conversation, entry.seq}, entry);
  stored->head = entry.seq;
  stored->last_activity = entry.sent_at;
  tables_.conversations.put(entry.conversation, std::move(*stored));
}

std::vector<wire::LogEntry> MemoryConversationStore::read(const LogRange& range) {
  std::vector<wire::LogEntry> entries;
  const auto& rows = tables_.entries.rows();
  std::size_t size = 0;
  for (auto row = rows.upper_bound({range.conversation, range.after});
       row != rows.end() && row->first.first == range.conversation && entries.size() < range.max_entries; ++row) {
    size += row->second.body.size();
    if (!entries.empty() && size > range.max_size) break;
    entries.push_back(row->second);
  }
  return entries;
}

std::vector<ConversationId> MemoryConversationStore::ids_of(AccountId account) const {
  std::vector<ConversationId> ids;
  const auto& rows = tables_.memberships.rows();
  for (auto row = rows.lower_bound({account, ConversationId{}}); row != rows.end() && row->first.first == account;
       ++row) {
    ids.push_back(row->first.second);
  }
  return ids;
}

}  // namespace sotto::storage::memory
