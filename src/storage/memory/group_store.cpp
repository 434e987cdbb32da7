#include <algorithm>

#include "storage/memory/stores.h"

namespace sotto::storage::memory {

using service::StoredConversation;
using service::StoredMember;

std::optional<Bytes> MemoryGroupStore::find_state(ConversationId conversation) {
  const Bytes* found = tables_.group_states.find(conversation);
  return found != nullptr ? std::optional(*found) : std::nullopt;
}

void MemoryGroupStore::apply(const service::GroupUpdate& update) {
  const StoredConversation* found = tables_.conversations.find(update.conversation);
  if (found == nullptr) return tables_.journal.fail();
  StoredConversation stored = *found;
  ++stored.epoch;
  stored.chain_length = update.chain_length;
  stored.closed = update.closed;
  change_members(update);
  const auto& members = tables_.members.rows();
  stored.member_count = 0;
  for (auto row = members.lower_bound({update.conversation, AccountId{}});
       row != members.end() && row->first.first == update.conversation; ++row) {
    if (!row->second.departure) ++stored.member_count;
  }
  tables_.conversations.put(update.conversation, stored);
  tables_.group_events.insert({update.conversation, update.chain_length}, update.seq);
  tables_.group_states.put(update.conversation, update.state);
}

void MemoryGroupStore::change_members(const service::GroupUpdate& update) {
  for (const StoredMember& member : update.joined) {
    tables_.members.put({update.conversation, member.account}, member);
    tables_.memberships.put({member.account, update.conversation}, {});
  }
  const auto change = [&](AccountId account, auto set) {
    const StoredMember* member = tables_.members.find({update.conversation, account});
    if (member == nullptr) return;
    StoredMember changed = *member;
    set(changed);
    tables_.members.put({update.conversation, account}, changed);
  };
  for (const AccountId account : update.left) {
    change(account,
           [&](StoredMember& member) { member.departure = {.seq = update.seq, .chain_length = update.chain_length}; });
  }
  for (const wire::RoleChanged& role : update.roles) {
    change(role.account, [&](StoredMember& member) { member.role = role.role; });
  }
}

std::vector<Bytes> MemoryGroupStore::read_chain(const ChainRange& range) {
  std::vector<Bytes> events;
  const auto& rows = tables_.group_events.rows();
  std::size_t size = 0;
  for (auto row = rows.upper_bound({range.conversation, range.after});
       row != rows.end() && row->first.first == range.conversation && row->first.second <= range.last &&
       events.size() < range.max_events;
       ++row) {
    const wire::LogEntry* entry = tables_.entries.find({range.conversation, row->second});
    if (entry == nullptr) break;
    size += entry->body.size();
    if (!events.empty() && size > range.max_size) break;
    events.push_back(entry->body);
  }
  return events;
}

std::vector<wire::JoinRequest> MemoryGroupStore::join_requests(ConversationId conversation) {
  std::vector<wire::JoinRequest> requests;
  const auto& rows = tables_.join_requests.rows();
  for (auto row = rows.lower_bound({conversation, AccountId{}}); row != rows.end() && row->first.first == conversation;
       ++row) {
    requests.push_back(row->second);
  }
  std::ranges::stable_sort(requests, {}, &wire::JoinRequest::asked_at);
  return requests;
}

void MemoryGroupStore::insert_join_request(ConversationId conversation, const wire::JoinRequest& request) {
  if (!tables_.join_requests.contains({conversation, request.account})) {
    tables_.join_requests.put({conversation, request.account}, request);
  }
}

bool MemoryGroupStore::remove_join_request(ConversationId conversation, AccountId account) {
  return tables_.join_requests.erase({conversation, account});
}

}  // namespace sotto::storage::memory
