#include "storage/memory/stores.h"

namespace sotto::storage::memory {

wire::Privacy MemoryPrivacyStore::find(AccountId account) {
  const wire::Privacy* found = tables_.privacy.find(account);
  return found != nullptr ? *found : wire::Privacy{};
}

void MemoryPrivacyStore::put(AccountId account, const wire::Privacy& privacy) { tables_.privacy.put(account, privacy); }

bool MemoryPrivacyStore::is_blocked(const Block& block) { return tables_.blocks.contains({block.by, block.whom}); }

void MemoryPrivacyStore::add_block(const Block& block) { tables_.blocks.put({block.by, block.whom}, {}); }

void MemoryPrivacyStore::remove_block(const Block& block) { tables_.blocks.erase({block.by, block.whom}); }

std::vector<AccountId> MemoryPrivacyStore::blocked_by(AccountId account) {
  std::vector<AccountId> blocked;
  const auto& rows = tables_.blocks.rows();
  for (auto row = rows.lower_bound({account, AccountId{}}); row != rows.end() && row->first.first == account; ++row) {
    blocked.push_back(row->first.second);
  }
  return blocked;
}

UnixMillis MemoryPrivacyStore::last_seen(AccountId account) {
  const UnixMillis* found = tables_.last_seen.find(account);
  return found != nullptr ? *found : UnixMillis{};
}

void MemoryPrivacyStore::put_last_seen(AccountId account, UnixMillis at) {
  if (at == UnixMillis{}) {
    tables_.last_seen.erase(account);
  } else {
    tables_.last_seen.put(account, at);
  }
}

bool MemoryPrivacyStore::are_companions(const Pair& pair) {
  const auto is_in = [&](AccountId account, ConversationId conversation) {
    const service::StoredMember* member = tables_.members.find({conversation, account});
    return member != nullptr && !member->departure;
  };
  const auto& rows = tables_.memberships.rows();
  for (auto row = rows.lower_bound({pair.left, ConversationId{}}); row != rows.end() && row->first.first == pair.left;
       ++row) {
    if (is_in(pair.left, row->first.second) && is_in(pair.right, row->first.second)) return true;
  }
  return false;
}

}  // namespace sotto::storage::memory
