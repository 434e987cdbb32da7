#pragma once

#include "service/context.h"
#include "wire/account.h"

namespace sotto::service {

/// Keeps the signed device lists.
class Devices {
 public:
  /// Replaces the caller's list by its successor: signed by the account key, one version higher, naming the hash of
  /// the stored one, with the caller's own device still on it. Devices that leave lose their logins, prekeys and
  /// mailboxes in the same unit, and the epochs of all the account's conversations rise. Publishing the stored list
  /// again changes nothing.
  [[nodiscard]] Outcome<wire::Done> publish(UnitOfWork& unit, const Caller& caller,
                                            const wire::PublishDeviceList& request, const Moment& moment) const;
};

/// Forgets the prekeys, the mailbox and the open linkings of a device that is no longer listed.
void forget_device(UnitOfWork& unit, AccountId account, DeviceId device);

/// Raises the epochs of all conversations of an account whose devices changed, and tells their members.
void raise_epochs(UnitOfWork& unit, AccountId account, std::vector<Notice>& notices);

}  // namespace sotto::service
