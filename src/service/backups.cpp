#include "service/backups.h"

namespace sotto::service {
namespace {

using wire::ErrorCode;

SecurityEvent event_of(SecurityEventKind kind, const Caller& caller, UnixMillis now) {
  return {.kind = kind,
          .at = now,
          .account = caller.account,
          .device = caller.device,
          .login = caller.login,
          .address = {}};
}

std::unexpected<Refusal> no_backup() {
  return refuse(ErrorCode::not_found, "the account has no such backup", "backup");
}

/// The present generation, if it is the one that the request names.
std::expected<wire::Backup, Refusal> find_generation(UnitOfWork& unit, const Caller& caller, BackupId generation) {
  std::optional<wire::Backup> backup = unit.backups().find(caller.account);
  if (!backup || backup->backup != generation) return no_backup();
  return *std::move(backup);
}

/// What deletes a backup must not come from a device that was removed while its request waited.
std::expected<void, Refusal> check_signed_in(UnitOfWork& unit, const Caller& caller) {
  if (unit.logins().find(caller.login)) return {};
  return refuse(ErrorCode::token_revoked, "the login has ended");
}

/// A number that is taken: granted if it is by the same pack.
Outcome<wire::Done> repeat(UnitOfWork& unit, const Caller& caller, const wire::AppendBackup& request) {
  const auto there = unit.backups().read(caller.account, {.after = request.number - 1, .max_packs = 1});
  if (there.size() == 1 && there.front().pack == request.pack) return Accepted<wire::Done>{};
  return refuse(ErrorCode::conflict, "another pack has this number", "number");
}

}  // namespace

Outcome<wire::Done> Backups::put(UnitOfWork& unit, const Caller& caller, const wire::PutBackup& request,
                                 const Moment& moment) const {
  if (request.backup.is_zero()) return refuse(ErrorCode::invalid_value, "the backup's id is zero", "backup");
  if (request.header.empty()) return refuse(ErrorCode::invalid_value, "the header is empty", "header");
  if (auto open = check_signed_in(unit, caller); !open) return std::unexpected(std::move(open.error()));
  const std::optional<wire::Backup> there = unit.backups().find(caller.account);
  if (there && there->backup == request.backup) {
    if (there->header == request.header) return Accepted<wire::Done>{};
    return refuse(ErrorCode::conflict, "the backup exists with another header", "header");
  }
  unit.backups().begin(caller.account, {.backup = request.backup, .header = request.header, .changed_at = moment.now});
  return Accepted<wire::Done>{{}, {}, {event_of(SecurityEventKind::backup_replaced, caller, moment.now)}};
}

Outcome<wire::Backup> Backups::get(UnitOfWork& unit, const Caller& caller, const wire::GetBackup& /*request*/,
                                   const Moment& moment) const {
  std::optional<wire::Backup> backup = unit.backups().find(caller.account);
  if (!backup) return no_backup();
  return Accepted<wire::Backup>{
      *std::move(backup), {}, {event_of(SecurityEventKind::backup_opened, caller, moment.now)}};
}

Outcome<wire::Done> Backups::append(UnitOfWork& unit, const Caller& caller, const wire::AppendBackup& request,
                                    const Moment& moment) const {
  if (request.pack.empty()) return refuse(ErrorCode::invalid_value, "the pack is empty", "pack");
  const auto backup = find_generation(unit, caller, request.backup);
  if (!backup) return std::unexpected(backup.error());
  if (request.number == 0 || request.number > backup->packs + 1) {
    return refuse(ErrorCode::invalid_value, "packs are numbered 1, 2, 3 without a gap", "number");
  }
  if (request.number <= backup->packs) return repeat(unit, caller, request);
  if (backup->packs >= max_backup_packs || backup->size + request.pack.size() > wire::max_backup_size) {
    return refuse(ErrorCode::limit_reached, "the backup is full; begin a new one", "pack");
  }
  unit.backups().append(caller.account, {request.number, request.pack}, moment.now);
  return Accepted<wire::Done>{};
}

Outcome<wire::BackupPage> Backups::read(UnitOfWork& unit, const Caller& caller, const wire::ReadBackup& request,
                                        const Moment& /*moment*/) const {
  const auto backup = find_generation(unit, caller, request.backup);
  if (!backup) return std::unexpected(backup.error());
  Accepted<wire::BackupPage> accepted;
  wire::BackupPage& page = accepted.answer;
  page.packs = unit.backups().read(caller.account, {.after = request.after});
  page.more = !page.packs.empty() && page.packs.back().number < backup->packs;
  return accepted;
}

Outcome<wire::Done> Backups::remove(UnitOfWork& unit, const Caller& caller, const wire::DeleteBackup& /*request*/,
                                    const Moment& moment) const {
  if (auto open = check_signed_in(unit, caller); !open) return std::unexpected(std::move(open.error()));
  if (!unit.backups().find(caller.account)) return Accepted<wire::Done>{};
  unit.backups().remove(caller.account);
  return Accepted<wire::Done>{{}, {}, {event_of(SecurityEventKind::backup_deleted, caller, moment.now)}};
}

}  // namespace sotto::service
