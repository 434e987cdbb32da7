#pragma once

#include "service/logins.h"
#include "service/passwords.h"
#include "wire/backup.h"

namespace sotto::service {

/// Opens logins by password for devices that are not listed, so that they can restore a backup and then be listed by
/// it. What such a login may do is in `login_scopes.h`. `Rules` tells in which order and where the steps run.
class Recovery {
 public:
  /// Both are borrowed for the object's life.
  Recovery(const Passwords& passwords, const Logins& logins) : passwords_(passwords), logins_(logins) {}

  /// Refuses nothing but a device id of zero: a name that cannot exist is an unknown one.
  [[nodiscard]] std::expected<Checked<wire::Recover>, Refusal> check(wire::Recover request) const;

  /// In a reading unit. Never tells whether there is such an account.
  [[nodiscard]] PasswordTask prepare(UnitOfWork& unit, const Checked<wire::Recover>& request) const;

  /// In a writing unit. A listed device is `invalid_value`, only after the password was right: it signs in.
  [[nodiscard]] Outcome<wire::SignedIn> complete(UnitOfWork& unit, const Checked<wire::Recover>& request,
                                                 const PasswordProof& proof, const Moment& moment) const;

 private:
  const Passwords& passwords_;
  const Logins& logins_;
};

}  // namespace sotto::service
