#pragma once

#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "wire/privacy.h"

namespace sotto::service {

/// What accounts show of themselves, to whom they show nothing, and when they were last seen. Called and failing as the
/// stores of `stores.h`.
class PrivacyStore {
 public:
  virtual ~PrivacyStore() = default;
  /// The defaults if the account never set anything.
  [[nodiscard]] virtual wire::Privacy find(AccountId account) = 0;
  virtual void put(AccountId account, const wire::Privacy& privacy) = 0;

  struct Block {
    AccountId by;
    AccountId whom;
  };
  [[nodiscard]] virtual bool is_blocked(const Block& block) = 0;
  /// Adding one that is there changes nothing.
  virtual void add_block(const Block& block) = 0;
  /// Removing one that is not there changes nothing.
  virtual void remove_block(const Block& block) = 0;
  /// Whom the account blocks, in ascending order of id.
  [[nodiscard]] virtual std::vector<AccountId> blocked_by(AccountId account) = 0;

  /// Zero if that is not known.
  [[nodiscard]] virtual UnixMillis last_seen(AccountId account) = 0;
  /// Zero forgets it.
  virtual void put_last_seen(AccountId account, UnixMillis at) = 0;

  struct Pair {
    AccountId left;
    AccountId right;
  };
  /// Whether both are members of one conversation, now.
  [[nodiscard]] virtual bool are_companions(const Pair& pair) = 0;
};

}  // namespace sotto::service
