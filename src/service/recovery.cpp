#include "service/recovery.h"

#include "service/account_names.h"
#include "service/device_lists.h"

namespace sotto::service {

std::expected<Checked<wire::Recover>, Refusal> Recovery::check(wire::Recover request) const {
  if (request.device.is_zero()) return refuse(wire::ErrorCode::invalid_value, "the device's id is zero", "device");
  // No account has the empty name.
  request.name = account_name(request.name).value_or(std::string());
  return Checked<wire::Recover>(std::move(request));
}

PasswordTask Recovery::prepare(UnitOfWork& unit, const Checked<wire::Recover>& request) const {
  const std::optional<StoredAccount> account = unit.accounts().find_by_name(request.request().name);
  return passwords_.compare_with(account ? &*account : nullptr);
}

Outcome<wire::SignedIn> Recovery::complete(UnitOfWork& unit, const Checked<wire::Recover>& checked,
                                           const PasswordProof& proof, const Moment& moment) const {
  const wire::Recover& request = checked.request();
  const std::optional<StoredAccount> account = unit.accounts().find_by_name(request.name);
  if (!account || !Passwords::accept(unit, *account, proof)) {
    return refuse(wire::ErrorCode::wrong_credentials, "no account has this name and password");
  }
  const std::optional<wire::DeviceList> list = stored_device_list(*account);
  if (!list || find_device(*list, request.device) != nullptr) {
    return refuse(wire::ErrorCode::invalid_value, "the device is on the account's list; it signs in", "device");
  }
  Accepted<wire::SignedIn> accepted = logins_.open_for_recovery(unit, *account, request.device, moment);
  accepted.events.push_back({.kind = SecurityEventKind::recovery_began,
                             .at = moment.now,
                             .account = account->account,
                             .device = request.device,
                             .login = accepted.answer.login,
                             .address = {}});
  return accepted;
}

}  // namespace sotto::service
