#pragma once

#include "service/context.h"
#include "wire/prekeys.h"

namespace sotto::service {

/// The owner is told when a stock falls below this.
inline constexpr std::uint32_t low_prekey_stock = 20;

/// Keeps and hands out prekeys. Clients check every signature again; the server does so that a faulty client learns of
/// its mistake and not its peers.
class Prekeys {
 public:
  /// Checks the keys and signatures of an upload (up to 42 signatures, 3 ms) against the caller's device on the stored
  /// list. Runs in a reading unit, so that nobody's message waits for it.
  [[nodiscard]] std::expected<Checked<wire::PublishPrekeys>, Refusal> check(UnitOfWork& unit, const Caller& caller,
                                                                            wire::PublishPrekeys request) const;
  /// `limit_reached` if the stock would exceed `wire::max_stored_prekeys` of a kind.
  [[nodiscard]] Outcome<wire::PrekeyStock> publish(UnitOfWork& unit, const Caller& caller,
                                                   const Checked<wire::PublishPrekeys>& request,
                                                   const Moment& moment) const;
  [[nodiscard]] Outcome<wire::PrekeyStock> stock(UnitOfWork& unit, const Caller& caller,
                                                 const wire::GetPrekeyStock& request, const Moment& moment) const;
  /// Hands each one-time prekey out once. The owner's device is told once when a stock falls below
  /// `low_prekey_stock`.
  [[nodiscard]] Outcome<wire::PrekeyBundles> claim(UnitOfWork& unit, const Caller& caller,
                                                   const wire::ClaimPrekeys& request, const Moment& moment) const;
};

/// Writes prekeys that were checked.
void store_prekeys(UnitOfWork& unit, AccountId account, DeviceId device, const wire::PublishPrekeys& prekeys);

}  // namespace sotto::service
