#pragma once

#include "service/logins.h"
#include "service/passwords.h"
#include "wire/backup.h"

namespace sotto::service {

/// Gives an account a new account key with one device, when everything is lost. The name, the id and the conversations
/// stay; what belonged to the old identity goes. Contacts are shown the change by their clients, which the server
/// cannot keep from them: the key is another one. `Rules` tells in which order and where the steps run.
class AccountReset {
 public:
  /// Both are borrowed for the object's life.
  AccountReset(const Passwords& passwords, const Logins& logins) : passwords_(passwords), logins_(logins) {}

  /// Everything that needs no stored state: that the list is version 1 without predecessor, signed by the new key, and
  /// holds exactly the device, and that the prekeys are complete and signed by it.
  [[nodiscard]] std::expected<Checked<wire::ResetAccount>, Refusal> check(wire::ResetAccount request) const;

  /// In a reading unit. Never tells whether there is such an account.
  [[nodiscard]] PasswordTask prepare(UnitOfWork& unit, const Checked<wire::ResetAccount>& request) const;

  /// In a writing unit: ends the logins, forgets prekeys, mailboxes, linkings and the backup, raises the epochs, and
  /// signs the new device in. Repeating it with the same list only signs in. `invalid_value`, after the password was
  /// right, for a list of another account, for the old key and for a device of the old list.
  [[nodiscard]] Outcome<wire::SignedIn> complete(UnitOfWork& unit, const Checked<wire::ResetAccount>& request,
                                                 const PasswordProof& proof, const Moment& moment) const;

 private:
  const Passwords& passwords_;
  const Logins& logins_;
};

}  // namespace sotto::service
