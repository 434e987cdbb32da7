#include "storage/memory/stores.h"

namespace sotto::storage::memory {

std::optional<wire::Backup> MemoryBackupStore::find(AccountId account) {
  const wire::Backup* found = tables_.backups.find(account);
  return found != nullptr ? std::optional(*found) : std::nullopt;
}

void MemoryBackupStore::begin(AccountId account, const wire::Backup& backup) {
  remove(account);
  wire::Backup begun = backup;
  begun.packs = 0;
  begun.size = 0;
  tables_.backups.put(account, std::move(begun));
}

void MemoryBackupStore::append(AccountId account, const wire::BackupPack& pack, UnixMillis now) {
  std::optional<wire::Backup> backup = find(account);
  if (!backup) return tables_.journal.fail();
  tables_.backup_packs.insert({account, pack.number}, pack.pack);
  ++backup->packs;
  backup->size += pack.pack.size();
  backup->changed_at = now;
  tables_.backups.put(account, *std::move(backup));
}

std::vector<wire::BackupPack> MemoryBackupStore::read(AccountId account, const Range& range) {
  std::vector<wire::BackupPack> packs;
  const auto& rows = tables_.backup_packs.rows();
  std::size_t size = 0;
  for (auto row = rows.upper_bound({account, range.after});
       row != rows.end() && row->first.first == account && packs.size() < range.max_packs; ++row) {
    size += row->second.size();
    if (!packs.empty() && size > range.max_size) break;
    packs.push_back({row->first.second, row->second});
  }
  return packs;
}

void MemoryBackupStore::remove(AccountId account) {
  tables_.backup_packs.erase_if([&](const auto& key, const Bytes&) { return key.first == account; });
  tables_.backups.erase(account);
}

}  // namespace sotto::storage::memory
