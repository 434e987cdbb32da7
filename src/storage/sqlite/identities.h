#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "storage/sqlite/recent_map.h"
#include "storage/sqlite/write_scope.h"

namespace sotto::storage::sqlite {

/// Row number in `account_ids`.
enum class AccountNumber : std::int64_t {};
/// Row number in `devices`: a device of one account.
enum class DeviceNumber : std::int64_t {};

/// The row numbers that stand for accounts and devices. Remembers the recent ones: a number never changes.
class Identities final : public Follower {
 public:
  using Address = std::pair<AccountId, DeviceId>;

  Identities(Connection& connection, WriteScope& scope);

  [[nodiscard]] std::optional<AccountNumber> find(const AccountId& account);
  [[nodiscard]] std::optional<DeviceNumber> find(const Address& address);

  /// Gives a number to an account or device that has none. After a failure the number means nothing.
  AccountNumber number_of(const AccountId& account);
  DeviceNumber number_of(const Address& address);

  void keep() override;
  void undo() override;
  void forget() override;

 private:
  Connection& connection_;
  WriteScope& scope_;
  RecentMap<AccountId, AccountNumber> accounts_;
  RecentMap<Address, DeviceNumber> devices_;
  std::vector<AccountId> new_accounts_;
  std::vector<Address> new_devices_;
};

}  // namespace sotto::storage::sqlite
