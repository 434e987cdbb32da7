#pragma once

#include "service/logins.h"
#include "service/passwords.h"
#include "wire/account.h"

namespace sotto::service {

/// Creates accounts. `Rules` tells in which order and where the steps run.
class Registration {
 public:
  /// Both are borrowed for the object's life.
  Registration(const Passwords& passwords, const Logins& logins) : passwords_(passwords), logins_(logins) {}

  /// Brings the name into lower case and checks everything that needs no stored state: the name's syntax, the
  /// password's length, that the list is canonical, signed by the account key, of version 1 and holds exactly the
  /// device, that all keys are acceptable and all prekeys signed by the device. Up to 42 signatures (3 ms), so not for
  /// a thread that others wait for.
  [[nodiscard]] std::expected<Checked<wire::Register>, Refusal> check(wire::Register request) const;

  /// In a reading unit. `name_taken` or `conflict` if something else is there; a repeat compares passwords.
  [[nodiscard]] std::expected<PasswordTask, Refusal> prepare(UnitOfWork& unit,
                                                             const Checked<wire::Register>& request) const;

  /// In a writing unit: inserts the account, or for a repeat leaves it as it is, and opens a login.
  [[nodiscard]] Outcome<wire::SignedIn> complete(UnitOfWork& unit, const Checked<wire::Register>& request,
                                                 const PasswordProof& proof, const Moment& moment) const;

 private:
  const Passwords& passwords_;
  const Logins& logins_;
};

}  // namespace sotto::service
