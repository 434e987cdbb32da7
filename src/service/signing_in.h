#pragma once

#include "service/logins.h"
#include "service/passwords.h"
#include "wire/account.h"

namespace sotto::service {

/// Opens logins by password. `Rules` tells in which order and where the steps run.
class SigningIn {
 public:
  /// Both are borrowed for the object's life.
  SigningIn(const Passwords& passwords, const Logins& logins) : passwords_(passwords), logins_(logins) {}

  /// Brings the name into the form in which it is stored. Refuses nothing: a name that cannot exist is an unknown one.
  [[nodiscard]] Checked<wire::SignIn> check(wire::SignIn request) const;

  /// In a reading unit. Never tells whether there is such an account.
  [[nodiscard]] PasswordTask prepare(UnitOfWork& unit, const Checked<wire::SignIn>& request) const;

  /// In a writing unit. `device_not_listed` only after the password was right.
  [[nodiscard]] Outcome<wire::SignedIn> complete(UnitOfWork& unit, const Checked<wire::SignIn>& request,
                                                 const PasswordProof& proof, const Moment& moment) const;

 private:
  const Passwords& passwords_;
  const Logins& logins_;
};

}  // namespace sotto::service
