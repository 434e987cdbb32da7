#include <algorithm>
#include <set>

#include "storage/memory/stores.h"

namespace sotto::storage::memory {

using service::StoredConversation;
using service::StoredMember;
using service::StoredMembership;
using service::StoredReceipt;

std::optional<StoredConversation> MemoryConversationStore::find(ConversationId conversation) {
  const StoredConversation* found = tables_.conversations.find(conversation);
  return found != nullptr ? std::optional(*found) : std::nullopt;
}

std::optional<StoredMembership> MemoryConversationStore::find(ConversationId conversation, AccountId account) {
  const StoredMember* member = tables_.members.find({conversation, account});
  if (member == nullptr) return std::nullopt;
  return StoredMembership{*find(conversation), *member};
}

std::vector<StoredMembership> MemoryConversationStore::list(AccountId account) {
  std::vector<StoredMembership> memberships;
  for (const ConversationId& id : ids_of(account)) memberships.push_back(*find(id, account));
  // In the order of ids so far, which decides between equal times.
  std::ranges::stable_sort(memberships, std::ranges::greater{},
                           [](const StoredMembership& one) { return one.conversation.last_activity; });
  return memberships;
}

std::size_t MemoryConversationStore::count(AccountId account) {
  const std::vector<ConversationId> ids = ids_of(account);
  return static_cast<std::size_t>(std::ranges::count_if(
      ids, [&](const ConversationId& id) { return !tables_.members.find({id, account})->departure; }));
}

service::ConversationStore::Accounts MemoryConversationStore::accounts_of(ConversationId conversation) {
  std::vector<AccountId> accounts;
  for (const StoredMember& member : members({.conversation = conversation, .after = std::nullopt})) {
    accounts.push_back(member.account);
  }
  return std::make_shared<const std::vector<AccountId>>(std::move(accounts));
}

std::vector<StoredMember> MemoryConversationStore::members(const MemberRange& range) {
  std::vector<StoredMember> members;
  const auto& rows = tables_.members.rows();
  auto row = range.after ? rows.upper_bound({range.conversation, *range.after})
                         : rows.lower_bound({range.conversation, AccountId{}});
  for (; row != rows.end() && row->first.first == range.conversation && members.size() < range.limit; ++row) {
    if (!row->second.departure) members.push_back(row->second);
  }
  return members;
}

void MemoryConversationStore::insert(const StoredConversation& conversation, std::span<const StoredMember> members) {
  StoredConversation stored = conversation;
  stored.member_count = static_cast<std::uint32_t>(members.size());
  tables_.conversations.insert(conversation.conversation, stored);
  for (const StoredMember& member : members) {
    tables_.members.put({conversation.conversation, member.account}, member);
    tables_.memberships.put({member.account, conversation.conversation}, {});
  }
}

void MemoryConversationStore::set_marks(ConversationId conversation, const wire::Member& member) {
  if (!tables_.conversations.contains(conversation)) return tables_.journal.fail();
  const StoredMember* found = tables_.members.find({conversation, member.account});
  if (found == nullptr) return;
  StoredMember marked = *found;
  marked.delivered = member.delivered;
  marked.read = member.read;
  tables_.members.put({conversation, member.account}, marked);
}

std::vector<StoredConversation> MemoryConversationStore::raise_epochs(AccountId account) {
  std::vector<StoredConversation> raised;
  for (StoredMembership& membership : list(account)) {
    if (membership.member.departure) continue;
    ++membership.conversation.epoch;
    tables_.conversations.put(membership.conversation.conversation, membership.conversation);
    raised.push_back(membership.conversation);
  }
  return raised;
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
  if (entry.expires_at.value > 0) tables_.expiries.put({entry.expires_at, entry.conversation, entry.seq}, {});
  stored->head = entry.seq;
  stored->last_activity = entry.sent_at;
  tables_.conversations.put(entry.conversation, *stored);
}

bool MemoryConversationStore::append_unless_there(const wire::LogEntry& entry) {
  if (find_receipt(entry.conversation, entry.sender_device, entry.message)) return false;
  append(entry);
  return true;
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

std::vector<service::EntryOutline> MemoryConversationStore::outline(ConversationId conversation,
                                                                    std::span<const std::uint64_t> seqs) {
  std::vector<service::EntryOutline> outlines;
  for (const std::uint64_t seq : std::set(seqs.begin(), seqs.end())) {
    const wire::LogEntry* entry = tables_.entries.find({conversation, seq});
    if (entry != nullptr) outlines.push_back({seq, entry->sender, entry->kind, entry->redacted});
  }
  return outlines;
}

void MemoryConversationStore::drop_bodies(ConversationId conversation, std::span<const std::uint64_t> seqs) {
  for (const std::uint64_t seq : seqs) {
    const wire::LogEntry* found = tables_.entries.find({conversation, seq});
    if (found == nullptr) continue;
    wire::LogEntry entry = *found;
    entry.body.clear();
    entry.redacted = true;
    tables_.expiries.erase({entry.expires_at, conversation, seq});
    tables_.entries.put({conversation, seq}, std::move(entry));
  }
}

std::size_t MemoryConversationStore::drop_expired_bodies(UnixMillis now, std::size_t limit) {
  std::vector<std::pair<ConversationId, std::uint64_t>> due;
  for (const auto& [place, nothing] : tables_.expiries.rows()) {
    if (due.size() == limit || std::get<0>(place) > now) break;
    due.emplace_back(std::get<1>(place), std::get<2>(place));
  }
  for (const auto& [conversation, seq] : due) drop_bodies(conversation, std::span(&seq, 1));
  return due.size();
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
