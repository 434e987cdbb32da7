#pragma once

#include "service/logins.h"
#include "wire/link.h"

namespace sotto::service {

/// How long a linking lasts.
inline constexpr Milliseconds link_lifetime = minutes(10);
/// Linkings that are open at the same time on the whole server. Anyone may begin one, so this and `max_link_octets`
/// bound what strangers can have stored: 64 MiB for each side.
inline constexpr std::size_t max_open_links = 1'000;
/// Octets of the boxes that one side of a linking leaves.
inline constexpr std::size_t max_link_octets = 64 * 1024;

/// Passes boxes between a new device, which shows a claim, and a linked one, which is signed in; then opens a login for
/// the new one. The server cannot read the boxes and vouches for nothing: a device is added by the signed list alone
/// (threats 6, 23). A link that is not there, one that is over and one that is somebody else's are told apart by
/// nobody: all are `not_found`.
class Linking {
 public:
  /// Borrowed for the object's life.
  explicit Linking(const Logins& logins) : logins_(logins) {}

  /// `limit_reached` if `max_open_links` are open; `conflict` if the link is there with another claim.
  [[nodiscard]] Outcome<wire::Done> begin(UnitOfWork& unit, const wire::BeginLink& request, const Moment& moment) const;
  /// With a claim for the new device, else for the caller: `unauthenticated` if there is neither. The first caller to
  /// post is the only one that may.
  [[nodiscard]] Outcome<wire::Done> post(UnitOfWork& unit, const std::optional<Caller>& caller,
                                         const wire::PostLink& request, const Moment& moment) const;
  [[nodiscard]] Outcome<wire::LinkBoxes> read(UnitOfWork& unit, const std::optional<Caller>& caller,
                                              const wire::ReadLink& request, const Moment& moment) const;
  /// `device_not_listed` unless the device is on the caller's stored list; `conflict` if another one was approved.
  [[nodiscard]] Outcome<wire::Done> approve(UnitOfWork& unit, const Caller& caller, const wire::ApproveLink& request,
                                            const Moment& moment) const;
  /// `forbidden` until the link is approved. The login that a former answer opened ends.
  [[nodiscard]] Outcome<wire::SignedIn> finish(UnitOfWork& unit, const wire::FinishLink& request,
                                               const Moment& moment) const;

 private:
  const Logins& logins_;
};

}  // namespace sotto::service
