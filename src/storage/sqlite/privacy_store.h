#pragma once

#include "service/ports/privacy_store.h"
#include "storage/sqlite/identities.h"

namespace sotto::storage::sqlite {

/// Whether accounts block each other, as the one writer of a database saw it last, because every message asks.
class RecentBlocks final : public Follower {
 public:
  using Block = std::pair<AccountId, AccountId>;

  explicit RecentBlocks(WriteScope& scope);

  [[nodiscard]] const bool* find(const Block& block) { return blocks_.find(block); }
  void put(const Block& block, bool blocked) { blocks_.put(block, blocked); }
  /// The unit changes it.
  void will_change(const Block& block);

  void keep() override { changed_.clear(); }
  void undo() override;
  void forget() override;

 private:
  RecentMap<Block, bool> blocks_;
  std::vector<Block> changed_;
};

class SqlitePrivacyStore final : public service::PrivacyStore {
 public:
  /// `recent` is null for a reader, which does not see changes.
  struct Parts {
    Connection& connection;
    WriteScope& scope;
    Identities& identities;
    RecentBlocks* recent;
  };

  explicit SqlitePrivacyStore(const Parts& parts)
      : connection_(parts.connection), scope_(parts.scope), identities_(parts.identities), recent_(parts.recent) {}

  wire::Privacy find(AccountId account) override;
  void put(AccountId account, const wire::Privacy& privacy) override;
  bool is_blocked(const Block& block) override;
  void add_block(const Block& block) override;
  void remove_block(const Block& block) override;
  std::vector<AccountId> blocked_by(AccountId account) override;
  UnixMillis last_seen(AccountId account) override;
  void put_last_seen(AccountId account, UnixMillis at) override;
  bool are_companions(const Pair& pair) override;

 private:
  [[nodiscard]] bool read_block(const Block& block);

  Connection& connection_;
  WriteScope& scope_;
  Identities& identities_;
  RecentBlocks* recent_;
};

}  // namespace sotto::storage::sqlite
