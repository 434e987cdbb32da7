#include "service/prekeys.h"

#include <algorithm>

#include "service/device_lists.h"
#include "service/prekey_checks.h"

namespace sotto::service {
namespace {

std::optional<wire::DeviceList> device_list_of(UnitOfWork& unit, AccountId account) {
  const std::optional<StoredAccount> stored = unit.accounts().find(account);
  return stored ? stored_device_list(*stored) : std::nullopt;
}

std::expected<void, Refusal> check_claim(const wire::ClaimPrekeys& request, const wire::DeviceList& list) {
  for (auto device = request.devices.begin(); device != request.devices.end(); ++device) {
    if (std::find(request.devices.begin(), device, *device) != device) {
      return refuse(wire::ErrorCode::invalid_value, "a device is named twice", "devices");
    }
    if (find_device(list, *device) == nullptr) return not_listed("devices");
  }
  return {};
}

bool fell_below(std::uint32_t before, std::uint32_t after) {
  return before >= low_prekey_stock && after < low_prekey_stock;
}

}  // namespace

void store_prekeys(UnitOfWork& unit, AccountId account, DeviceId device, const wire::PublishPrekeys& prekeys) {
  PrekeyStore& store = unit.prekeys();
  if (prekeys.signed_prekey) store.replace_signed(account, device, *prekeys.signed_prekey);
  if (prekeys.last_resort_kem_prekey) store.replace_last_resort(account, device, *prekeys.last_resort_kem_prekey);
  store.add_one_time(account, device, prekeys.one_time_prekeys);
  store.add_kem(account, device, prekeys.kem_prekeys);
}

std::expected<Checked<wire::PublishPrekeys>, Refusal> Prekeys::check(UnitOfWork& unit, const Caller& caller,
                                                                     wire::PublishPrekeys request) const {
  const std::optional<wire::DeviceList> list = device_list_of(unit, caller.account);
  const wire::DeviceRecord* device = list ? find_device(*list, caller.device) : nullptr;
  if (device == nullptr) return not_listed();
  if (auto checked = check_prekeys(request, {caller.account, *device}, {}); !checked) {
    return std::unexpected(std::move(checked.error()));
  }
  return Checked<wire::PublishPrekeys>(std::move(request));
}

Outcome<wire::PrekeyStock> Prekeys::publish(UnitOfWork& unit, const Caller& caller,
                                            const Checked<wire::PublishPrekeys>& request,
                                            const Moment& /*moment*/) const {
  const std::optional<wire::DeviceList> list = device_list_of(unit, caller.account);
  if (!list || find_device(*list, caller.device) == nullptr) return not_listed();
  store_prekeys(unit, caller.account, caller.device, request.request());
  const wire::PrekeyStock stock = unit.prekeys().stock(caller.account, caller.device);
  if (std::max(stock.one_time_prekeys, stock.kem_prekeys) > wire::max_stored_prekeys) {
    return refuse(wire::ErrorCode::limit_reached, "the device has enough prekeys in stock");
  }
  return Accepted<wire::PrekeyStock>{stock, {}, {}};
}

Outcome<wire::PrekeyStock> Prekeys::stock(UnitOfWork& unit, const Caller& caller,
                                          const wire::GetPrekeyStock& /*request*/, const Moment& /*moment*/) const {
  return Accepted<wire::PrekeyStock>{unit.prekeys().stock(caller.account, caller.device), {}, {}};
}

Outcome<wire::PrekeyBundles> Prekeys::claim(UnitOfWork& unit, const Caller& /*caller*/,
                                            const wire::ClaimPrekeys& request, const Moment& /*moment*/) const {
  const std::optional<wire::DeviceList> list = device_list_of(unit, request.account);
  if (!list) return refuse(wire::ErrorCode::not_found, "there is no such account", "account");
  if (auto checked = check_claim(request, *list); !checked) return std::unexpected(std::move(checked.error()));
  Accepted<wire::PrekeyBundles> accepted;
  for (const DeviceId device : request.devices) {
    const wire::PrekeyStock before = unit.prekeys().stock(request.account, device);
    std::optional<wire::PrekeyBundle> bundle = unit.prekeys().claim(request.account, device);
    if (!bundle) continue;
    accepted.answer.bundles.push_back(*std::move(bundle));
    const wire::PrekeyStock after = unit.prekeys().stock(request.account, device);
    if (fell_below(before.one_time_prekeys, after.one_time_prekeys) ||
        fell_below(before.kem_prekeys, after.kem_prekeys)) {
      accepted.notices.push_back({request.account, device, std::nullopt, push_frame(after)});
    }
  }
  return accepted;
}

}  // namespace sotto::service
