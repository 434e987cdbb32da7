#include "service/signing_in.h"

#include "service/account_names.h"
#include "service/device_lists.h"

namespace sotto::service {

Checked<wire::SignIn> SigningIn::check(wire::SignIn request) const {
  // No account has the empty name.
  request.name = account_name(request.name).value_or(std::string());
  return Checked<wire::SignIn>(std::move(request));
}

PasswordTask SigningIn::prepare(UnitOfWork& unit, const Checked<wire::SignIn>& request) const {
  const std::optional<StoredAccount> account = unit.accounts().find_by_name(request.request().name);
  return passwords_.compare_with(account ? &*account : nullptr);
}

Outcome<wire::SignedIn> SigningIn::complete(UnitOfWork& unit, const Checked<wire::SignIn>& checked,
                                            const PasswordProof& proof, const Moment& moment) const {
  const wire::SignIn& request = checked.request();
  const std::optional<StoredAccount> account = unit.accounts().find_by_name(request.name);
  if (!account || !Passwords::accept(unit, *account, proof)) {
    return refuse(wire::ErrorCode::wrong_credentials, "no account has this name and password");
  }
  const std::optional<wire::DeviceList> list = stored_device_list(*account);
  if (!list || find_device(*list, request.device) == nullptr) {
    return refuse(wire::ErrorCode::device_not_listed, "the device is not on the account's list", "device");
  }
  return logins_.open(unit, *account, request.device, moment);
}

}  // namespace sotto::service
