#pragma once

#include "service/context.h"
#include "wire/account.h"
#include "wire/mailbox.h"

namespace sotto::service {

/// Items that wait for one device; more are refused.
inline constexpr std::size_t max_mailbox_items = 10'000;
/// How long an item waits.
inline constexpr Milliseconds mailbox_item_lifetime = days(30);

class Mailboxes {
 public:
  /// Any signed-in account may post to any listed device: sessions begin here.
  [[nodiscard]] Outcome<wire::Done> post(UnitOfWork& unit, const Caller& caller, const wire::PostMailbox& request,
                                         const Moment& moment) const;
  /// All or none, except that items of devices which are not listed, or whose mailbox is full, are left out: one member
  /// that never empties its mailbox must not keep a group from sharing its keys.
  [[nodiscard]] Outcome<wire::Done> post_all(UnitOfWork& unit, const Caller& caller, const wire::PostMailboxes& request,
                                             const Moment& moment) const;
  [[nodiscard]] Outcome<wire::MailboxPage> read(UnitOfWork& unit, const Caller& caller,
                                                const wire::ReadMailbox& request, const Moment& moment) const;
  [[nodiscard]] Outcome<wire::Done> acknowledge(UnitOfWork& unit, const Caller& caller,
                                                const wire::AcknowledgeMailbox& request, const Moment& moment) const;
};

}  // namespace sotto::service
