#pragma once

#include "service/context.h"
#include "wire/account.h"
#include "wire/privacy.h"

namespace sotto::service {

/// Accounts that one account blocks; what `wire::Blocked` can hold.
inline constexpr std::size_t max_blocked = wire::max_members;

/// What accounts show of themselves, and to whom they show nothing (threat 24).
class PrivacySettings {
 public:
  /// Hiding the presence also forgets when the account was last seen, and ends all watches of it and by it at once.
  [[nodiscard]] Outcome<wire::Done> set(UnitOfWork& unit, const Caller& caller, const wire::SetPrivacy& request,
                                        const Moment& moment) const;
  [[nodiscard]] Outcome<wire::Privacy> get(UnitOfWork& unit, const Caller& caller, const wire::GetPrivacy& request,
                                           const Moment& moment) const;
  /// Those of the named accounts whose presence the caller may see, with what is stored of them. The gateway fills in
  /// who is online, which only it knows.
  [[nodiscard]] Outcome<wire::Presences> watch(UnitOfWork& unit, const Caller& caller,
                                               const wire::WatchPresence& request, const Moment& moment) const;
  /// `invalid_value` for oneself, `not_found` for an account to be blocked that does not exist, `limit_reached` beyond
  /// `max_blocked`.
  [[nodiscard]] Outcome<wire::Done> set_blocked(UnitOfWork& unit, const Caller& caller, const wire::SetBlocked& request,
                                                const Moment& moment) const;
  [[nodiscard]] Outcome<wire::Blocked> list_blocked(UnitOfWork& unit, const Caller& caller,
                                                    const wire::ListBlocked& request, const Moment& moment) const;
};

/// Two accounts, of which one may be shown something of the other.
struct Regard {
  /// Of whom.
  AccountId shown;
  /// To whom.
  AccountId viewer;
};

/// Whether the viewer may be shown that the other reads. Both must share read marks, and the viewer not be blocked.
[[nodiscard]] bool shows_reading(UnitOfWork& unit, const Regard& regard);
/// Whether the viewer may be shown that the other types: as for reading, and not if the viewer is the one blocked.
[[nodiscard]] bool shows_typing(UnitOfWork& unit, const Regard& regard);
/// Takes the read marks away that the viewer may not be shown; one's own always stay. `Mark` has an account and how far
/// it has read.
template <class Mark>
void hide_read_marks(UnitOfWork& unit, AccountId viewer, std::vector<Mark>& marks) {
  for (Mark& mark : marks) {
    if (mark.read == 0 || mark.account == viewer) continue;
    if (!shows_reading(unit, {.shown = mark.account, .viewer = viewer})) mark.read = 0;
  }
}
/// Refuses, `forbidden`, what is addressed to a direct peer who blocks the sender.
[[nodiscard]] std::expected<void, Refusal> check_not_blocked(UnitOfWork& unit, const Caller& sender, AccountId peer);
/// The same for an item of a mailbox, except from who is in a group with the recipient: the keys of what a member
/// writes there travel by mailbox, and a block does not make a group unreadable.
[[nodiscard]] std::expected<void, Refusal> check_mail_is_welcome(UnitOfWork& unit, const Caller& sender,
                                                                 AccountId recipient);

/// When an account was last online, by the gateway's clock.
struct LastSeen {
  AccountId account;
  UnixMillis at;
};
/// Stores it of those who show their presence. In a writing unit, seldom: not for each connection.
void record_last_seen(UnitOfWork& unit, std::span<const LastSeen> seen);

}  // namespace sotto::service
