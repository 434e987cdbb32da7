#pragma once

#include "service/context.h"
#include "wire/backup.h"

namespace sotto::service {

/// Packs of one backup; with `wire::max_backup_size` what an account can have stored.
inline constexpr std::uint32_t max_backup_packs = 65'536;

/// Keeps each account's encrypted backup. Everything acts on the caller's own account; the header and the packs are
/// opaque, and a client believes none of them before their keys check (threat 6).
class Backups {
 public:
  /// Begins a generation in place of the one before. `conflict` if the present one has this name and another header.
  [[nodiscard]] Outcome<wire::Done> put(UnitOfWork& unit, const Caller& caller, const wire::PutBackup& request,
                                        const Moment& moment) const;
  /// Each time is written into the operator's log: with the header one can begin to guess a passphrase.
  [[nodiscard]] Outcome<wire::Backup> get(UnitOfWork& unit, const Caller& caller, const wire::GetBackup& request,
                                          const Moment& moment) const;
  /// `not_found` for another generation than the present one; `conflict` if the number is taken by another pack;
  /// `limit_reached` beyond `wire::max_backup_size` or `max_backup_packs`.
  [[nodiscard]] Outcome<wire::Done> append(UnitOfWork& unit, const Caller& caller, const wire::AppendBackup& request,
                                           const Moment& moment) const;
  [[nodiscard]] Outcome<wire::BackupPage> read(UnitOfWork& unit, const Caller& caller, const wire::ReadBackup& request,
                                               const Moment& moment) const;
  [[nodiscard]] Outcome<wire::Done> remove(UnitOfWork& unit, const Caller& caller, const wire::DeleteBackup& request,
                                           const Moment& moment) const;
};

}  // namespace sotto::service
