#include "storage/sqlite/privacy_store.h"

namespace sotto::storage::sqlite {

namespace {

wire::Audience audience(const Statement& row, int column) {
  return row.integer(column) == 0 ? wire::Audience::companions : wire::Audience::nobody;
}

constexpr std::size_t remembered_blocks = 32'768;

}  // namespace

RecentBlocks::RecentBlocks(WriteScope& scope) : blocks_(remembered_blocks) { scope.add(*this); }

void RecentBlocks::will_change(const Block& block) {
  blocks_.erase(block);
  changed_.push_back(block);
}

void RecentBlocks::undo() {
  for (const Block& block : changed_) blocks_.erase(block);
  changed_.clear();
}

void RecentBlocks::forget() {
  changed_.clear();
  blocks_.clear();
}

wire::Privacy SqlitePrivacyStore::find(AccountId account) {
  const std::optional<AccountNumber> number = identities_.find(account);
  if (!number) return {};
  Statement row = connection_.statement("SELECT presence, read_receipts, typing FROM privacy WHERE account = ?1");
  if (!row.bind(*number).step()) return {};
  return {.presence = audience(row, 0), .read_receipts = audience(row, 1), .typing = audience(row, 2)};
}

void SqlitePrivacyStore::put(AccountId account, const wire::Privacy& privacy) {
  const AccountNumber number = identities_.number_of(account);
  scope_.before_write();
  connection_
      .statement("INSERT OR REPLACE INTO privacy (account, presence, read_receipts, typing) VALUES (?1, ?2, ?3, ?4)")
      .run(number, privacy.presence, privacy.read_receipts, privacy.typing);
}

bool SqlitePrivacyStore::is_blocked(const Block& block) {
  if (recent_ == nullptr) return read_block(block);
  const RecentBlocks::Block key(block.by, block.whom);
  if (const bool* known = recent_->find(key)) return *known;
  const bool blocked = read_block(block);
  // What could not be read must not be remembered.
  if (!connection_.has_failed()) recent_->put(key, blocked);
  return blocked;
}

bool SqlitePrivacyStore::read_block(const Block& block) {
  const std::optional<AccountNumber> by = identities_.find(block.by);
  const std::optional<AccountNumber> whom = identities_.find(block.whom);
  if (!by || !whom) return false;
  Statement row = connection_.statement("SELECT 1 FROM blocks WHERE account = ?1 AND blocked = ?2");
  return row.bind(*by, *whom).step();
}

void SqlitePrivacyStore::add_block(const Block& block) {
  const AccountNumber by = identities_.number_of(block.by);
  const AccountNumber whom = identities_.number_of(block.whom);
  scope_.before_write();
  if (recent_ != nullptr) recent_->will_change({block.by, block.whom});
  connection_.statement("INSERT OR IGNORE INTO blocks (account, blocked) VALUES (?1, ?2)").run(by, whom);
}

void SqlitePrivacyStore::remove_block(const Block& block) {
  const std::optional<AccountNumber> by = identities_.find(block.by);
  const std::optional<AccountNumber> whom = identities_.find(block.whom);
  if (!by || !whom) return;
  scope_.before_write();
  if (recent_ != nullptr) recent_->will_change({block.by, block.whom});
  connection_.statement("DELETE FROM blocks WHERE account = ?1 AND blocked = ?2").run(*by, *whom);
}

std::vector<AccountId> SqlitePrivacyStore::blocked_by(AccountId account) {
  std::vector<AccountId> blocked;
  const std::optional<AccountNumber> number = identities_.find(account);
  if (!number) return blocked;
  Statement row = connection_.statement(
      "SELECT i.account FROM blocks AS b JOIN account_ids AS i ON i.number = b.blocked"
      " WHERE b.account = ?1 ORDER BY i.account");
  row.bind(*number);
  while (row.step()) blocked.push_back(row.fixed<AccountId>(0));
  return blocked;
}

UnixMillis SqlitePrivacyStore::last_seen(AccountId account) {
  const std::optional<AccountNumber> number = identities_.find(account);
  if (!number) return {};
  Statement row = connection_.statement("SELECT at FROM last_seen WHERE account = ?1");
  return row.bind(*number).step() ? row.time(0) : UnixMillis{};
}

void SqlitePrivacyStore::put_last_seen(AccountId account, UnixMillis at) {
  const std::optional<AccountNumber> number = identities_.find(account);
  if (!number) return;
  scope_.before_write();
  if (at == UnixMillis{}) {
    connection_.statement("DELETE FROM last_seen WHERE account = ?1").run(*number);
  } else {
    connection_.statement("INSERT OR REPLACE INTO last_seen (account, at) VALUES (?1, ?2)").run(*number, at);
  }
}

bool SqlitePrivacyStore::are_companions(const Pair& pair) {
  const std::optional<AccountNumber> left = identities_.find(pair.left);
  const std::optional<AccountNumber> right = identities_.find(pair.right);
  if (!left || !right) return false;
  Statement row = connection_.statement(
      "SELECT 1 FROM members AS a JOIN members AS b ON b.conversation = a.conversation AND b.account = ?2"
      " WHERE a.account = ?1 AND a.left_seq IS NULL AND b.left_seq IS NULL LIMIT 1");
  return row.bind(*left, *right).step();
}

}  // namespace sotto::storage::sqlite
