#include "service/device_lists.h"

#include <algorithm>

#include "crypto/ed25519.h"
#include "crypto/x25519.h"
#include "wire/binary.h"

namespace sotto::service {
namespace {

constexpr std::string_view signature_context = "sotto device list v1";

std::expected<void, Refusal> check_content(const wire::DeviceList& list, AccountId account) {
  using enum wire::ErrorCode;
  if (list.account != account) return refuse(invalid_value, "the list is another account's", list_field);
  if (list.devices.empty()) return refuse(invalid_value, "the list has no device", list_field);
  const auto not_before = [](const wire::DeviceRecord& left, const wire::DeviceRecord& right) {
    return left.device >= right.device;
  };
  if (std::ranges::adjacent_find(list.devices, not_before) != list.devices.end()) {
    return refuse(invalid_value, "the devices are not in ascending order without repeats", list_field);
  }
  for (const wire::DeviceRecord& device : list.devices) {
    if (device.device.is_zero()) return refuse(invalid_value, "a device id is zero", list_field);
    if (!crypto::is_acceptable(device.identity_key)) {
      return refuse(invalid_value, "an identity key is not acceptable", list_field);
    }
  }
  return {};
}

}  // namespace

std::expected<wire::DeviceList, Refusal> open_device_list(const wire::SignedDeviceList& signed_list, AccountId account,
                                                          const Ed25519PublicKey& account_key) {
  auto list = wire::decode_canonical<wire::DeviceList>(signed_list.list);
  if (!list) return refuse(wire::ErrorCode::malformed, wire::explain(list.error()), list_field);
  if (auto checked = check_content(*list, account); !checked) return std::unexpected(std::move(checked.error()));
  if (!crypto::verify(account_key, signature_context, signed_list.list, signed_list.signature)) {
    return refuse(wire::ErrorCode::bad_signature, "the account key did not sign this list", "device_list.signature");
  }
  return *std::move(list);
}

std::expected<void, Refusal> check_first_list(const wire::DeviceList& list, DeviceId device) {
  using enum wire::ErrorCode;
  if (list.version != 1 || list.previous) {
    return refuse(invalid_value, "the first list has version 1 and no predecessor", list_field);
  }
  if (list.devices.size() != 1 || list.devices.front().device != device) {
    return refuse(invalid_value, "the first list holds exactly the one device", list_field);
  }
  return {};
}

std::optional<wire::DeviceList> stored_device_list(const StoredAccount& account) {
  auto list = wire::decode<wire::DeviceList>(account.device_list.list);
  if (!list) return std::nullopt;
  return *std::move(list);
}

const wire::DeviceRecord* find_device(const wire::DeviceList& list, DeviceId device) {
  const auto found = std::ranges::lower_bound(list.devices, device, {}, &wire::DeviceRecord::device);
  return found != list.devices.end() && found->device == device ? &*found : nullptr;
}

std::unexpected<Refusal> not_listed(std::string_view field) {
  return refuse(wire::ErrorCode::device_not_listed, "the device is not on the account's list", field);
}

}  // namespace sotto::service
