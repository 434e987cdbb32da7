#pragma once

#include "service/context.h"
#include "wire/directory.h"

namespace sotto::service {

/// Looks accounts up. Any signed-in account may look up any other; the rate limits make it slow to read them all.
class Directory {
 public:
  [[nodiscard]] Outcome<wire::AccountRecord> find(UnitOfWork& unit, const Caller& caller,
                                                  const wire::FindAccount& request, const Moment& moment) const;
  [[nodiscard]] Outcome<wire::AccountRecord> get(UnitOfWork& unit, const Caller& caller,
                                                 const wire::GetAccount& request, const Moment& moment) const;
  /// In the order asked, without those that do not exist.
  [[nodiscard]] Outcome<wire::Accounts> get_all(UnitOfWork& unit, const Caller& caller,
                                                const wire::GetAccounts& request, const Moment& moment) const;
};

/// The public part of an account.
[[nodiscard]] wire::AccountRecord record_of(const StoredAccount& account);

}  // namespace sotto::service
