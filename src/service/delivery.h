#pragma once

#include "service/context.h"
#include "wire/account.h"
#include "wire/conversation.h"

namespace sotto::service {

/// The way of a message: accepted, appended once, shown to the members.
///
/// `send` does not look the caller's device up in the device list. A login exists only as long as its device is listed,
/// and removing a device ends its logins and raises the epoch in one unit; so what a removed device sends is refused at
/// the door, or, if it was already queued, by its stale epoch. Receivers check the sender against the signed list
/// themselves and believe no server in this.
class Delivery {
 public:
  /// One durable row whatever the number of members. A repeat of (conversation, device, message id) gets the first
  /// answer, also when the epoch has risen since.
  [[nodiscard]] Outcome<wire::Sent> send(UnitOfWork& unit, const Caller& caller, const wire::Send& request,
                                         const Moment& moment) const;
  [[nodiscard]] Outcome<wire::LogPage> read_log(UnitOfWork& unit, const Caller& caller, const wire::ReadLog& request,
                                                const Moment& moment) const;
  /// Marks only rise, and not above the head.
  [[nodiscard]] Outcome<wire::Done> mark(UnitOfWork& unit, const Caller& caller, const wire::Mark& request,
                                         const Moment& moment) const;
  /// Tells the other members; nothing is stored.
  [[nodiscard]] Outcome<wire::Done> set_typing(UnitOfWork& unit, const Caller& caller, const wire::SetTyping& request,
                                               const Moment& moment) const;
};

}  // namespace sotto::service
