#include "service/devices.h"

#include <algorithm>
#include <array>

#include "crypto/hash.h"
#include "service/device_lists.h"
#include "service/logins.h"
#include "service/notices.h"
#include "service/transparency_log.h"
#include "wire/conversation.h"

namespace sotto::service {
namespace {

/// Pushes that one change of a device list causes at most, for conversations with the newest activity first. Whoever is
/// not told finds out by `stale_epoch`.
constexpr std::size_t max_epoch_notices = 20'000;

/// A device keeps its keys as long as it is listed; its peers' sessions are tied to them.
std::expected<void, Refusal> check_kept_devices(const wire::DeviceList& stored, const wire::DeviceList& next) {
  for (const wire::DeviceRecord& device : next.devices) {
    const wire::DeviceRecord* before = find_device(stored, device.device);
    if (before != nullptr &&
        (before->signing_key != device.signing_key || before->identity_key != device.identity_key)) {
      return refuse(wire::ErrorCode::invalid_value, "a device's keys differ from the stored list", "device_list.list");
    }
  }
  return {};
}

std::expected<void, Refusal> check_succession(const StoredAccount& account, const wire::DeviceList& next,
                                              DeviceId own_device) {
  using enum wire::ErrorCode;
  if (next.version != account.device_list_version + 1 || next.previous != crypto::sha256(account.device_list.list)) {
    return refuse(stale_device_list, "the list does not follow the stored one", "device_list.list");
  }
  if (find_device(next, own_device) == nullptr) {
    return refuse(device_not_listed, "the publishing device is not on the list", "device_list.list");
  }
  const std::optional<wire::DeviceList> stored = stored_device_list(account);
  if (!stored) return refuse(internal, "the stored list is damaged");
  return check_kept_devices(*stored, next);
}

/// Ends the logins and forgets the prekeys and mailboxes of devices that `next` does not list.
void remove_unlisted(UnitOfWork& unit, const StoredAccount& account, const wire::DeviceList& next,
                     std::vector<Notice>& notices) {
  for (const StoredLogin& login : unit.logins().list(account.account)) {
    if (find_device(next, login.device) != nullptr) continue;
    unit.logins().remove(login.login);
    notices.push_back(login_ended(login));
  }
  const std::optional<wire::DeviceList> stored = stored_device_list(account);
  if (!stored) return;
  for (const wire::DeviceRecord& device : stored->devices) {
    if (find_device(next, device.device) == nullptr) forget_device(unit, account.account, device.device);
  }
}

}  // namespace

void forget_device(UnitOfWork& unit, AccountId account, DeviceId device) {
  unit.prekeys().remove_device(account, device);
  unit.mailboxes().remove_device({account, device});
  unit.links().remove_device(account, device);
}

void raise_epochs(UnitOfWork& unit, AccountId account, std::vector<Notice>& notices) {
  const std::vector<StoredConversation> raised = unit.conversations().raise_epochs(account);
  std::size_t told = 0;
  for (const StoredConversation& conversation : raised) {
    told += conversation.member_count;
    if (told > max_epoch_notices) break;
    const auto accounts = unit.conversations().accounts_of(conversation.conversation);
    notify(accounts, nullptr, wire::EpochRaised{conversation.conversation, conversation.epoch, account}, notices);
  }
  // The account's own devices are to know of each change, with or without somebody to write to.
  const bool reached_own = !raised.empty() && raised.front().member_count <= max_epoch_notices;
  if (!reached_own) notify(std::vector{account}, nullptr, wire::EpochRaised{{}, 0, account}, notices);
}

Outcome<wire::Done> Devices::publish(UnitOfWork& unit, const Caller& caller, const wire::PublishDeviceList& request,
                                     const Moment& moment) const {
  const std::optional<StoredAccount> account = unit.accounts().find(caller.account);
  if (!account) return refuse(wire::ErrorCode::token_revoked, "the account is gone");
  if (request.device_list.list == account->device_list.list) return Accepted<wire::Done>{};
  const auto next = open_device_list(request.device_list, caller.account, account->account_key);
  if (!next) return std::unexpected(next.error());
  if (auto checked = check_succession(*account, *next, caller.device); !checked) {
    return std::unexpected(std::move(checked.error()));
  }
  Accepted<wire::Done> accepted;
  unit.accounts().replace_device_list(caller.account, request.device_list, next->version);
  if (auto logged = log_device_list(unit, {caller.account, next->version, request.device_list.list}, moment); !logged) {
    return std::unexpected(std::move(logged.error()));
  }
  remove_unlisted(unit, *account, *next, accepted.notices);
  raise_epochs(unit, caller.account, accepted.notices);
  accepted.events.push_back({.kind = SecurityEventKind::device_list_replaced,
                             .at = moment.now,
                             .account = caller.account,
                             .device = caller.device,
                             .login = caller.login,
                             .address = {}});
  return accepted;
}

}  // namespace sotto::service
