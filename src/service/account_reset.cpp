#include "service/account_reset.h"

#include "service/account_names.h"
#include "service/device_lists.h"
#include "service/devices.h"
#include "service/prekey_checks.h"
#include "service/prekeys.h"
#include "service/transparency_log.h"
#include "wire/binary.h"

namespace sotto::service {
namespace {

using wire::ErrorCode;

/// The list, checked as far as it can be without the stored account: whose it says it is, it may not be.
std::expected<wire::DeviceList, Refusal> check_list(const wire::ResetAccount& request) {
  const auto claimed = wire::decode_canonical<wire::DeviceList>(request.device_list.list);
  if (!claimed) return refuse(ErrorCode::malformed, wire::explain(claimed.error()), list_field);
  auto list = open_device_list(request.device_list, claimed->account, request.account_key);
  if (!list) return list;
  if (auto checked = check_first_list(*list, request.device); !checked) {
    return std::unexpected(std::move(checked.error()));
  }
  return list;
}

std::expected<void, Refusal> check_identity(const StoredAccount& account, const wire::DeviceList& stored,
                                            const wire::ResetAccount& request) {
  const auto list = wire::decode<wire::DeviceList>(request.device_list.list);
  if (!list || list->account != account.account) {
    return refuse(ErrorCode::invalid_value, "the list is another account's", list_field);
  }
  if (request.account_key == account.account_key) {
    return refuse(ErrorCode::invalid_value, "the account has this key already", "account_key");
  }
  if (find_device(stored, request.device) != nullptr) {
    return refuse(ErrorCode::invalid_value, "the device is on the old list", "device");
  }
  return {};
}

/// Everything that belonged to the old identity.
void forget_old(UnitOfWork& unit, const StoredAccount& account, const wire::DeviceList& stored,
                std::vector<Notice>& notices) {
  for (const StoredLogin& login : unit.logins().list(account.account)) {
    unit.logins().remove(login.login);
    notices.push_back(login_ended(login));
  }
  for (const wire::DeviceRecord& device : stored.devices) forget_device(unit, account.account, device.device);
  unit.backups().remove(account.account);
}

void take_new(UnitOfWork& unit, StoredAccount& account, const wire::ResetAccount& request) {
  account.account_key = request.account_key;
  account.device_list = request.device_list;
  account.device_list_version = 1;
  unit.accounts().replace_identity(account);
  store_prekeys(unit, account.account, request.device, request.prekeys);
}

template <class Value>
void move_to_front(std::vector<Value>& target, std::vector<Value>& front) {
  target.insert(target.begin(), std::make_move_iterator(front.begin()), std::make_move_iterator(front.end()));
}

}  // namespace

std::expected<Checked<wire::ResetAccount>, Refusal> AccountReset::check(wire::ResetAccount request) const {
  request.name = account_name(request.name).value_or(std::string());
  if (auto complete = check_complete(request.prekeys); !complete) return std::unexpected(std::move(complete.error()));
  const auto list = check_list(request);
  if (!list) return std::unexpected(list.error());
  const PrekeyOwner owner{list->account, list->devices.front()};
  if (auto checked = check_prekeys(request.prekeys, owner, "prekeys."); !checked) {
    return std::unexpected(std::move(checked.error()));
  }
  return Checked<wire::ResetAccount>(std::move(request));
}

PasswordTask AccountReset::prepare(UnitOfWork& unit, const Checked<wire::ResetAccount>& request) const {
  const std::optional<StoredAccount> account = unit.accounts().find_by_name(request.request().name);
  return passwords_.compare_with(account ? &*account : nullptr);
}

Outcome<wire::SignedIn> AccountReset::complete(UnitOfWork& unit, const Checked<wire::ResetAccount>& checked,
                                               const PasswordProof& proof, const Moment& moment) const {
  const wire::ResetAccount& request = checked.request();
  std::optional<StoredAccount> account = unit.accounts().find_by_name(request.name);
  if (!account || !Passwords::accept(unit, *account, proof)) {
    return refuse(ErrorCode::wrong_credentials, "no account has this name and password");
  }
  if (request.device_list.list == account->device_list.list) {
    return logins_.open(unit, *account, request.device, moment);
  }
  const std::optional<wire::DeviceList> stored = stored_device_list(*account);
  if (!stored) return refuse(ErrorCode::internal, "the stored list is damaged");
  if (auto fits = check_identity(*account, *stored, request); !fits) return std::unexpected(std::move(fits.error()));
  std::vector<Notice> notices;
  forget_old(unit, *account, *stored, notices);
  take_new(unit, *account, request);
  if (auto logged = log_device_list(unit, {account->account, 1, account->device_list.list}, moment); !logged) {
    return std::unexpected(std::move(logged.error()));
  }
  raise_epochs(unit, account->account, notices);
  Accepted<wire::SignedIn> accepted = logins_.open(unit, *account, request.device, moment);
  move_to_front(accepted.notices, notices);
  accepted.events.push_back({.kind = SecurityEventKind::account_reset,
                             .at = moment.now,
                             .account = account->account,
                             .device = request.device,
                             .login = accepted.answer.login,
                             .address = {}});
  return accepted;
}

}  // namespace sotto::service
